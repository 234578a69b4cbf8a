import type {Lease} from '@sterna/host';
import type {OperationError, StandbyPhase} from '@sterna/protocol';
import type {GoRequest, OutcomeReply, ProtectionStatus, RunningReply} from '@sterna/protocol/control';
import type {ControlConnection, PageHashes} from '@sterna/transport';
import type {TargetContents} from '../target-contents.ts';
import type {Promoted} from './promotion.ts';
import {StandbyCore, type StandbyDependencies} from './standby-core.ts';
import type {Because, StandbyTerms} from './standby-journal.ts';
import type {StandbyBase, StandbyLink} from './standby-link.ts';
import {standbyStatus} from './standby-status.ts';
import {StandbyTakeover} from './standby-takeover.ts';

/**
 * A guest that runs on another host, as this one would go on with it: made empty, filled by one link after another, holding its last whole checkpoint in between. It ends
 * as a guest that runs here, or with nothing of it left. What happens to it happens one thing after another.
 */
export class Standby {
	readonly #core: StandbyCore;
	readonly #takeover: StandbyTakeover;
	readonly #dependencies: StandbyDependencies;
	readonly #startedAtMs = Date.now();

	constructor(dependencies: StandbyDependencies, phase: StandbyPhase) {
		this.#dependencies = dependencies;
		this.#core = new StandbyCore(dependencies, phase, async lease => this.#onLease(lease));
		this.#takeover = new StandbyTakeover(this.#core);
		void this.contents.target.gone.then(async error => this.#onTargetGone(this.#core.faults.from(error)));
		if (phase === 'holding') this.#core.lease.watch();
	}

	get id(): string {
		return this.#dependencies.journal.protection.id;
	}

	get domain(): string {
		return this.#core.domain;
	}

	get uuid(): string {
		return this.#dependencies.journal.definition.uuid;
	}

	get memoryBytes(): number {
		return this.#dependencies.journal.definition.memoryBytes;
	}

	/** Name of the source's host. */
	get peer(): string {
		return this.#dependencies.journal.protection.peer;
	}

	/** That the guest runs with at its source, as far as is known here. */
	get incarnation(): number {
		return this.#dependencies.journal.protection.incarnation;
	}

	/** That the guest runs with here, or would. */
	get nextIncarnation(): number {
		return this.#dependencies.journal.nextIncarnation;
	}

	get leaseStore(): 'manual' | 'etcd' {
		return this.#dependencies.journal.protection.leaseStore;
	}

	get leaseTtlMs(): number {
		return this.#dependencies.journal.protection.leaseTtlMs;
	}

	get phase(): StandbyPhase {
		return this.#core.phase;
	}

	get contents(): TargetContents {
		return this.#dependencies.contents;
	}

	get store(): string {
		return this.#dependencies.checkpoints.file;
	}

	get committedEpoch(): number {
		return this.#core.committedEpoch;
	}

	get failure(): OperationError | undefined {
		return this.#core.failure;
	}

	/** How it came to run here; undefined where it does not. */
	get promoted(): Promoted | undefined {
		return this.#core.promoted;
	}

	/** The link at hand, if its source is there. */
	get link(): StandbyLink | undefined {
		return this.#core.links.open;
	}

	/** Resolves when nothing of it is held here any more: the guest runs, or is gone, or is left to the next daemon. */
	get over(): Promise<void> {
		return this.#core.over;
	}

	/**
	 * Makes the standby ready for a further link of its source, whose terms these are. Resolves with what the link finds. Rejects ERR_TARGET_REFUSED, with the reason, where
	 * the guest runs here, or is about to.
	 */
	async attach(terms: StandbyTerms): Promise<StandbyBase> {
		const {checkpoints} = this.#dependencies;
		const {faults, lease, links} = this.#core;
		await links.stop(faults.of('ERR_CONNECTION_LOST', `${terms.peer} has begun another link`));
		// One that has just got the lease takes over first.
		await lease.stop();
		return this.#core.inTurn(async () => {
			try {
				const {phase} = this;
				if (phase !== 'holding') throw faults.of('ERR_TARGET_REFUSED', `the standby of ${this.domain} is ${phase}`, this.failure);
				const known = this.incarnation;
				if (terms.incarnation < known)
					throw faults.of('ERR_TARGET_REFUSED', `the standby is of incarnation ${known}, and the guest of ${terms.incarnation}`);
				await this.contents.hashes.forget();
				await checkpoints.settle(this.contents.target);
				this.#core.terms = terms;
				// With disks that are too much to be held back until they are whole it is as with an outdated one: until then there is nothing to go on from.
				const keepsCheckpoint = terms.incarnation === known && checkpoints.holdsCopyOf(this.contents.target);
				await this.#core.play(keepsCheckpoint ? 'attached' : 'outdated');
				this.#core.enter(`${terms.peer} has begun a link`);
				return {hasBase: true, committedEpoch: this.committedEpoch};
			} finally {
				if (this.phase === 'holding') lease.watch();
			}
		});
	}

	/** Carries a link to its end: resolves where its stream ends, or the guest has come to run here by it; rejects with what it was lost by. */
	async carry(link: StandbyLink): Promise<void> {
		const {faults, links} = this.#core;
		try {
			await links.carry(link, faults.of('ERR_CONNECTION_LOST', 'another link was begun'));
		} catch (error) {
			await this.#onLinkLost(link, error);
			if (this.promoted?.because === 'planned') return;
			throw this.phase === 'promoted' ? faults.runsHere() : faults.from(error);
		} finally {
			links.clear(link);
		}
	}

	/** A checkpoint is in the store, and its source was told. */
	onCommitted(): void {
		if (this.phase !== 'receiving') return;
		void this.settled().catch((error: unknown) => {
			this.#dependencies.log.error({error}, 'the journal did not take it that the standby has its first checkpoint');
		});
	}

	/** The hashes of the last whole checkpoint's memory, for a source that compares before its data connection comes. */
	async pageHashes(key: number): Promise<PageHashes> {
		return this.contents.hashes.of(key);
	}

	/** `go`: the guest runs here, or has been declined, durably. */
	async go(
		request: GoRequest,
		connection: ControlConnection,
	): Promise<{readonly running: RunningReply} | {readonly outcome: OutcomeReply}> {
		return this.#takeover.go(request, connection);
	}

	/** The source asks after its `go`: `running`, or `declined`, durably. Without `declineIfReady` nothing is done. Rejects ERR_UNDECIDED where it is not known. */
	async outcome(options: {readonly declineIfReady: boolean}): Promise<OutcomeReply['state']> {
		return this.#takeover.outcome(options);
	}

	/**
	 * The source is known not to run the guest: it goes on here from the last whole checkpoint. Rejects ERR_DOMAIN_STATE where there is none, or the guest runs here already, and with
	 * what kept it from running, where it can be tried again. `lease`: that allows it; let go of where it fails.
	 */
	async takeOver(because: Exclude<Because, 'planned'>, lease?: Lease): Promise<Promoted> {
		return this.#takeover.takeOver(because, lease);
	}

	/** Resolves when nothing that was asked for before is under way, and what the store has counts. */
	async settled(): Promise<void> {
		await this.#core.inTurn(async () => this.#core.hold());
	}

	/** Throws ERR_DOMAIN_STATE where there is nothing that a failover could go on from. */
	assertHolding(): void {
		this.#takeover.assertHolding();
	}

	/** Whoever may runs it no more here: nothing of it is left. Rejects ERR_STALE where the guest runs here. */
	async end(reason: OperationError): Promise<void> {
		const {faults, lease, links} = this.#core;
		await links.stop(reason);
		await lease.stop();
		await this.#core.inTurn(async () => {
			if (this.phase === 'promoting' || this.phase === 'promoted') throw faults.runsHere();
			await this.#core.remove('ended', reason);
		});
	}

	/** The source has nothing of the guest any more and leaves what is held to this host: to the lease, or to the operator here. Rejects ERR_STALE where the guest runs here. */
	async keep(reason: OperationError): Promise<void> {
		const {faults, lease, links} = this.#core;
		await links.stop(reason);
		if (this.phase === 'promoting' || this.phase === 'promoted') throw faults.runsHere();
		this.#core.enter(reason.message);
		lease.hurry();
	}

	/** Takes up what an earlier daemon left. Called once, before any link. */
	async restart(): Promise<void> {
		await this.#takeover.restart();
	}

	/** The daemon stops: what is whole is left to the next one. Resolves when nothing of it is held any more. */
	async stop(reason: OperationError): Promise<void> {
		const core = this.#core;
		core.isStopping = true;
		await core.links.stop(reason);
		await core.lease.stop();
		await core.inTurn(async () => {
			if (this.phase === 'receiving') await core.remove('ended', reason);
			await core.release();
		});
	}

	status(): ProtectionStatus {
		const {journal, checkpoints} = this.#dependencies;
		const {lease, state} = this.#core;
		return standbyStatus({
			protection: journal.protection,
			domain: this.domain,
			phase: this.phase,
			isLinked: this.link !== undefined,
			reason: this.failure?.message ?? (lease.state || state.reason),
			sinceMs: state.sinceMs,
			startedAtMs: this.#startedAtMs,
			incarnation: this.phase === 'promoted' ? this.nextIncarnation : this.incarnation,
			stored: this.promoted === undefined ? checkpoints.read() : undefined,
			committedEpoch: this.promoted?.epoch,
			failure: this.failure,
		});
	}

	async #onLease(lease: Lease): Promise<void> {
		try {
			await this.takeOver('lease', lease);
		} catch (error) {
			this.#dependencies.log.error({error}, 'the standby has the lease and could not take over');
		}
	}

	async #onLinkLost(link: StandbyLink, error: unknown): Promise<void> {
		const core = this.#core;
		const loss = core.faults.from(error);
		await core.inTurn(async () => {
			if (core.links.begun !== link || this.phase === 'promoted' || this.phase === 'promoting') return;
			await core.hold();
			const {code, fault} = loss;
			this.#dependencies.log.warn(
				{code, causes: fault.causes, epoch: this.committedEpoch},
				`the link of the standby is lost: ${loss.message}`,
			);
			core.enter(loss.message);
			if (this.phase === 'receiving' && !core.isStopping) await core.remove('link-lost', loss);
		});
	}

	async #onTargetGone(error: OperationError): Promise<void> {
		const core = this.#core;
		const lost = core.faults.of('ERR_STANDBY_LOST', `the guest of the standby of ${this.domain} is gone`, error);
		const isHeld = (): boolean => (this.phase === 'receiving' || this.phase === 'holding') && !core.isStopping;
		if (!isHeld()) return;
		try {
			await core.links.stop(lost);
			await core.lease.stop();
			await core.inTurn(async () => {
				if (isHeld()) await core.remove('guest-lost', lost);
			});
		} catch (failure) {
			this.#dependencies.log.error({error: failure}, 'the standby whose guest is gone could not be removed');
		}
	}
}
