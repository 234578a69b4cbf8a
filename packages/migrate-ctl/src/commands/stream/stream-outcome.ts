import type {StreamError} from '@sterna/protocol';

/** What is to be said of a stream in the end. */
export type StreamOutcome =
	| {readonly kind: 'whole'; readonly wholeCheckpoints: number; readonly bytes: number}
	| {readonly kind: 'wrong'; readonly wholeCheckpoints: number; readonly bytes: number; readonly fault: StreamError}
	/** A checkpointed stream without END: what a standby sees at failover. */
	| {readonly kind: 'broken off'; readonly wholeCheckpoints: number; readonly bytes: number; readonly fault: StreamError};

/** `fault`: the first one, of whatever kind. */
export function outcomeOf(fault: StreamError | undefined, wholeCheckpoints: number, bytes: number): StreamOutcome {
	if (fault === undefined) return {kind: 'whole', wholeCheckpoints, bytes};
	return {kind: fault.code === 'ERR_STREAM_BROKEN_OFF' ? 'broken off' : 'wrong', wholeCheckpoints, bytes, fault};
}

/** The exit status of `stream inspect` and `stream verify`. */
export function exitStatusOfStream({kind}: StreamOutcome): 0 | 1 | 3 {
	switch (kind) {
		case 'whole':
			return 0;
		case 'wrong':
			return 1;
		case 'broken off':
			return 3;
	}
}

const checkpoints = (count: number): string => (count === 1 ? '1 whole checkpoint' : `${count} whole checkpoints`);

const place = ({offset}: StreamError): string => `${offset} (0x${offset.toString(16)})`;

const insideOf = ({fault}: StreamError): string => ('inside' in fault ? fault.inside : 'the stream');

/** One sentence, with the byte offset of the fault. */
export function describeOutcome(name: string, outcome: StreamOutcome): string {
	const {kind, wholeCheckpoints, bytes} = outcome;
	switch (kind) {
		case 'whole':
			return `${name}: whole and right, ${bytes} bytes${wholeCheckpoints > 0 ? `, ${checkpoints(wholeCheckpoints)}` : ''}`;
		case 'broken off':
			return `${name}: breaks off at byte ${place(outcome.fault)} after ${checkpoints(wholeCheckpoints)}, inside ${insideOf(outcome.fault)}`;
		case 'wrong':
			return `${name}: wrong at byte ${place(outcome.fault)}${wholeCheckpoints > 0 ? ` after ${checkpoints(wholeCheckpoints)}` : ''}: ${outcome.fault.code}: ${outcome.fault.message}`;
	}
}

/** The same as a JSON object. */
export function outcomeJson(file: string, outcome: StreamOutcome, notChecked: readonly string[] = []): object {
	const fault = outcome.kind === 'whole' ? null : {code: outcome.fault.code, offset: outcome.fault.offset, message: outcome.fault.message};
	const {kind, wholeCheckpoints, bytes} = outcome;
	return {result: {file, outcome: kind, exitStatus: exitStatusOfStream(outcome), wholeCheckpoints, bytes, fault, notChecked}};
}
