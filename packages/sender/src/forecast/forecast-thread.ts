import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import type {Limits} from '../engine/policy/limits-policy.ts';
import type {Facts} from './facts.ts';
import type {Foretold} from './forecast.ts';

/** What the thread is given. */
export type ForecastTask = {readonly facts: Facts; readonly limits: Limits};

/**
 * `forecast` in a thread of its own: this one has other migrations to see to meanwhile, and leases of protected guests. Rejects with the signal's reason, and with
 * what the thread failed by; the thread has ended then.
 */
export async function forecastInThread(facts: Facts, limits: Limits, signal: AbortSignal): Promise<Foretold> {
	signal.throwIfAborted();
	const task: ForecastTask = {facts, limits};
	// Not the flags of this process, and none of its environment.
	const worker = new Worker(new URL('forecast-worker.ts', import.meta.url), {
		name: 'sterna-forecast',
		workerData: task,
		execArgv: [],
		env: {},
	});
	try {
		const [foretold] = (await once(worker, 'message', {signal})) as [Foretold];
		return foretold;
	} catch (error) {
		signal.throwIfAborted();
		// A thread's error is a copy, and no instance of this one's classes.
		throw new Error(`the courses of a forecast could not be played: ${(error as Error).message}`, {cause: error});
	} finally {
		await worker.terminate();
	}
}
