import type {PageBitmap} from '@sterna/domain';
import {type EndFacts, recordedFault, recordedFaultOf, type RecordingWriter} from '@sterna/host';
import type {RecordFacts} from '@sterna/host/record';
import type {OperationError} from '@sterna/protocol';
import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {IterationSummary} from '../engine/iteration-log.ts';
import type {PolicyDecision} from '../engine/policy/decision.ts';
import type {PrecopyObserver} from '../engine/precopy-observer.ts';
import {ScanHistory} from '../engine/scan-history.ts';
import type {PrecopyStats} from '../engine/stats.ts';

/** What one migration does, as lines of its recording. It is told of what happens, and asks nothing; while the guest stands still it only remembers. */
export class MigrationRecording {
	readonly #writer: RecordingWriter;
	readonly #earlierMs: number;
	readonly #onEnd: (end: EndFacts) => void;
	#history: ScanHistory | undefined;
	#decision: {readonly action: string; readonly gist: string} | undefined;
	#iterations: readonly IterationSummary[] = [];
	#links = 0;
	/** Why the precopy ended. */
	#because: string | undefined;

	/** `earlierMs`: how long before this daemon an earlier one began it. `onEnd`: called behind every end that was written. */
	constructor(writer: RecordingWriter, {earlierMs, onEnd}: {readonly earlierMs: number; readonly onEnd: (end: EndFacts) => void}) {
		this.#writer = writer;
		this.#earlierMs = earlierMs;
		this.#onEnd = onEnd;
	}

	/** For the engine: as `Migration.observer`. */
	readonly observer: PrecopyObserver = {
		asked: (stats, decision) => {
			this.#asked(stats, decision);
		},
		scanned: scan => {
			this.#scanned(scan);
		},
	};

	/** `pagesInHand`: of a switch, see there. */
	entered(phase: MigrationStatus['phase'], reason: string, pagesInHand?: number): void {
		this.#writer.write({kind: 'phase', phase, reason, pagesInHand});
		if (isLast(phase)) this.#writer.hold();
		else this.#writer.release();
	}

	/** The guest is open; `tracker`: by which its writes are found. */
	opened(facts: {readonly tracker: string; readonly totalPages: number}): void {
		this.#writer.write({kind: 'opened', ...facts});
	}

	sampled(now: MigrationStatus): void {
		this.#writer.writeThinned({
			kind: 'sample',
			iteration: now.iteration,
			pagesSent: now.pagesSent,
			bytesSent: now.bytesSent,
			remainingPages: now.remainingPages,
			dirtyPages: now.dirtyPages,
			bandwidthBytesPerSecond: now.bandwidthBytesPerSecond,
			dirtyBytesPerSecond: now.dirtyBytesPerSecond,
			expectedDowntimeMs: now.expectedDowntimeMs,
			bandwidthLimitBytesPerSecond: now.bandwidthLimitBytesPerSecond,
			progress: now.progress,
		});
	}

	linkOpened(): void {
		this.#writer.write({kind: 'link', link: this.#links, state: 'opened'});
		this.#links += 1;
	}

	linkLost(error: OperationError): void {
		this.#writer.write({kind: 'link', link: Math.max(0, this.#links - 1), state: 'lost', error: recordedFault(error)});
	}

	noted(text: string): void {
		this.#writer.write({kind: 'note', text});
	}

	/** What the operator asked for. `detail`: of it, in words; may be empty. */
	commanded(command: string, detail: string): void {
		this.#writer.write({kind: 'command', command, detail});
	}

	/** What else belongs into it: who the other end is, above all. */
	wrote(facts: RecordFacts): void {
		this.#writer.write(facts);
	}

	/** The end, which may come a second time, where the first one was that it is not decided. */
	ended(result: MigrationResult): void {
		const {outcome, runsOn, totalMs, downtimeMs, downtimeParts, iterations, pagesSent, bytesSent, because, digest, error} = result;
		this.#writer.release();
		const told = error && recordedFaultOf(error);
		if (told !== undefined) this.#writer.write({kind: 'error', error: told});
		if (downtimeParts !== undefined) {
			const parts = Object.entries(downtimeParts).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
			const sumMs = parts.reduce((sum, [, ms]) => sum + ms, 0);
			this.#writer.write({kind: 'downtime', totalMs: Math.max(0, downtimeMs ?? sumMs), parts: Object.fromEntries(parts)});
		}

		const end: EndFacts = {
			kind: 'end',
			outcome,
			runsOn: runsOn === '' ? null : runsOn,
			totalMs: this.#earlierMs + totalMs,
			downtimeMs: downtimeMs === undefined ? undefined : Math.max(0, downtimeMs),
			iterations,
			pagesSent,
			bytesSent,
			because: because ?? this.#because,
			digest,
			error: told,
		};
		this.#writer.write(end);
		this.#onEnd(end);
	}

	#asked(stats: PrecopyStats, decision: PolicyDecision): void {
		// Behind a pass, when the next one's pages are known: then is known too what it waits for.
		if (stats.iterations !== this.#iterations && (stats.dirtyCount !== undefined || decision.action !== 'continue')) {
			this.#passesEnded(stats.iterations, decision);
		}

		// Asked behind every batch: what is the same but for its figures is not looked at often.
		if (decision.action === this.#decision?.action && !this.#writer.admits('decision')) return;
		const gist = decision.because.replaceAll(/[\d.]+/gv, '#');
		if (decision.action === this.#decision?.action && gist === this.#decision.gist) return;
		this.#decision = {action: decision.action, gist};
		if (decision.action !== 'continue') this.#because = decision.because;
		this.#writer.write({kind: 'decision', action: decision.action, because: decision.because});
	}

	/** Those that were not yet written. */
	#passesEnded(iterations: readonly IterationSummary[], {action, because}: PolicyDecision): void {
		const latest = this.#iterations.at(-1);
		const fresh = iterations.filter(summary => latest === undefined || summary.iteration > latest.iteration);
		this.#iterations = iterations;
		for (const summary of fresh) {
			this.#writer.writeThinned({kind: 'iteration', ...summary, waitsFor: action === 'continue' && because !== '' ? because : undefined});
		}
	}

	#scanned({dirtyPages, sinceMs, pages}: {dirtyPages: number; sinceMs: number; pages: PageBitmap}): void {
		this.#history ??= new ScanHistory(pages.pfnLimit);
		// Also where no line is written: the next one is about this one too.
		const {againPages, everPages} = this.#history.scanned(pages);
		this.#writer.writeThinned({kind: 'scan', dirtyPages, sinceMs: Math.max(0, sinceMs), againPages, everPages});
	}
}

/** In these phases the guest stands still. */
function isLast(phase: MigrationStatus['phase']): boolean {
	return phase === 'stop-and-copy' || phase === 'handover';
}
