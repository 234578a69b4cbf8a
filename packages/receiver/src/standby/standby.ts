import {setImmediate as nextTurn} from 'node:timers/promises';
import {driverFor} from '@sterna/domain';
import type {Lease, Logger, MemoryReservation} from '@sterna/host';
import type {OperationError, StandbyPhase} from '@sterna/protocol';
import {faultToMessage, type GoRequest, type OutcomeReply, type ProtectionStatus, type RunningReply} from '@sterna/protocol/control';
import type {ControlConnection, PageHashes} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';
import type {TargetContents} from '../target-contents.ts';
import type {CheckpointFile} from './checkpoint-file.ts';
import {CurrentLink} from './current-link.ts';
import {goRefusal} from './go-refusal.ts';
import {Promotion, type Promoted} from './promotion.ts';
import type {Because, StandbyJournal, StandbyTerms} from './standby-journal.ts';
import type {StandbyBase, StandbyLink} from './standby-link.ts';
import {StandbyFaults} from './standby-faults.ts';
import {StandbyLease} from './standby-lease.ts';
import {StandbyPlayer} from './standby-player.ts';
import {type StandbyFacts, standbyStatus} from './standby-status.ts';

/** All of them are owned by the standby from here. */
export type StandbyDependencies = {
	readonly services: ReceiverServices;
	readonly journal: StandbyJournal;
	readonly contents: TargetContents;
	readonly checkpoints: CheckpointFile;
	/** The promise of the guest's memory and of the store's. */
	readonly memory: MemoryReservation;
	readonly log: Logger;
};

/** How long a promoted guest's outcome waits for a journal that did not take it, in milliseconds. */
const WRITE_AGAIN_MS = 10_000;

/**
 * A guest that runs on another host, as this one would go on with it: made empty, filled by one link after another, holding its last whole checkpoint in between. It ends
 * as a guest that runs here, or with nothing of it left. What happens to it happens one thing after another.
 */
export class Standby {
	readonly #dependencies: StandbyDependencies;
	readonly #player: StandbyPlayer;
	readonly #promotion: Promotion;
	readonly #faults: StandbyFaults;
	readonly #lease: StandbyLease;
	readonly #links = new CurrentLink();
	readonly #startedAtMs = Date.now();
	readonly #over = Promise.withResolvers<void>();
	#turn: Promise<unknown> = Promise.resolve();
	#isWarm = false;
	#reason = '';
	#sinceMs = Date.now();
	#failure: OperationError | undefined;
	#promoted: Promoted | undefined;
	#isReleased = false;
	#isStopping = false;
	/** Of the link that begins. */
	#terms: StandbyTerms | undefined;
	/** What allows the promotion that is under way. */
	#because: Because = 'planned';

	constructor(dependencies: StandbyDependencies, phase: StandbyPhase) {
		const {journal, contents, checkpoints, log} = dependencies;
		this.#dependencies = dependencies;
		this.#promotion = new Promotion(dependencies);
		this.#faults = new StandbyFaults(journal, dependencies.services.config.hostName);
		this.#lease = new StandbyLease({
			...dependencies,
			sourceSilentMs: () => this.link?.silentMs,
			onLease: async lease => {
				await this.takeOver('lease', lease).catch((error: unknown) => {
					log.error({error}, 'the standby has the lease and could not take over');
				});
			},
		});
		this.#player = new StandbyPlayer(
			{
				'journal-receiving': async () => journal.receiving(this.#terms),
				'journal-attached': async () => journal.attached(this.#terms ?? journal.protection, checkpoints.committedEpoch),
				'journal-holding': async () => journal.holding(),
				'journal-declined': async () => journal.declined(Math.max(journal.protection.epoch ?? 0, checkpoints.committedEpoch)),
				'journal-promoting': async () => journal.promoting(this.#promotion.epoch, this.#because),
				'load-guest': async () => this.#promotion.load(),
				'resume-guest': async () => this.#promotion.resume(),
				'journal-promoted': async () => journal.promoted(),
				'forget-checkpoints': async () => checkpoints.create(contents.target.memory),
				'destroy-guest': async () => this.#destroy(),
				'journal-removed': async () => journal.removed(),
			},
			phase,
			error => {
				this.#failure = this.#faults.from(error);
				log.error({error}, 'the guest could not be set running here');
			},
		);
		void contents.target.gone.then(async error => this.#onTargetGone(this.#faults.from(error)));
		if (phase === 'holding') this.#lease.watch();
	}

	get id(): string {
		return this.#dependencies.journal.protection.id;
	}

	get domain(): string {
		return this.#dependencies.journal.definition.name;
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
		return this.#player.phase;
	}

	get contents(): TargetContents {
		return this.#dependencies.contents;
	}

	get store(): string {
		return this.#dependencies.checkpoints.file;
	}

	get committedEpoch(): number {
		return this.#promoted?.epoch ?? this.#dependencies.checkpoints.committedEpoch;
	}

	get failure(): OperationError | undefined {
		return this.#failure;
	}

	/** How it came to run here; undefined where it does not. */
	get promoted(): Promoted | undefined {
		return this.#promoted;
	}

	/** The link at hand, if its source is there. */
	get link(): StandbyLink | undefined {
		return this.#links.open;
	}

	/** Resolves when nothing of it is held here any more: the guest runs, or is gone, or is left to the next daemon. */
	get over(): Promise<void> {
		return this.#over.promise;
	}

	/**
	 * Makes the standby ready for a further link of its source, whose terms these are. Resolves with what the link finds. Rejects ERR_TARGET_REFUSED, with the reason, where
	 * the guest runs here, or is about to.
	 */
	async attach(terms: StandbyTerms): Promise<StandbyBase> {
		await this.#links.stop(this.#faults.of('ERR_CONNECTION_LOST', `${terms.peer} has begun another link`));
		// One that has just got the lease takes over first.
		await this.#lease.stop();
		return this.#inTurn(async () => {
			try {
				const {phase} = this;
				if (phase !== 'holding') throw this.#faults.of('ERR_TARGET_REFUSED', `the standby of ${this.domain} is ${phase}`, this.#failure);
				const known = this.incarnation;
				if (terms.incarnation < known)
					throw this.#faults.of('ERR_TARGET_REFUSED', `the standby is of incarnation ${known}, and the guest of ${terms.incarnation}`);
				await this.contents.hashes.forget();
				await this.#dependencies.checkpoints.settle(this.contents.target);
				this.#terms = terms;
				// With disks that are too much to be held back until they are whole it is as with an outdated one: until then there is nothing to go on from.
				const keepsCheckpoint = terms.incarnation === known && this.#dependencies.checkpoints.holdsCopyOf(this.contents.target);
				await this.#player.play(keepsCheckpoint ? 'attached' : 'outdated');
				this.#enter(`${terms.peer} has begun a link`);
				return {hasBase: true, committedEpoch: this.committedEpoch};
			} finally {
				if (this.phase === 'holding') this.#lease.watch();
			}
		});
	}

	/** Carries a link to its end: resolves where its stream ends, or the guest has come to run here by it; rejects with what it was lost by. */
	async carry(link: StandbyLink): Promise<void> {
		try {
			await this.#links.carry(link, this.#faults.of('ERR_CONNECTION_LOST', 'another link was begun'));
		} catch (error) {
			await this.#onLinkLost(link, error);
			if (this.#promoted?.because === 'planned') return;
			throw this.phase === 'promoted' ? this.#faults.runsHere() : this.#faults.from(error);
		} finally {
			this.#links.clear(link);
		}
	}

	/** A checkpoint is in the store, and its source was told. */
	onCommitted(): void {
		if (this.phase !== 'receiving') return;
		void this.#inTurn(async () => {
			await this.#hold();
		}).catch((error: unknown) => {
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
		return this.#inTurn(async () => {
			const decidedMs = performance.now();
			const {incarnation, epoch} = request;
			await this.#hold();
			const refusal = this.phase === 'holding' ? await this.#refusalOf(request, connection) : undefined;
			if (refusal !== undefined) {
				await this.#player.play('late-go');
				this.#dependencies.log.warn({epoch, incarnation}, `go was declined: ${refusal.message}`);
				return declined(incarnation, refusal);
			}

			if (this.phase === 'holding') {
				await this.#lease.stop();
				this.#because = 'planned';
				await this.#player.play('go');
				this.#runsSince(decidedMs);
			} else {
				await this.#player.play('go');
			}

			if (this.phase === 'lost') throw this.#faults.undecided();
			if (this.phase !== 'promoting' && this.phase !== 'promoted') {
				const reason = this.#failure ?? this.#faults.of('ERR_TARGET_REFUSED', `the standby of ${this.domain} is ${this.phase}`);
				if (this.phase === 'removed') await this.#release();
				return declined(incarnation, reason);
			}

			return {running: this.#promotion.reply(this.nextIncarnation)};
		});
	}

	/** The source asks after its `go`: `running`, or `declined`, durably. Without `declineIfReady` nothing is done. Rejects ERR_UNDECIDED where it is not known. */
	async outcome({declineIfReady}: {readonly declineIfReady: boolean}): Promise<OutcomeReply['state']> {
		return this.#inTurn(async () => {
			await this.#hold();
			if (declineIfReady) await this.#player.play('query');
			switch (this.phase) {
				case 'receiving':
					return declineIfReady ? 'declined' : 'receiving';
				case 'holding':
					return declineIfReady ? 'declined' : 'ready';
				case 'promoting':
				case 'promoted':
					return 'running';
				case 'lost':
					if (declineIfReady) throw this.#faults.undecided();
					return 'lost';
				case 'removed':
					return 'declined';
			}
		});
	}

	/**
	 * The source is known not to run the guest: it goes on here from the last whole checkpoint. Rejects ERR_DOMAIN_STATE where there is none, or the guest runs here already, and with
	 * what kept it from running, where it can be tried again. `lease`: that allows it; let go of where it fails.
	 */
	async takeOver(because: Exclude<Because, 'planned'>, lease?: Lease): Promise<Promoted> {
		const decidedMs = performance.now();
		try {
			return await this.#inTurn(async () => {
				await this.#hold();
				this.assertHolding();
				this.#failure = undefined;
				this.#because = because;
				await this.#links.stop(this.#faults.of('ERR_STALE', `${this.domain} was taken over by its standby (${because})`), 'cut');
				await this.#promotion.prepare();
				await this.#player.play('take-over');
				const promoted = this.#runsSince(decidedMs, lease);
				if (promoted === undefined) throw this.#failure ?? this.#faults.of('ERR_INTERNAL', `the standby is ${this.phase}`);
				return promoted;
			});
		} catch (error) {
			await lease?.[Symbol.asyncDispose]();
			throw error;
		}
	}

	/** Resolves when nothing that was asked for before is under way, and what the store has counts. */
	async settled(): Promise<void> {
		await this.#inTurn(async () => this.#hold());
	}

	/** Throws ERR_DOMAIN_STATE where there is nothing that a failover could go on from. */
	assertHolding(): void {
		const {phase} = this;
		if (phase !== 'holding') throw this.#failure?.code === 'ERR_STANDBY_LOST' ? this.#failure : this.#faults.notHolding(phase);
	}

	/** Whoever may runs it no more here: nothing of it is left. Rejects ERR_STALE where the guest runs here. */
	async end(reason: OperationError): Promise<void> {
		await this.#links.stop(reason);
		await this.#lease.stop();
		await this.#inTurn(async () => {
			if (this.phase === 'promoting' || this.phase === 'promoted') throw this.#faults.runsHere();
			await this.#remove('ended', reason);
		});
	}

	/** The source has nothing of the guest any more and leaves what is held to this host: to the lease, or to the operator here. Rejects ERR_STALE where the guest runs here. */
	async keep(reason: OperationError): Promise<void> {
		await this.#links.stop(reason);
		if (this.phase === 'promoting' || this.phase === 'promoted') throw this.#faults.runsHere();
		this.#enter(reason.message);
		this.#lease.hurry();
	}

	/** Takes up what an earlier daemon left. Called once, before any link. */
	async restart(): Promise<void> {
		await this.#inTurn(async () => {
			const decidedMs = performance.now();
			if (this.phase === 'promoting') this.#because = this.#dependencies.journal.protection.because ?? 'lease';
			await this.#player.play('restarted');
			this.#runsSince(decidedMs);
			if (this.phase === 'removed') await this.#release();
			this.#enter(this.phase === 'holding' ? 'the receiver was restarted' : '');
		});
	}

	/** The daemon stops: what is whole is left to the next one. Resolves when nothing of it is held any more. */
	async stop(reason: OperationError): Promise<void> {
		this.#isStopping = true;
		await this.#links.stop(reason);
		await this.#lease.stop();
		await this.#inTurn(async () => {
			if (this.phase === 'receiving') await this.#remove('ended', reason);
			await this.#release();
		});
	}

	status(): ProtectionStatus {
		const {journal} = this.#dependencies;
		const facts: StandbyFacts = {
			protection: journal.protection,
			domain: this.domain,
			phase: this.phase,
			isLinked: this.link !== undefined,
			reason: this.#failure?.message ?? (this.#lease.state || this.#reason),
			sinceMs: this.#sinceMs,
			startedAtMs: this.#startedAtMs,
			incarnation: this.phase === 'promoted' ? this.nextIncarnation : this.incarnation,
			stored: this.#promoted === undefined ? this.#dependencies.checkpoints.read() : undefined,
			committedEpoch: this.#promoted?.epoch,
			failure: this.#failure,
		};
		return standbyStatus(facts);
	}

	/** What a first whole checkpoint means is done before anything else is. */
	async #hold(): Promise<void> {
		if (this.phase !== 'receiving' || this.#dependencies.checkpoints.committedEpoch === 0) return;
		await this.#player.play('committed');
		this.#dependencies.memory.populated(this.memoryBytes);
		this.#enter('in step');
		this.#lease.watch();
		if (this.#isWarm) return;
		this.#isWarm = true;
		// Nobody waits for it.
		void this.contents.target.warm().catch(() => undefined);
	}

	/** Why a `go` is not obeyed; undefined where it is, and nothing comes over the link any more. */
	async #refusalOf(request: GoRequest, connection: ControlConnection): Promise<OperationError | undefined> {
		const facts = {
			nextIncarnation: this.nextIncarnation,
			isOfLatestLink: this.#links.begun?.connection === connection,
			declinedEpoch: this.#dependencies.journal.protection.epoch ?? 0,
		};
		let why = goRefusal(request, {...facts, committedEpoch: this.committedEpoch});
		if (why === undefined) {
			await this.#links.stop(this.#faults.of('ERR_CONNECTION_LOST', 'the guest is handed over'), 'cut');
			await this.#promotion.prepare();
			why = goRefusal(request, {...facts, committedEpoch: this.#promotion.epoch});
		}

		return why === undefined ? undefined : this.#faults.of('ERR_TARGET_REFUSED', `${this.domain} does not run here by this go: ${why}`);
	}

	/** Where the guest has just taken its first step here. The answer to whoever decided goes out first: the rest is history. */
	#runsSince(decidedMs: number, lease?: Lease): Promoted | undefined {
		if (this.phase !== 'promoting') return undefined;
		const promoted = {epoch: this.#promotion.epoch, because: this.#because, decidedToRunningMs: performance.now() - decidedMs};
		this.#promoted = promoted;
		this.#dependencies.log.warn(promoted, `${this.domain} runs here: its standby has taken over`);
		this.#enter(`taken over (${this.#because})`);
		void nextTurn().then(async () => this.#inTurn(async () => this.#write()));
		this.#lease.keep(lease);
		return promoted;
	}

	/** That it runs here, for ever; again where the journal does not take it. */
	async #write(): Promise<void> {
		if (this.phase !== 'promoting') return;
		try {
			await this.#player.play('runs');
		} catch (error) {
			this.#dependencies.log.error({error}, 'the journal did not take it that the guest runs here');
			if (!this.#isStopping) setTimeout(() => void this.#inTurn(async () => this.#write()), WRITE_AGAIN_MS).unref();
			return;
		}

		this.#dependencies.checkpoints.remove();
		await this.#release();
	}

	async #onLinkLost(link: StandbyLink, error: unknown): Promise<void> {
		const loss = this.#faults.from(error);
		await this.#inTurn(async () => {
			if (this.#links.begun !== link || this.phase === 'promoted' || this.phase === 'promoting') return;
			await this.#hold();
			const {code, fault} = loss;
			this.#dependencies.log.warn(
				{code, causes: fault.causes, epoch: this.committedEpoch},
				`the link of the standby is lost: ${loss.message}`,
			);
			this.#enter(loss.message);
			if (this.phase === 'receiving' && !this.#isStopping) await this.#remove('link-lost', loss);
		});
	}

	async #onTargetGone(error: OperationError): Promise<void> {
		const lost = this.#faults.of('ERR_STANDBY_LOST', `the guest of the standby of ${this.domain} is gone`, error);
		const isHeld = (): boolean => (this.phase === 'receiving' || this.phase === 'holding') && !this.#isStopping;
		if (!isHeld()) return;
		try {
			await this.#links.stop(lost);
			await this.#lease.stop();
			await this.#inTurn(async () => {
				if (isHeld()) await this.#remove('guest-lost', lost);
			});
		} catch (failure) {
			this.#dependencies.log.error({error: failure}, 'the standby whose guest is gone could not be removed');
		}
	}

	async #remove(input: 'ended' | 'guest-lost' | 'link-lost', reason: OperationError): Promise<void> {
		await this.#player.play(input);
		if (this.phase !== 'removed') return;
		this.#failure ??= reason;
		this.#enter(reason.message);
		this.#dependencies.log.warn({code: reason.code}, `nothing of the standby is left: ${reason.message}`);
		await this.#release();
	}

	async #destroy(): Promise<void> {
		const {journal, services, checkpoints} = this.#dependencies;
		await this.contents.release();
		await this.contents.target.destroy();
		// Also of a guest whose process ended by itself.
		await driverFor(journal.definition.kind).remove(journal.handle, services.directories.guestPlace(this.domain));
		checkpoints.remove();
	}

	/** The guest stays as it is. Idempotent. */
	async #release(): Promise<void> {
		if (this.#isReleased) return;
		this.#isReleased = true;
		const {journal, memory} = this.#dependencies;
		await this.contents.release();
		await this.contents.target[Symbol.asyncDispose]();
		memory[Symbol.dispose]();
		journal[Symbol.dispose]();
		this.#over.resolve();
	}

	#enter(reason: string): void {
		this.#reason = reason;
		this.#sinceMs = Date.now();
	}

	async #inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}

function declined(incarnation: number, reason: OperationError): {readonly outcome: OutcomeReply} {
	return {outcome: {state: 'declined', incarnation, fault: faultToMessage(reason)}};
}
