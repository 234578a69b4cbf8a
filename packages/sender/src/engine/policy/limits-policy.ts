import {BUILT_IN_POLICIES, type BuiltInPolicy, isBuiltInPolicy} from '@sterna/host/policies';
import {deadline} from './deadline.ts';
import type {PrecopyPolicy} from './decision.ts';
import {downtimeTarget} from './downtime-target.ts';
import {firstOf} from './first-of.ts';
import type {Limits} from './limits.ts';
import {stall, STALL_DEFAULTS} from './stall.ts';
import {xenLimits} from './xen-limits.ts';

export type {Limits} from './limits.ts';

/** A policy that is somebody else's code, running. */
export type OpenedPolicy = Disposable & {readonly policy: PrecopyPolicy};

/** Opens the operator's own policy of a name. `onFault` is called once, with what it did wrong; what it answers does not count from then on. */
export type OpenPolicy = (name: string, owner: {readonly limits: () => Limits; readonly onFault: (fault: string) => void}) => OpenedPolicy;

/** The built-in policies with these limits, composed in the order of `use`. `own` makes those that are not built in. Throws RangeError for a name that nobody knows. */
export function policyOf(limits: Limits, own: (name: string) => PrecopyPolicy = unknownPolicy): PrecopyPolicy {
	// The deadline is asked first where nothing else is said: what it says must be said in time.
	const names = limits.use ?? BUILT_IN_POLICIES;
	return firstOf(...names.map(name => (isBuiltInPolicy(name) ? builtIn(name, limits) : own(name))).filter(policy => policy !== undefined));
}

/** Undefined where its limit is not set: it decides nothing. */
function builtIn(name: BuiltInPolicy, {deadlineMs, onDeadline, maxDowntimeMs, onStall, ...limits}: Limits): PrecopyPolicy | undefined {
	switch (name) {
		case 'deadline':
			return deadlineMs === undefined ? undefined : deadline({deadlineMs, onDeadline});
		case 'xen':
			return xenLimits(limits);
		case 'downtime':
			return maxDowntimeMs === undefined ? undefined : downtimeTarget({maxDowntimeMs});
		case 'stall':
			return stall({...STALL_DEFAULTS, onStall});
	}
}

function unknownPolicy(name: string): PrecopyPolicy {
	throw new RangeError(`no policy is called ${name}`);
}

/**
 * The configured limits as a policy, and what may be put in their place while the migration runs: they count from the next question on. Where the
 * operator's own policy does anything wrong, the built-in ones decide from then on, with the same limits.
 */
export class LimitsPolicy implements Disposable {
	readonly #open: OpenPolicy | undefined;
	readonly #onFault: (fault: string) => void;
	readonly #opened = new Map<string, OpenedPolicy>();
	#limits: Limits;
	#policy: PrecopyPolicy;
	#fault: string | undefined;

	constructor(
		limits: Limits,
		{open, onFault = () => undefined}: {readonly open?: OpenPolicy | undefined; readonly onFault?: (fault: string) => void} = {},
	) {
		this.#open = open;
		this.#onFault = onFault;
		this.#limits = limits;
		this.#policy = this.#compose();
	}

	/** Other policies than before are opened anew, and a fault of those before is forgotten. */
	replace(limits: Limits): void {
		if (limits.use !== this.#limits.use) {
			this[Symbol.dispose]();
			this.#fault = undefined;
		}

		this.#limits = limits;
		this.#policy = this.#compose();
	}

	get limits(): Limits {
		return this.#limits;
	}

	/** What the operator's own policy did wrong, since when the built-in ones decide. */
	get fault(): string | undefined {
		return this.#fault;
	}

	readonly policy: PrecopyPolicy = stats => this.#policy(stats);

	/** Ends the operator's own. */
	[Symbol.dispose](): void {
		for (const opened of this.#opened.values()) opened[Symbol.dispose]();
		this.#opened.clear();
	}

	#compose(): PrecopyPolicy {
		const limits = this.#fault === undefined ? this.#limits : {...this.#limits, use: undefined};
		return policyOf(limits, name => this.#own(name));
	}

	#own(name: string): PrecopyPolicy {
		const known = this.#opened.get(name);
		if (known !== undefined) return known.policy;
		if (this.#open === undefined) return unknownPolicy(name);
		const opened = this.#open(name, {
			limits: () => this.#limits,
			onFault: fault => {
				this.#faulted(fault);
			},
		});
		this.#opened.set(name, opened);
		return opened.policy;
	}

	#faulted(fault: string): void {
		if (this.#fault !== undefined) return;
		this.#fault = fault;
		this[Symbol.dispose]();
		this.#policy = this.#compose();
		this.#onFault(fault);
	}
}
