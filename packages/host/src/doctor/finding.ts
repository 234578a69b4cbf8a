import type {Finding} from '@sterna/protocol/control';

/** What the doctor looks at, in the order in which it is shown. docs/operations.md has a row for each. */
export const CHECKS = [
	'daemon',
	'connection',
	'data-port',
	'name',
	'way-back',
	'version',
	'features',
	'clock',
	'certificate',
	'key',
	'authority',
	'tracker',
	'ptrace',
	'libraries',
	'limits',
	'cores',
	'memory',
	'room',
	'run-space',
	'disk',
	'directories',
	'socket',
	'guests',
	'leftovers',
	'standbys',
	'hooks',
	'lease-store',
	'qemu',
	'service',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** What one check found, of the host and daemon that it was made by. What is not well has its fix. */
export type Judgement =
	| {readonly check: CheckName; readonly state: 'ok'; readonly detail: string; readonly fix: ''}
	| {
			readonly check: CheckName;
			/** `warning`: guests can be moved, and something is worse than it could be, or will be. `fault`: they cannot, or may be lost. */
			readonly state: 'warning' | 'fault';
			/** A clause with the numbers in it. */
			readonly detail: string;
			/** What to do: a command where there is one. */
			readonly fix: string;
	  };

export function ok(check: CheckName, detail: string): Judgement {
	return {check, state: 'ok', detail, fix: ''};
}

export function warning(check: CheckName, detail: string, fix: string): Judgement {
	return {check, state: 'warning', detail, fix};
}

export function fault(check: CheckName, detail: string, fix: string): Judgement {
	return {check, state: 'fault', detail, fix};
}

/** A finding as it is told to others. */
export function findingOf(judgement: Judgement, of: Pick<Finding, 'host' | 'side'>): Finding {
	return {...judgement, ...of};
}
