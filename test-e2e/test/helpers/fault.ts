import type {ExecutionContext} from 'ava';
import type {FaultJson} from '../../src/migration-json.ts';
import type {Ended} from './start.ts';

/** What an operator must be told of an error; `next` is the beginning of the command, undefined where there is nothing to type. */
export type ExpectedFault = {
	readonly code: string;
	readonly phase: string;
	readonly side: string;
	readonly runsOn: string | null;
	readonly next: string | null;
};

/** The guest ran all the while: no moment of the migration was one of its pause. */
export function assertNotPausedFor(t: ExecutionContext, {events, text}: Pick<Ended, 'events' | 'text'>): void {
	t.true(events.length > 0, text);
	t.deepEqual(
		events.filter(({phase}) => phase === 'stop-and-copy' || phase === 'handover'),
		[],
	);
}

/** The error says what it is, in which phase and on which side it arose, where the guest runs, and what to type next; and the exit status is its own. */
export function assertFault(
	t: ExecutionContext,
	{status, error, text}: Pick<Ended, 'status' | 'error' | 'text'>,
	expected: ExpectedFault & {readonly status: number},
): void {
	if (error === undefined) {
		t.fail(`no error in\n${text}`);
		return;
	}

	const {code, phase, side, runsOn, next}: FaultJson = error;
	t.deepEqual({code, phase, side, runsOn, next, status}, {...expected}, text);
	t.true(error.message.length > 10, error.message);
}
