import type {DomainDefinition} from '@sterna/domain';

/** What a migration of this kind of guest takes beside its memory. Milliseconds, calibrated by `npm run bench -- forecast --calibrate`: docs/spec/forecast.md. */
export type FixedCosts = {
	/** The guest is made at the target, and both journals begin. */
	readonly createMs: number;
	/** Pause, device state, handover and resume: a downtime without pages. */
	readonly downtimeMs: number;
	/** The guest here is ended. */
	readonly finishMs: number;
	/** Of that, for each GiB that it has. */
	readonly finishMsPerGib: number;
};

export const FIXED_COSTS: Readonly<Record<Exclude<DomainDefinition['kind'], 'image'>, FixedCosts>> = {
	workload: {createMs: 400, downtimeMs: 6, finishMs: 40, finishMsPerGib: 100},
	qemu: {createMs: 900, downtimeMs: 30, finishMs: 100, finishMsPerGib: 100},
};

/** How much what was measured, or calibrated, differs from what a migration meets: standard deviations of the logarithm. */
export const DEVIATIONS = {
	/** Of the link's speed. */
	speed: 0.08,
	/** Of how fast the guest writes, at least: its sample may show more. */
	writes: 0.06,
	fixed: 0.15,
	downtime: 0.35,
} as const;
