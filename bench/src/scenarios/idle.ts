import {HostPair} from '../host-pair.ts';
import {type QemuFigures, type QemuLoad, runQemuMigration} from '../peers/qemu.ts';
import {type Figure, figures, OURS, type RowDefinition, type Scenario} from '../scenario.ts';
import {transferMs} from '../move.ts';
import type {Target} from '../target.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext} from './context.ts';

const MEMORY_BYTES = 4 * GIB;
const TOUCHED_BYTES = 64 * MIB;

type Kind = {
	readonly id: 'idle-4g' | 'zero-4g';
	readonly what: string;
	readonly guest: readonly string[];
	readonly filledBytes: number;
	readonly isPopulated: boolean;
	readonly maxTimeRatio: number;
};

const IDLE: Kind = {
	id: 'idle-4g',
	what: 'idle guest of 4 GiB that has touched 64 MiB',
	guest: [...idleGuest(MEMORY_BYTES, 'random'), '--touched', String(TOUCHED_BYTES)],
	filledBytes: TOUCHED_BYTES,
	isPopulated: false,
	maxTimeRatio: 0.25,
};
const ZERO: Kind = {
	id: 'zero-4g',
	what: 'idle guest of 4 GiB, all of it touched and zero',
	guest: idleGuest(MEMORY_BYTES, 'zero'),
	filledBytes: 0,
	isPopulated: true,
	maxTimeRatio: 1,
};

function rowsOf({id, what, maxTimeRatio}: Kind): RowDefinition[] {
	const timeTargets: readonly Target[] = [{vs: 'qemu', atMost: maxTimeRatio}];
	return [
		{
			id,
			title: `total time from the request to the end (QEMU: from its command, with its target up), ${what}`,
			unit: 'ms',
			better: 'less',
			targets: timeTargets,
		},
		{
			id: `${id}-transfer`,
			title: `the same without the start of our target's guest and what else comes before the first byte, as of QEMU, ${what}`,
			unit: 'ms',
			better: 'less',
		},
		{
			id: `${id}-bytes`,
			title: `bytes on the wire in percent of guest memory, ${what}`,
			unit: '%',
			better: 'less',
			targets: [{figure: 'median', atMost: 2}],
		},
		{id: `${id}-downtime`, title: `downtime, ${what}`, unit: 'ms', better: 'less'},
	];
}

/** A guest with little in it, moved from a fresh start each time: where it arrives, its memory is no longer as it was made. */
function empty(context: ScenarioContext, kind: Kind, rounds: {readonly quick: number; readonly full: number}): Scenario {
	const {id, what, guest, filledBytes, isPopulated} = kind;
	type Measured = {readonly totalMs: number; readonly transferMs: number; readonly bytes: number; readonly downtimeMs: number};
	const figuresOf = (by: string, measured: Measured): Figure[] =>
		figures(by, {
			[id]: measured.totalMs,
			[`${id}-transfer`]: measured.transferMs,
			[`${id}-bytes`]: (measured.bytes / MEMORY_BYTES) * 100,
			[`${id}-downtime`]: measured.downtimeMs,
		});
	return {
		id,
		title: `Little to send: ${what}`,
		rows: rowsOf(kind),
		rounds: roundsOf(context, rounds),
		async open() {
			const pair = await HostPair.start();
			const moveFresh = async (): Promise<Figure[]> => {
				await pair.create('empty', guest);
				const move = await pair.move('empty');
				await pair.destroy('empty');
				const {totalMs, bytesSent, downtimeMs} = move.result;
				return figuresOf(OURS, {totalMs, transferMs: transferMs(move), bytes: bytesSent, downtimeMs: downtimeMs ?? Number.NaN});
			};
			return {
				contenders: [
					{name: OURS, measure: moveFresh},
					{
						name: 'qemu',
						async measure() {
							const load: QemuLoad = {kind: 'idle'};
							const {directory} = context;
							const guestOptions = {directory, memoryBytes: MEMORY_BYTES, filledBytes, isPopulated, load};
							const {totalMs, transferredBytes, downtimeMs}: QemuFigures = await runQemuMigration(guestOptions);
							return figuresOf('qemu', {totalMs, transferMs: totalMs, bytes: transferredBytes, downtimeMs});
						},
					},
				],
				async warmUp() {
					await pair.create('warm-up', idleGuest(256 * MIB, 'random'));
					await pair.move('warm-up');
					await pair.destroy('warm-up');
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}

/** Mostly never-touched pages. */
export function idle(context: ScenarioContext): Scenario {
	return empty(context, IDLE, {quick: 1, full: 7});
}

/** Pages that are there, and zero. */
export function zero(context: ScenarioContext): Scenario {
	return empty(context, ZERO, {quick: 1, full: 5});
}
