import process from 'node:process';
import {workerData} from 'node:worker_threads';
import {drainEventFd, PollEvent, PollSet} from '../../src/index.ts';

const {fd} = workerData as {fd: number};
const set = new PollSet(1);
set.set(0, fd, PollEvent.readable);
set.wait(1, undefined);
process.exit(drainEventFd(fd) ? 0 : 1);
