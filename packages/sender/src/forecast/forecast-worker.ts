import {parentPort, workerData} from 'node:worker_threads';
import {forecast} from './forecast.ts';
import type {ForecastTask} from './forecast-thread.ts';

/** The thread of one forecast. */
const {facts, limits} = workerData as ForecastTask;
parentPort?.postMessage(forecast(facts, limits));
