import type {Spread} from './statistics.ts';

/** A bound, both ends included; one of the two may be open. */
type Bound = {readonly atLeast?: number; readonly atMost?: number};

/** What a row should come to: ours over a peer's, or a figure of our own in the row's unit. It is printed beside what was measured and decides nothing. */
export type Target = Bound & ({readonly vs: string} | {readonly figure: 'median' | 'max'});

/** A target and what was measured against it; `value` and `met` are null where it was not. */
export type TargetOutcome = Target & {readonly value: number | null; readonly met: boolean | null};

export function targetOutcome(target: Target, row: Spread & {readonly vs: Readonly<Record<string, number>>}): TargetOutcome {
	const value = 'vs' in target ? row.vs[target.vs] : row[target.figure];
	if (value === undefined) return {...target, value: null, met: null};
	return {...target, value, met: value >= (target.atLeast ?? -Infinity) && value <= (target.atMost ?? Infinity)};
}

/** `≥ 0.95 × pump`, `median ≤ 5 ms`. */
export function describeTarget(target: Target, unit: string): string {
	const {atLeast, atMost} = target;
	const of = 'vs' in target ? ` × ${target.vs}` : ` ${unit}`;
	const bounds = [...(atLeast === undefined ? [] : [`≥ ${atLeast}`]), ...(atMost === undefined ? [] : [`≤ ${atMost}`])].join(' and ');
	return `${'vs' in target ? '' : `${target.figure} `}${bounds}${of}`;
}
