import * as v from 'valibot';
import {count, Duration, Percent, Size} from './values.ts';

/** How standbys are kept where `protect` says nothing else, and what is done about a source that is gone. */
export type StandbySettings = {
	/** Of a fixed epoch, in milliseconds; undefined: it is adapted to the objectives. */
	readonly intervalMs: number | undefined;
	/** The standby is never more than this behind. */
	readonly maxLagMs: number | undefined;
	/** Output is held no longer than this. */
	readonly maxAddedLatencyMs: number | undefined;
	/** The guest loses no more of its time than this. */
	readonly maxSlowdownPercent: number | undefined;
	/** Most checkpoints of a guest that are cut and not committed. */
	readonly inFlight: number;
	/** For the pages of each of them. */
	readonly stagingBytes: number;
	/** Of all guests that are protected here together. */
	readonly stagingLimitBytes: number;
	readonly onStandbyLoss: 'continue' | 'pause';
	/** Program and arguments that make sure that a source is off; undefined: there is none. */
	readonly fence: readonly string[] | undefined;
	readonly fenceTimeoutMs: number;
};

/** A fixed epoch where nothing is asked for: 40 checkpoints a second. */
const DEFAULT_INTERVAL_MS = 25;

const Objective = v.pipe(Duration, v.minValue(1, 'must be 1ms or more'), v.maxValue(60_000, 'must be 1m or less'));
const StagingSize = (least: string): v.GenericSchema<string | number, number> =>
	v.pipe(Size, v.minValue(1024 * 1024, `must be ${least} or more`), v.maxValue(1024 ** 4, 'must be 1TiB or less'));

/** `[standby]` of the configuration file. */
export const StandbySection = v.optional(
	v.pipe(
		v.strictObject({
			interval: v.optional(v.pipe(Duration, v.minValue(5, 'must be 5ms or more'), v.maxValue(10_000, 'must be 10s or less'))),
			'max-lag': v.optional(Objective),
			'max-added-latency': v.optional(Objective),
			'max-slowdown': v.optional(Percent),
			'in-flight': v.optional(count(1, 16), 2),
			staging: v.optional(StagingSize('1MiB'), '64MiB'),
			'staging-limit': v.optional(StagingSize('1MiB'), '1GiB'),
			'on-standby-loss': v.optional(v.picklist(['continue', 'pause']), 'continue'),
			fence: v.optional(v.pipe(v.array(v.string()), v.minLength(1, 'must name a program'))),
			'fence-timeout': v.optional(
				v.pipe(Duration, v.minValue(1, 'must be 1ms or more'), v.maxValue(3_600_000, 'must be 1h or less')),
				'30s',
			),
		}),
		v.forward(
			v.check(
				section => section.interval === undefined || !hasObjective(section),
				'is a fixed epoch, and max-lag, max-added-latency and max-slowdown adapt it: write one or the other',
			),
			['interval'],
		),
		v.forward(
			v.check(
				section => section['staging-limit'] >= section['in-flight'] * section.staging,
				'must have room for one guest: standby.in-flight times standby.staging',
			),
			['staging-limit'],
		),
	),
	{},
);
export type StandbySection = v.InferOutput<typeof StandbySection>;

/** What the section means. */
export function standbySettings(section: StandbySection): StandbySettings {
	return {
		intervalMs: section.interval ?? (hasObjective(section) ? undefined : DEFAULT_INTERVAL_MS),
		maxLagMs: section['max-lag'],
		maxAddedLatencyMs: section['max-added-latency'],
		maxSlowdownPercent: section['max-slowdown'],
		inFlight: section['in-flight'],
		stagingBytes: section.staging,
		stagingLimitBytes: section['staging-limit'],
		onStandbyLoss: section['on-standby-loss'],
		fence: section.fence,
		fenceTimeoutMs: section['fence-timeout'],
	};
}

type Objectives = {
	readonly 'max-lag'?: number | undefined;
	readonly 'max-added-latency'?: number | undefined;
	readonly 'max-slowdown'?: number | undefined;
};

function hasObjective(section: Objectives): boolean {
	return section['max-lag'] !== undefined || section['max-added-latency'] !== undefined || section['max-slowdown'] !== undefined;
}
