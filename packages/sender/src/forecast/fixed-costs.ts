import type {DomainDefinition} from '@sterna/domain';

/** What a migration of this kind of guest takes beside its memory. Milliseconds, calibrated by `npm run bench -- forecast --calibrate`: docs/spec/forecast.md. */
export type FixedCosts = {
	/** The guest is made at the target, and both journals begin: so many times the start of a process there. */
	readonly createStarts: number;
	/** Pause, device state, handover and resume: a downtime without pages, and without the words that are waited for. */
	readonly downtimeMs: number;
	/** The guest here is ended. */
	readonly finishMs: number;
	/** Of that, for each GiB that it has. */
	readonly finishMsPerGib: number;
};

export const FIXED_COSTS: Readonly<Record<Exclude<DomainDefinition['kind'], 'image'>, FixedCosts>> = {
	workload: {createStarts: 5, downtimeMs: 5, finishMs: 42, finishMsPerGib: 30},
	qemu: {createStarts: 6, downtimeMs: 22, finishMs: 100, finishMsPerGib: 30},
};

/** Of a process that does nothing, where the receiver does not say: an older build. Milliseconds. */
export const PROCESS_START_MS = 45;

/** How much more of the processor a page takes that is read for the first time than one of the probe's, which is mapped and in a cache. */
export const FIRST_TOUCH = 1.3;

/** How much what was measured, or calibrated, differs from what a migration meets: standard deviations of the logarithm. */
export const DEVIATIONS = {
	/** Of the link's speed. */
	speed: 0.13,
	/** Of how fast the guest writes, at least: its sample may show more. */
	writes: 0.06,
	fixed: 0.22,
	downtime: 0.5,
	/** Of the link's speed in the last pass: so short a time meets a host that stands still for a moment in full. */
	lastPass: 0.6,
} as const;

/** Words that are waited for while the guest stands still, between two hosts or a daemon and its guest: pause, state, ready, go, running, and what comes between two threads. A busy host is slow with each. */
export const WORDS_IN_DOWNTIME = 6;
