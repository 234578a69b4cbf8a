import type {RecordedFault, RecordFacts} from '@sterna/host/record';

/** The moment at which the recordings of these tests begin. */
export const STARTED_AT_MS = Date.UTC(2026, 4, 1, 12);
const PAGES = 131_072;
const MEMORY_BYTES = PAGES * 4096;

/** Writes a recording line by line, as two daemons would; a time is milliseconds since the start. */
export class Recording {
	readonly lines: string[] = [];

	add(atMs: number, facts: RecordFacts, side: 'sender' | 'receiver' = 'sender'): this {
		this.lines.push(JSON.stringify({atMs: STARTED_AT_MS + atMs, side, ...facts}));
		return this;
	}

	phase(atMs: number, phase: string, reason = '', side: 'sender' | 'receiver' = 'sender'): this {
		return this.add(atMs, {kind: 'phase', phase, reason}, side);
	}

	get text(): string {
		return `${this.lines.join('\n')}\n`;
	}
}

export function fault(code: string, message: string, changes: Partial<RecordedFault> = {}): RecordedFault {
	return {
		code,
		message,
		side: 'sender',
		phase: 'precopy',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		causes: [],
		...changes,
	};
}

export type Limits = Partial<NonNullable<Extract<RecordFacts, {kind: 'begin'}>['limits']>>;

/** The beginning of a migration of a 512 MiB guest, as both hosts record it. */
export function begun({
	limits = {},
	bandwidthLimit = null,
	receiver = true,
}: {limits?: Limits; bandwidthLimit?: number | null; receiver?: boolean} = {}): Recording {
	const recording = new Recording()
		.add(0, {
			kind: 'begin',
			format: 1,
			id: 'm-7f3a',
			domain: 'dom1',
			direction: 'outgoing',
			host: 'host-a',
			peer: 'host-b',
			software: 'sterna-sender 0.1.0',
			memoryBytes: MEMORY_BYTES,
			limits: {
				maxIterations: 5,
				dirtyThresholdPages: 50,
				maxDowntimeMs: 300,
				deadlineMs: null,
				onDeadline: 'abort',
				onStall: 'advise',
				...limits,
			},
			bandwidthLimitBytesPerSecond: bandwidthLimit,
			channels: 1,
			compression: 'none',
			stream: 'sterna',
			proof: 'wire',
			tracker: 'userfaultfd',
		})
		.phase(1, 'prepare')
		.add(3, {kind: 'peer', host: 'host-b', software: 'sterna-receiver 0.1.0', offsetMs: -12.4, uncertaintyMs: 0.3, roundTripMs: 0.6});
	return receiver
		? recording.add(
				4,
				{
					kind: 'begin',
					format: 1,
					id: 'm-7f3a',
					domain: 'dom1',
					direction: 'incoming',
					host: 'host-b',
					peer: 'host-a',
					software: 'sterna-receiver 0.1.0',
				},
				'receiver',
			)
		: recording;
}

/** Passes over memory from `fromMs` on; each but the first is of as many pages as `dirty` says. Returns when the last one ended. */
export function passes(
	recording: Recording,
	{
		fromMs = 10,
		dirty,
		bandwidth = 200e6,
		dirtyRate = 150e6,
	}: {fromMs?: number; dirty: readonly number[]; bandwidth?: number; dirtyRate?: number},
): number {
	recording.phase(fromMs, 'precopy').add(fromMs, {kind: 'link', link: 0, state: 'opened'});
	let [atMs, pagesSent] = [fromMs, 0];
	for (const [index, dirtyPages] of [PAGES, ...dirty].entries()) {
		const durationMs = (dirtyPages * 4096 * 1000) / bandwidth;
		if (index > 0) recording.add(atMs, {kind: 'scan', dirtyPages, sinceMs: durationMs});
		for (const share of [0.25, 0.5, 0.75, 1]) {
			recording.add(atMs + durationMs * share, {
				kind: 'sample',
				iteration: index,
				pagesSent: Math.round(pagesSent + dirtyPages * share),
				bytesSent: Math.round((pagesSent + dirtyPages * share) * 4104),
				remainingPages: Math.round(dirtyPages * (1 - share)),
				bandwidthBytesPerSecond: bandwidth * (0.9 + share / 10),
				dirtyBytesPerSecond: index === 0 ? 0 : dirtyRate,
			});
		}

		atMs += durationMs;
		pagesSent += dirtyPages;
		recording.add(atMs, {
			kind: 'iteration',
			iteration: index + 1,
			dirtyPages,
			writtenPages: dirtyPages,
			durationMs,
			bandwidthBytesPerSecond: bandwidth,
			...(index === 0 ? {} : {dirtyBytesPerSecond: dirtyRate}),
		});
	}

	return atMs;
}

type End = Extract<RecordFacts, {kind: 'end'}>;

export function end(changes: Partial<End> & {outcome: End['outcome']}): End {
	return {kind: 'end', runsOn: 'host-a', totalMs: 4000, iterations: 2, pagesSent: 160_000, bytesSent: 656_640_000, ...changes};
}

export function completed(): Recording {
	const recording = begun();
	const atMs = passes(recording, {dirty: [16_384, 3174]});
	recording
		.add(atMs, {kind: 'decision', action: 'stop-and-copy', because: 'expected downtime 38.0 ms is within 300 ms'})
		.phase(atMs + 1, 'stop-and-copy')
		.phase(atMs + 30, 'handover')
		.add(atMs + 40, {
			kind: 'downtime',
			totalMs: 38.5,
			parts: {pause: 0.3, scan: 0.41, copy: 30.2, deviceState: 0.1, load: 2.9, hook: 0, handover: 4.3, resume: 0.2},
		})
		.add(atMs + 41, end({outcome: 'completed', runsOn: 'host-b', totalMs: atMs + 41, downtimeMs: 38.5, iterations: 3, pagesSent: 151_530}))
		.add(atMs + 41, end({outcome: 'completed', runsOn: 'host-b', totalMs: atMs + 37, iterations: 0}), 'receiver');
	return recording;
}

/** A guest that writes as fast as is sent, given up by the policy as `because` says. */
export function neverConverging(because: string, limits: Limits = {}, bandwidthLimit: number | null = null): Recording {
	const recording = begun({limits, bandwidthLimit});
	const atMs = passes(recording, {dirty: [24_576, 24_600, 24_550, 24_580, 24_576], bandwidth: 50e6, dirtyRate: 50e6});
	const error = fault('ERR_ABORTED_BY_POLICY', `the policy aborted the migration: ${because}`);
	return recording
		.add(atMs, {kind: 'decision', action: 'abort', because})
		.add(atMs, {kind: 'error', error})
		.add(atMs + 5, end({outcome: 'aborted', totalMs: atMs + 5, error, pagesSent: 253_954}));
}

/** The deadline comes in the full pass. */
export function tooShortDeadline(): Recording {
	const because = '1.0 s since the start, the deadline was 1.0 s';
	const error = fault('ERR_ABORTED_BY_POLICY', `the policy aborted the migration: ${because}`);
	const recording = begun({limits: {deadlineMs: 1000}}).phase(10, 'precopy');
	for (const [atMs, pagesSent] of [
		[100, 1200],
		[500, 6100],
		[1000, 12_200],
	] as const)
		recording.add(atMs, {
			kind: 'sample',
			iteration: 0,
			pagesSent,
			bytesSent: pagesSent * 4104,
			remainingPages: PAGES - pagesSent,
			bandwidthBytesPerSecond: 50e6,
			dirtyBytesPerSecond: 0,
		});
	return recording
		.add(1001, {kind: 'decision', action: 'abort', because})
		.add(1005, end({outcome: 'aborted', totalMs: 1005, error, iterations: 0, pagesSent: 12_200}));
}

/** The link goes in precopy and does not come back; `again`: what is found as it is tried again. `theirs`: what the receiver records. */
export function lostLink({again, receiver}: {again: RecordedFault; receiver: 'missing' | 'breaks off' | 'ends'}): Recording {
	const recording = begun({receiver: receiver !== 'missing'});
	const atMs = passes(recording, {dirty: [16_384]});
	const lost = fault('ERR_CONNECTION_LOST', 'the data connection to host-b was reset', {causes: ['read ECONNRESET']});
	recording.add(atMs + 10, {kind: 'link', link: 0, state: 'lost', error: lost});
	if (receiver !== 'missing') recording.phase(12, 'precopy', '', 'receiver');
	if (receiver === 'ends') {
		const theirs = fault('ERR_CONNECTION_LOST', 'the sender did not come back within 2 s', {side: 'receiver'});
		recording
			.add(atMs + 2100, {kind: 'error', error: theirs}, 'receiver')
			.add(atMs + 2100, end({outcome: 'failed', error: theirs}), 'receiver');
	}

	return recording
		.add(atMs + 2010, {kind: 'error', error: again})
		.add(atMs + 2012, end({outcome: 'failed', totalMs: atMs + 2012, error: again}));
}

export function refused(error: RecordedFault): Recording {
	return begun()
		.add(9, {kind: 'error', error})
		.add(10, end({outcome: 'failed', totalMs: 10, iterations: 0, pagesSent: 0, bytesSent: 0, error}));
}

/** The sender's daemon is killed in `phase`, in the middle of a line. */
export function cutOff(phase: 'precopy' | 'handover'): Recording {
	const recording = begun();
	const atMs = passes(recording, {dirty: [16_384]});
	if (phase === 'handover') recording.phase(atMs + 1, 'stop-and-copy').phase(atMs + 20, 'handover');
	recording.lines.push('{"atMs":1777636803900,"side":"sender","kind":"samp');
	return recording;
}
