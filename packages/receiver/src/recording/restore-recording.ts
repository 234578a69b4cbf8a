import type {DomainDefinition} from '@sterna/domain';
import {type EndFacts, recordedFault, type RecordingWriter} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {RestoreResult} from '@sterna/protocol/control';
import type {ReceiverServices} from '../services.ts';
import {arrivalBegins} from './arrival-begins.ts';
import type {Recordings} from './recordings.ts';

/** Begins the recording of a restore; undefined where it cannot be recorded. */
export function recordRestore(services: ReceiverServices, definition: DomainDefinition, id: string): RestoreRecording | undefined {
	const {recordings} = services;
	const writer = recordings.keeper.begin(arrivalBegins(services, definition, {id, peer: ''}));
	return writer && new RestoreRecording(writer, recordings, id);
}

/** What a restore does, as lines of its recording. */
export class RestoreRecording {
	readonly #writer: RecordingWriter;
	readonly #recordings: Recordings;
	readonly #id: string;
	readonly #startedMs = performance.now();
	#figures = {pagesReceived: 0, bytesReceived: 0};

	constructor(writer: RecordingWriter, recordings: Recordings, id: string) {
		this.#writer = writer;
		this.#recordings = recordings;
		this.#id = id;
		this.#writer.write({kind: 'phase', phase: 'precopy', reason: 'the file is read'});
	}

	sampled(figures: {readonly pagesReceived: number; readonly bytesReceived: number}): void {
		this.#figures = figures;
		const {pagesReceived: pagesSent, bytesReceived: bytesSent} = figures;
		const elapsedMs = Math.max(1, performance.now() - this.#startedMs);
		this.#writer.writeThinned({
			kind: 'sample',
			iteration: 0,
			pagesSent,
			bytesSent,
			remainingPages: 0,
			bandwidthBytesPerSecond: (bytesSent * 1000) / elapsedMs,
			dirtyBytesPerSecond: 0,
		});
	}

	restored({totalMs, pages, bytes}: RestoreResult, host: string): void {
		this.#end({kind: 'end', outcome: 'completed', runsOn: host, totalMs, iterations: 0, pagesSent: pages, bytesSent: bytes});
	}

	failed(error: OperationError, totalMs: number): void {
		const {pagesReceived: pagesSent, bytesReceived: bytesSent} = this.#figures;
		const told = recordedFault(error);
		this.#writer.write({kind: 'error', error: told});
		this.#end({kind: 'end', outcome: 'failed', runsOn: null, totalMs, iterations: 0, pagesSent, bytesSent, error: told});
	}

	#end(end: EndFacts): void {
		this.#writer.write(end);
		this.#recordings.ended(this.#id, end);
	}
}
