import {hostError, type Config} from '@sterna/host';
import type {PolicyLimits, SetRequest} from '@sterna/protocol/control';
import {BandwidthLimit} from '@sterna/transport';
import {LimitsPolicy, type Limits} from './engine/policy/limits-policy.ts';
import type {TransferSettings} from './transfer-settings.ts';

/** What an operator may change of a migration while it runs. Every change counts at once: nothing is asked of the engine. */
export class MigrationLimits {
	/** Of this migration alone, over all its data connections. */
	readonly bandwidth: BandwidthLimit;
	readonly policy: LimitsPolicy;
	readonly #daemon: BandwidthLimit;
	#downtimeBudgetMs: number;

	/** `daemon`: the limit of all migrations together. */
	constructor(
		limits: Limits,
		{bandwidthBytesPerSecond, downtimeBudgetMs}: Pick<TransferSettings, 'bandwidthBytesPerSecond' | 'downtimeBudgetMs'>,
		daemon: BandwidthLimit,
	) {
		this.bandwidth = new BandwidthLimit(bandwidthBytesPerSecond);
		this.policy = new LimitsPolicy(limits);
		this.#daemon = daemon;
		this.#downtimeBudgetMs = downtimeBudgetMs;
	}

	/** For how long the last pass ignores the limits of bandwidth, in milliseconds. */
	get downtimeBudgetMs(): number {
		return this.#downtimeBudgetMs;
	}

	/** All that hold for its data connections. */
	get bandwidthLimits(): readonly BandwidthLimit[] {
		return [this.bandwidth, this.#daemon];
	}

	/** The lower of the two limits in bytes a second; undefined = there is none. */
	get bytesPerSecond(): number | undefined {
		const rates = this.bandwidthLimits.map(({bytesPerSecond}) => bytesPerSecond).filter(rate => rate !== undefined);
		return rates.length === 0 ? undefined : Math.min(...rates);
	}

	/** Puts in place what is set in the request, and leaves the rest as it is. */
	change({bandwidthBytesPerSecond, limits, downtimeBudgetMs}: Omit<SetRequest, 'id'>): void {
		if (bandwidthBytesPerSecond !== undefined) this.bandwidth.set(bandwidthOf(bandwidthBytesPerSecond));
		if (limits !== undefined) this.policy.replace(mergeLimits(this.policy.limits, limits));
		this.#downtimeBudgetMs = downtimeBudgetMs ?? this.#downtimeBudgetMs;
	}
}

/** A limit as messages have it: 0 is none. */
export function bandwidthOf(bytesPerSecond: number): number | undefined {
	return bytesPerSecond === 0 ? undefined : bytesPerSecond;
}

/** The configured limits, with what a migration was given instead. Throws ERR_NOT_SUPPORTED for what is not built. */
export function limitsOf({policy}: Pick<Config, 'policy'>, given: PolicyLimits | undefined): Limits {
	return {...policy, ...checked(given ?? {})};
}

function mergeLimits(before: Limits, given: PolicyLimits): Limits {
	return {...before, ...checked(given)};
}

/** What is set in the message; a downtime or deadline of 0 takes the one before away. */
function checked({maxIterations, dirtyThresholdPages, maxDowntimeMs, deadlineMs, onDeadline, onStall}: PolicyLimits): Partial<Limits> {
	if (onDeadline === 'postcopy')
		throw hostError('ERR_NOT_SUPPORTED', 'there is no postcopy: --on-deadline takes stop-and-copy or abort', {side: 'sender'});
	return {
		...(maxIterations === undefined ? {} : {maxIterations}),
		...(dirtyThresholdPages === undefined ? {} : {dirtyThresholdPages}),
		...(maxDowntimeMs === undefined ? {} : {maxDowntimeMs: maxDowntimeMs === 0 ? undefined : maxDowntimeMs}),
		...(deadlineMs === undefined ? {} : {deadlineMs: deadlineMs === 0 ? undefined : deadlineMs}),
		...(onDeadline === undefined ? {} : {onDeadline}),
		...(onStall === undefined ? {} : {onStall}),
	};
}
