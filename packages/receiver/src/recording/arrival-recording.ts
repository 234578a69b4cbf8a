import {type EndFacts, recordedFault, type RecordingWriter} from '@sterna/host';
import type {OperationError, TargetState} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';

/** Time between two samples, in milliseconds. */
const SAMPLE_INTERVAL_MS = 200;

/** What comes in, as lines of its recording. It is told of what happens, and asks nothing but how it stands, now and then; while the guest stands still it only remembers. */
export class ArrivalRecording {
	readonly #writer: RecordingWriter;
	readonly #status: () => MigrationStatus;
	readonly #onEnd: (end: EndFacts) => void;
	#timer: NodeJS.Timeout | undefined;
	#hasEnded = false;

	/** `onEnd`: called behind the end that was written. */
	constructor(writer: RecordingWriter, status: () => MigrationStatus, onEnd: (end: EndFacts) => void) {
		this.#writer = writer;
		this.#status = status;
		this.#onEnd = onEnd;
	}

	entered(phase: MigrationStatus['phase'], reason: string): void {
		this.#writer.write({kind: 'phase', phase, reason});
	}

	/** Its data connections are there: from here on there are figures. */
	linkOpened(link: number): void {
		this.#writer.release();
		this.#writer.write({kind: 'link', link, state: 'opened'});
		clearInterval(this.#timer);
		this.#timer = setInterval(() => {
			this.#sample();
		}, SAMPLE_INTERVAL_MS).unref(); // A recording keeps nobody alive.
	}

	linkLost(link: number, error: OperationError): void {
		clearInterval(this.#timer);
		this.#writer.release();
		this.#writer.write({kind: 'link', link, state: 'lost', error: recordedFault(error)});
	}

	/** The stream is whole: the source has paused the guest. */
	whole(): void {
		clearInterval(this.#timer);
		this.#writer.hold();
		this.#writer.write({kind: 'phase', phase: 'stop-and-copy', reason: 'the stream is whole'});
	}

	noted(text: string): void {
		this.#writer.write({kind: 'note', text});
	}

	failed(error: OperationError): void {
		this.#writer.write({kind: 'error', error: recordedFault(error)});
	}

	/** The guest runs here, or is gone from here; `runsOn`: where it is then. Once. */
	ended(state: TargetState, runsOn: string, error: OperationError | undefined): void {
		if (this.#hasEnded) return;
		this.#hasEnded = true;
		clearInterval(this.#timer);
		this.#writer.release();
		const {pagesSent, bytesSent, elapsedMs, digest} = this.#status();
		const end: EndFacts = {
			kind: 'end',
			outcome: state === 'running' ? 'completed' : error?.code.startsWith('ERR_ABORTED') === true ? 'aborted' : 'failed',
			runsOn,
			totalMs: elapsedMs,
			iterations: 0,
			pagesSent,
			bytesSent,
			digest,
			error: error && recordedFault(error),
		};
		this.#writer.write(end);
		this.#onEnd(end);
	}

	/** The daemon ends, and the next one goes on with it. */
	async left(): Promise<void> {
		clearInterval(this.#timer);
		this.#writer.release();
		this.noted('the daemon was told to stop: the next one goes on');
		await this.#writer.flush();
	}

	#sample(): void {
		const {pagesSent, bytesSent, remainingPages, bandwidthBytesPerSecond} = this.#status();
		this.#writer.writeThinned({
			kind: 'sample',
			iteration: 0,
			pagesSent,
			bytesSent,
			remainingPages,
			bandwidthBytesPerSecond,
			dirtyBytesPerSecond: 0,
		});
	}
}
