import {CRASH_POINTS, JOURNAL_FAULTS, JOURNAL_WRITES} from '@sterna/host';
import type {Direction} from '@sterna/test-network';
import {DAEMON_NAMES} from '../lab/host-files.ts';
import {Dice} from './dice.ts';
import {
	type BytePlace,
	type ChaosFault,
	type ChaosKind,
	type Connection,
	type DaemonRef,
	type Moment,
	type Schedule,
	TRIGGER_PHASES,
} from './schedule.ts';

const MIB = 2 ** 20;
/** The guest, and a little of what it writes meanwhile. */
const DATA_BYTES = 80 * MIB;
/** CREDIT and APPLIED records of such a migration. */
const BACK_CHANNEL_BYTES = 8 * 1024;
/** Hello, prepare and go, or what answers them, in TLS or without. */
const CONTROL_BYTES = 6 * 1024;
/** Long enough for a daemon to be missed, short enough for many runs. */
const LONGEST_MS = 2500;
/** A clock that is wrong by more than this is set right in other ways. */
const LONGEST_JUMP_MS = 86_400_000;

const WEIGHTS: Readonly<Record<ChaosKind, number>> = {
	cut: 20,
	flip: 14,
	duplicate: 6,
	network: 14,
	kill: 12,
	freeze: 8,
	'crash-point': 16,
	'journal-fault': 8,
	clock: 4,
	abort: 6,
	switch: 4,
};

/** What happens in a run. Depends on the two numbers alone, so that a run that failed can be repeated by itself. `isTls`: whether control can be spoilt and still be told apart. */
export function drawSchedule(seed: number, run: number, {isTls}: {readonly isTls: boolean}): Schedule {
	const dice = new Dice(Math.imul(seed, 0x9e37_79b1) ^ run);
	const faults: ChaosFault[] = [];
	const count = dice.pick([1, 1, 1, 2, 2, 3]);
	while (faults.length < count) {
		const fault = drawFault(dice, isTls);
		// A daemon is armed with one thing at a time.
		if (isArmed(fault) && faults.some(isArmed)) continue;
		faults.push(fault);
	}

	const isAboutHandover = faults.some(fault => 'when' in fault && fault.when.at === 'phase' && fault.when.phase !== 'precopy');
	return {
		seed,
		run,
		link: {
			bytesPerSecond: dice.pick([undefined, undefined, 100 * MIB, 40 * MIB]),
			// Stretches the handover, so that what is to meet it does.
			delayMs: isAboutHandover ? dice.pick([10, 30, 60]) : dice.pick([0, 0, 0, 1, 5, 20]),
		},
		transfer: {
			channels: dice.pick([1, 1, 1, 2, 4]),
			compression: dice.pick(['none', 'none', 'auto', 'lz4', 'zstd']),
			deltaCacheBytes: dice.pick([0, 0, 0, 16 * MIB]),
			proof: dice.pick(['wire', 'wire', 'wire', 'audit', 'full']),
			reconnectMs: dice.pick([0, 2000, 2000, 5000, 5000]),
		},
		faults,
	};
}

/** Whether a daemon has to be started with it. */
export function isArmed(fault: ChaosFault): fault is Extract<ChaosFault, {readonly kind: 'crash-point' | 'journal-fault' | 'clock'}> {
	return fault.kind === 'crash-point' || fault.kind === 'journal-fault' || fault.kind === 'clock';
}

function drawFault(dice: Dice, isTls: boolean): ChaosFault {
	const kind = dice.weighted(WEIGHTS);
	switch (kind) {
		case 'cut':
			return {kind, how: dice.pick(['reset', 'reset', 'silent', 'one-way', 'half-close']), ...drawPlace(dice)};
		case 'flip':
			// Without TLS nothing protects what control says: docs/threat-model.md.
			return {kind, bit: dice.between(0, 7), ...drawPlace(dice, isTls ? undefined : 'data')};
		case 'duplicate':
			return {kind, connection: dice.pick(['data', 'data', 'control']), afterBytes: dice.magnitude(64 * 1024)};
		case 'network':
			return {kind, when: drawMoment(dice), how: dice.pick(['reset', 'silent', 'stall']), forMs: dice.magnitude(LONGEST_MS)};
		case 'kill':
			return {
				kind,
				when: drawMoment(dice),
				signal: dice.pick(['SIGKILL', 'SIGKILL', 'SIGTERM']),
				forMs: dice.magnitude(LONGEST_MS),
				...drawDaemon(dice),
			};
		case 'freeze':
			return {kind, when: drawMoment(dice), forMs: dice.magnitude(2 * LONGEST_MS), ...drawDaemon(dice)};
		case 'crash-point':
			return {kind, point: dice.pick(CRASH_POINTS), nth: dice.pick([1, 1, 1, 2]), forMs: dice.magnitude(LONGEST_MS)};
		case 'journal-fault':
			return {kind, write: dice.pick(JOURNAL_WRITES), fault: dice.pick(JOURNAL_FAULTS), nth: dice.pick([1, 1, 2, '*'])};
		case 'clock':
			return {kind, when: drawMoment(dice), byMs: dice.pick([-1, 1]) * dice.magnitude(LONGEST_JUMP_MS), ...drawDaemon(dice)};
		case 'abort':
			return {kind, when: drawMoment(dice), role: dice.pick(['source', 'target'])};
		case 'switch':
			return {kind, when: drawMoment(dice)};
	}
}

/** The daemons that a migration needs most of the time, the other two now and then. */
function drawDaemon(dice: Dice): DaemonRef {
	if (dice.chance(85)) return dice.pick([{role: 'source', daemon: 'sender'} as const, {role: 'target', daemon: 'receiver'} as const]);
	return {role: dice.pick(['source', 'target']), daemon: dice.pick(DAEMON_NAMES)};
}

function drawMoment(dice: Dice): Moment {
	return dice.chance(50) ? {at: 'byte', ...drawPlace(dice)} : {at: 'phase', phase: dice.pick(TRIGGER_PHASES)};
}

function drawPlace(dice: Dice, only?: Connection): BytePlace {
	const connection = only ?? dice.pick(['data', 'data', 'control']);
	const direction: Direction = dice.chance(75) ? 'forward' : 'backward';
	if (connection === 'control') return {connection, direction, afterBytes: dice.magnitude(CONTROL_BYTES)};
	if (direction === 'backward') return {connection, direction, afterBytes: dice.magnitude(BACK_CHANNEL_BYTES)};
	// Headers and the first page lists are met too; most of the stream is pages.
	return {connection, direction, afterBytes: dice.chance(25) ? dice.magnitude(MIB) : dice.between(0, DATA_BYTES)};
}
