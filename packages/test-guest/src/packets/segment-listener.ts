import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {parseFrame} from './parse-frame.ts';
import type {Arrival} from './read-sequence.ts';
import type {Heard} from './segment-worker.ts';
import type {Segment} from './segment.ts';

/** An outside party on a network of guests: hears every frame and says nothing. */
export class SegmentListener implements AsyncDisposable {
	/** Everything heard so far, in its order; grows until it is cleared. */
	readonly arrivals: Arrival[] = [];
	readonly #worker: Worker;

	private constructor(worker: Worker) {
		this.#worker = worker;
		worker.on('message', (heard: Heard | undefined) => {
			const frame = heard === undefined ? undefined : parseFrame(heard.bytes);
			if (heard !== undefined && frame !== undefined) this.arrivals.push({ns: heard.ns, frame});
		});
	}

	/** Joins a segment and resolves when it hears. Rejects where the group cannot be joined. */
	static async join(segment: Segment): Promise<SegmentListener> {
		const worker = new Worker(new URL('segment-worker.ts', import.meta.url), {workerData: segment});
		const listener = new SegmentListener(worker);
		try {
			await once(worker, 'message'); // Rejects with the worker's error.
		} catch (error) {
			throw new Error(`cannot hear the segment ${segment.address}:${segment.port}`, {cause: error});
		}

		worker.unref();
		return listener;
	}

	/** Forgets what it heard so far. */
	clear(): void {
		this.arrivals.length = 0;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#worker.terminate();
	}
}
