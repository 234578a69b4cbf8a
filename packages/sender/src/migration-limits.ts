import {BUILT_IN_POLICIES, hostError, isBuiltInPolicy, type Config} from '@sterna/host';
import type {PolicyLimits, SetRequest} from '@sterna/protocol/control';
import {BandwidthLimit} from '@sterna/transport';
import {LimitsPolicy, type Limits, type OpenPolicy} from './engine/policy/limits-policy.ts';
import type {TransferSettings} from './transfer-settings.ts';

/** What an operator may change of a migration while it runs. Every change counts at once: nothing is asked of the engine. */
export class MigrationLimits implements Disposable {
	/** Of this migration alone, over all its data connections. */
	readonly bandwidth: BandwidthLimit;
	readonly policy: LimitsPolicy;
	readonly #daemon: BandwidthLimit;
	readonly #modules: ReadonlySet<string>;
	readonly #faultListeners: Array<(fault: string) => void> = [];
	#downtimeBudgetMs: number;

	/** `daemon`: the limit of all migrations together. `modules`: the operator's own policies; where it is left out there are none. */
	constructor(
		limits: Limits,
		{bandwidthBytesPerSecond, downtimeBudgetMs}: Pick<TransferSettings, 'bandwidthBytesPerSecond' | 'downtimeBudgetMs'>,
		daemon: BandwidthLimit,
		modules?: {readonly names: ReadonlySet<string>; readonly open: OpenPolicy},
	) {
		this.bandwidth = new BandwidthLimit(bandwidthBytesPerSecond);
		this.#modules = modules?.names ?? new Set();
		this.policy = new LimitsPolicy(limits, {
			open: modules?.open,
			onFault: fault => {
				for (const listener of this.#faultListeners) listener(fault);
			},
		});
		this.#daemon = daemon;
		this.#downtimeBudgetMs = downtimeBudgetMs;
	}

	/** Calls `listener` with what the operator's own policy does wrong. */
	onPolicyFault(listener: (fault: string) => void): void {
		this.#faultListeners.push(listener);
	}

	/** Ends the threads of the operator's own policies. */
	[Symbol.dispose](): void {
		this.policy[Symbol.dispose]();
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

	/** Puts in place what is set in the request, and leaves the rest as it is: all of it, or nothing. Throws as `limitsOf`. */
	change({bandwidthBytesPerSecond, limits, downtimeBudgetMs}: Omit<SetRequest, 'id'>): void {
		const merged = limits === undefined ? undefined : checkedLimits({...this.policy.limits, ...given(limits)}, limits, this.#modules);
		if (bandwidthBytesPerSecond !== undefined) this.bandwidth.set(bandwidthOf(bandwidthBytesPerSecond));
		if (merged !== undefined) this.policy.replace(merged);
		this.#downtimeBudgetMs = downtimeBudgetMs ?? this.#downtimeBudgetMs;
	}
}

/** A limit as messages have it: 0 is none. */
export function bandwidthOf(bytesPerSecond: number): number | undefined {
	return bytesPerSecond === 0 ? undefined : bytesPerSecond;
}

/**
 * The configured limits, with what a migration was given instead. Throws ERR_NOT_SUPPORTED for what is not built, and ERR_USAGE for a policy that nobody knows,
 * one that has no limit to go by, and a limit that no policy in use goes by.
 */
export function limitsOf({policy}: Pick<Config, 'policy'>, limits: PolicyLimits | undefined): Limits {
	const {modules, moduleTimeoutMs: _timeout, ...configured} = policy;
	return checkedLimits({...configured, ...given(limits ?? {})}, limits ?? {}, new Set(modules.keys()));
}

/** What is set in the message; a downtime or deadline of 0 takes the one before away. */
function given({
	maxIterations,
	dirtyThresholdPages,
	maxDowntimeMs,
	deadlineMs,
	onDeadline,
	onStall,
	policy,
}: PolicyLimits): Partial<Limits> {
	if (onDeadline === 'postcopy')
		throw hostError('ERR_NOT_SUPPORTED', 'there is no postcopy: --on-deadline takes stop-and-copy or abort', {
			side: 'sender',
			next: 'migrate-ctl start --help',
		});
	if (maxIterations === 0) throw usage('max-iterations must be 1 or more');
	return {
		...(maxIterations === undefined ? {} : {maxIterations}),
		...(dirtyThresholdPages === undefined ? {} : {dirtyThresholdPages}),
		...(maxDowntimeMs === undefined ? {} : {maxDowntimeMs: maxDowntimeMs === 0 ? undefined : maxDowntimeMs}),
		...(deadlineMs === undefined ? {} : {deadlineMs: deadlineMs === 0 ? undefined : deadlineMs}),
		...(onDeadline === undefined ? {} : {onDeadline}),
		...(onStall === undefined ? {} : {onStall}),
		...(policy === undefined ? {} : {use: policy === '' ? undefined : policy.split(',').map(name => name.trim())}),
	};
}

/** The limit that a policy cannot do without, as it is called. */
const NEEDS: Readonly<Record<string, {readonly limit: 'maxDowntimeMs' | 'deadlineMs'; readonly option: string}>> = {
	downtime: {limit: 'maxDowntimeMs', option: 'max-downtime'},
	deadline: {limit: 'deadlineMs', option: 'deadline'},
};

/** `asked`: what is said now, of which nothing may be without effect. */
function checkedLimits(limits: Limits, asked: PolicyLimits, modules: ReadonlySet<string>): Limits {
	const {use} = limits;
	if (use === undefined) return limits;
	for (const name of use) {
		if (!isBuiltInPolicy(name) && !modules.has(name))
			throw usage(`no policy is called "${name}": there are ${[...BUILT_IN_POLICIES, ...modules].join(', ')}`);
		const need = NEEDS[name];
		if (need !== undefined && limits[need.limit] === undefined) throw usage(`the policy ${name} has nothing to go by: set ${need.option}`);
	}

	for (const [name, {limit, option}] of Object.entries(NEEDS)) {
		if ((asked[limit] ?? 0) > 0 && !use.includes(name))
			throw usage(`${option} is set, and no policy goes by it: of ${use.join(', ')}, none is ${name}`);
	}

	return limits;
}

function usage(message: string): Error {
	return hostError('ERR_USAGE', message, {side: 'sender', next: 'migrate-ctl start --help'});
}
