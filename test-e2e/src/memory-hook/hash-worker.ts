/** Worker thread: hashes the guest memory of the process `workerData.pid` and posts the result. */
import {parentPort, workerData} from 'node:worker_threads';
import {hashGuestMemory} from '../hash-memory.ts';

parentPort?.postMessage(hashGuestMemory((workerData as {readonly pid: number}).pid));
