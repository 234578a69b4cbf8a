import type {MigrationCommand, PolicyLimits, SetRequest, StartRequest} from '@sterna/protocol/control';

/** Whole numbers from 0 to below `limit`. */
export type Random = (limit: number) => number;

/** How a command names its migration. */
type Target = 'id' | 'domain' | 'unknown';

/** One thing that an operator does. */
type Said =
	| {readonly kind: 'command'; readonly action: MigrationCommand['action']; readonly target: Target}
	| {readonly kind: 'command-at-receiver'; readonly action: MigrationCommand['action']}
	| {readonly kind: 'set'; readonly change: Omit<SetRequest, 'id'>; readonly isWrong: boolean}
	| {readonly kind: 'watch' | 'status' | 'start'};

/** `afterMs` behind the one before. `operator`: which of several. */
export type RandomCommand = Said & {readonly afterMs: number; readonly operator: number};

export const OPERATORS = 3;

const MB = 1e6;

/** The same for the same numbers. */
export function randomCommands(random: Random): readonly RandomCommand[] {
	return Array.from({length: 3 + random(8)}, () => ({
		// Several in the same turn, or spread over what such a migration takes.
		afterMs: random(3) === 0 ? 0 : random(120),
		operator: random(OPERATORS),
		...randomCommand(random),
	}));
}

function randomCommand(random: Random): Said {
	switch (random(12)) {
		case 0:
		case 1:
		case 2:
		case 3:
			return {kind: 'command', action: pick(random, ['pause', 'continue']), target: 'domain'};
		case 4:
			return {kind: 'command', action: 'stop-and-copy', target: pick(random, ['id', 'domain'])};
		case 5:
			return {kind: 'command', action: 'abort', target: pick(random, ['id', 'domain'])};
		case 6:
			return {kind: 'command', action: pick(random, ['abort', 'stop-and-copy', 'pause', 'continue']), target: 'unknown'};
		case 7:
			return {kind: 'command-at-receiver', action: pick(random, ['abort', 'stop-and-copy', 'pause', 'continue'])};
		case 8:
			return {kind: 'set', isWrong: true, change: pick(random, [{limits: {policy: 'zen'}}, {limits: {onDeadline: 'postcopy'}}])};
		case 9:
			return {kind: 'set', isWrong: false, change: randomChange(random)};
		default:
			return {kind: pick(random, ['watch', 'status', 'start'])};
	}
}

function randomChange(random: Random): Omit<SetRequest, 'id'> {
	const limits: PolicyLimits = pick(random, [
		{maxIterations: 1 + random(8)},
		{maxDowntimeMs: random(200)},
		{deadlineMs: 1 + random(2000), onDeadline: pick(random, ['stop-and-copy', 'abort'])},
		{onStall: pick(random, ['advise', 'stop-and-copy', 'abort'])},
	]);
	return random(2) === 0 ? {limits} : {bandwidthBytesPerSecond: pick(random, [0, 20 * MB, 100 * MB])};
}

/** A migration that lasts long enough to be told something, mostly. */
export function randomStart(random: Random, domain: string, host: string): StartRequest {
	return {
		domain,
		host,
		detach: false,
		stream: pick(random, ['sterna', 'sterna', 'xen']),
		tee: '',
		paused: false,
		limits: {maxIterations: 2 + random(30), dirtyThresholdPages: random(100)},
		transfer: {compression: '', bandwidthBytesPerSecond: pick(random, [20 * MB, 60 * MB, 200 * MB])},
	};
}

function pick<const Choice>(random: Random, choices: readonly Choice[]): Choice {
	return choices[random(choices.length)] as Choice;
}
