import * as v from 'valibot';
import {AbsolutePath, count, Duration} from './values.ts';

/** What happens to a precopy that its deadline finds. */
export const ON_DEADLINE = ['stop-and-copy', 'abort'] as const;
export type OnDeadline = (typeof ON_DEADLINE)[number];

/** What happens to a precopy that comes no nearer to its end; `advise`: it is said, and it goes on. */
export const ON_STALL = ['advise', 'stop-and-copy', 'abort'] as const;
export type OnStall = (typeof ON_STALL)[number];

/** The policies that there are without any module, in the order in which they are asked where nothing says another. */
export const BUILT_IN_POLICIES = ['deadline', 'xen', 'downtime', 'stall'] as const;
export type BuiltInPolicy = (typeof BUILT_IN_POLICIES)[number];

export function isBuiltInPolicy(name: string): name is BuiltInPolicy {
	return (BUILT_IN_POLICIES as readonly string[]).includes(name);
}

/** What ends a precopy where a migration was told nothing else; undefined = that decides nothing. */
export type PolicySettings = {
	readonly maxIterations: number;
	readonly dirtyThresholdPages: number;
	readonly maxDowntimeMs: number | undefined;
	/** From the beginning of the precopy. */
	readonly deadlineMs: number | undefined;
	readonly onDeadline: OnDeadline;
	readonly onStall: OnStall;
	/** Which are asked, in this order: built-in ones and modules; undefined = every built-in one that has its limit. */
	readonly use: readonly string[] | undefined;
	/** The operator's own: absolute paths of ES modules, by name. */
	readonly modules: ReadonlyMap<string, string>;
	/** For so long a module may think about one question. */
	readonly moduleTimeoutMs: number;
};

const ModuleName = v.pipe(
	v.string(),
	v.regex(/^[a-z][\da-z-]{0,31}$/, 'must be a name of a-z, 0-9 and -, 32 at most'),
	v.check(name => !isBuiltInPolicy(name), 'is the name of a built-in policy'),
);

/** `[policy]` of the configuration file. */
export const PolicySection = v.optional(
	v.pipe(
		v.strictObject({
			'max-iterations': v.optional(count(1, 10_000), 5),
			/** Pages: below it, the rest goes with the guest paused. */
			'dirty-threshold': v.optional(count(0, 2 ** 32 - 1), 50),
			'max-downtime': v.optional(Duration),
			/** From the beginning of the precopy. */
			deadline: v.optional(v.pipe(Duration, v.minValue(1, 'must be 1ms or more'))),
			'on-deadline': v.optional(v.picklist(ON_DEADLINE), 'stop-and-copy'),
			'on-stall': v.optional(v.picklist(ON_STALL), 'advise'),
			use: v.optional(v.pipe(v.array(v.string()), v.minLength(1, 'must name a policy'))),
			modules: v.optional(v.record(ModuleName, AbsolutePath), {}),
			'module-timeout': v.optional(v.pipe(Duration, v.minValue(1, 'must be 1ms or more'), v.maxValue(60_000, 'must be 1m or less')), '1s'),
		}),
		v.forward(
			v.check(
				({use = [], modules}) => use.every(name => isBuiltInPolicy(name) || name in modules),
				`must be of ${BUILT_IN_POLICIES.join(', ')}, and the names of policy.modules`,
			),
			['use'],
		),
	),
	{},
);

export function policySettings(section: v.InferOutput<typeof PolicySection>): PolicySettings {
	return {
		maxIterations: section['max-iterations'],
		dirtyThresholdPages: section['dirty-threshold'],
		maxDowntimeMs: section['max-downtime'],
		deadlineMs: section.deadline,
		onDeadline: section['on-deadline'],
		onStall: section['on-stall'],
		use: section.use,
		modules: new Map(Object.entries(section.modules)),
		moduleTimeoutMs: section['module-timeout'],
	};
}
