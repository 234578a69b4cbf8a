import {setImmediate as nextTurn} from 'node:timers/promises';
import {driverFor} from '@sterna/domain';
import {type FaultContext, type Lease, type Logger, type MemoryReservation, operationError, toOperationError} from '@sterna/host';
import type {OperationError, StandbyPhase} from '@sterna/protocol';
import {faultToMessage, type GoRequest, type OutcomeReply, type ProtectionStatus, type RunningReply} from '@sterna/protocol/control';
import type {ControlConnection, PageHashes} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';
import type {TargetContents} from '../target-contents.ts';
import type {CheckpointFile} from './checkpoint-file.ts';
import {keepDomain} from './keep-domain.ts';
import {LeaseWatch} from './lease-watch.ts';
import {Promotion, type Promoted} from './promotion.ts';
import type {Because, StandbyJournal, StandbyTerms} from './standby-journal.ts';
import type {StandbyBase, StandbyLink} from './standby-link.ts';
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
	readonly #startedAtMs = Date.now();
	readonly #over = Promise.withResolvers<void>();
	#turn: Promise<unknown> = Promise.resolve();
	#watch: LeaseWatch | undefined;
	#link: StandbyLink | undefined;
	/** Resolves when the link at hand has ended. */
	#linkEnded: Promise<void> = Promise.resolve();
	#isWarm = false;
	#reason = '';
	#sinceMs = Date.now();
	#failure: OperationError | undefined;
	#promoted: Promoted | undefined;
	#isReleased = false;
	#isStopping = false;

	constructor(dependencies: StandbyDependencies, phase: StandbyPhase) {
		const {journal, contents, checkpoints, log} = dependencies;
		this.#dependencies = dependencies;
		this.#promotion = new Promotion(dependencies);
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
				this.#failure = toOperationError(error, this.#context);
				log.error({error}, 'the guest could not be set running here');
			},
		);
		void contents.target.gone.then(async error => this.#onTargetGone(toOperationError(error, this.#context)));
		if (phase === 'holding') this.#startWatch();
	}

	#terms: StandbyTerms | undefined;
	#because: Because = 'planned';

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
		return this.#link?.isOpen === true ? this.#link : undefined;
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
		await this.#stopLink(this.#fault('ERR_CONNECTION_LOST', `${terms.peer} has begun another link`));
		// One that has just got the lease takes over first.
		await this.#stopWatch();
		return this.#inTurn(async () => {
			try {
				const {phase} = this;
				if (phase !== 'holding') throw this.#fault('ERR_TARGET_REFUSED', `the standby of ${this.domain} is ${phase}`, this.#failure);
				const known = this.incarnation;
				if (terms.incarnation < known)
					throw this.#fault('ERR_TARGET_REFUSED', `the standby is of incarnation ${known}, and the guest of ${terms.incarnation}`);
				await this.contents.hashes.forget();
				await this.#dependencies.checkpoints.settle(this.contents.target);
				this.#terms = terms;
				await this.#player.play(terms.incarnation > known ? 'outdated' : 'attached');
				this.#enter(`${terms.peer} has begun a link`);
				return {hasBase: true, committedEpoch: this.committedEpoch};
			} finally {
				if (this.phase === 'holding') this.#startWatch();
			}
		});
	}

	/** Carries a link to its end: resolves where its stream ends, or the guest has come to run here by it; rejects with what it was lost by. */
	async carry(link: StandbyLink): Promise<void> {
		await this.#stopLink(this.#fault('ERR_CONNECTION_LOST', 'another link was begun'));
		this.#link = link;
		const received = link.receive();
		this.#linkEnded = received.catch(() => undefined);
		try {
			await received;
		} catch (error) {
			await this.#onLinkLost(link, error);
			if (this.#promoted?.because === 'planned') return;
			throw this.phase === 'promoted' ? this.#runsHere() : toOperationError(error, this.#context);
		} finally {
			if (this.#link === link) this.#link = undefined;
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
				await this.#stopWatch();
				this.#because = 'planned';
				await this.#player.play('go');
				this.#runsSince(decidedMs);
			} else {
				await this.#player.play('go');
			}

			if (this.phase === 'lost') throw this.#undecided();
			if (this.phase !== 'promoting' && this.phase !== 'promoted') {
				const reason = this.#failure ?? this.#fault('ERR_TARGET_REFUSED', `the standby of ${this.domain} is ${this.phase}`);
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
					if (declineIfReady) throw this.#undecided();
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
				await this.#stopLink(this.#fault('ERR_STALE', `${this.domain} was taken over by its standby (${because})`), 'cut');
				await this.#promotion.prepare();
				await this.#player.play('take-over');
				const promoted = this.#runsSince(decidedMs, lease);
				if (promoted === undefined) throw this.#failure ?? this.#fault('ERR_INTERNAL', `the standby is ${this.phase}`);
				return promoted;
			});
		} catch (error) {
			await lease?.[Symbol.asyncDispose]();
			throw error;
		}
	}

	/** Throws ERR_DOMAIN_STATE where there is nothing that a failover could go on from. */
	assertHolding(): void {
		const {phase, domain, peer} = this;
		if (phase === 'holding') return;
		const why =
			phase === 'receiving'
				? `the standby of ${domain} has no whole checkpoint yet: ${peer} runs the guest`
				: phase === 'lost'
					? `${domain} was to run here and is gone: whether it took a step is not known`
					: phase === 'removed'
						? `the standby of ${domain} is gone`
						: `${domain} runs here already`;
		throw this.#failure?.code === 'ERR_STANDBY_LOST' ? this.#failure : this.#fault('ERR_DOMAIN_STATE', why);
	}

	/** Whoever may runs it no more here: nothing of it is left. Rejects ERR_STALE where the guest runs here. */
	async end(reason: OperationError): Promise<void> {
		await this.#stopLink(reason);
		await this.#stopWatch();
		await this.#inTurn(async () => {
			if (this.phase === 'promoting' || this.phase === 'promoted') throw this.#runsHere();
			await this.#remove('ended', reason);
		});
	}

	/** The source ends its link and leaves what is held, for the operator here. */
	async keep(reason: OperationError): Promise<void> {
		await this.#stopLink(reason);
		if (this.phase === 'promoting' || this.phase === 'promoted') throw this.#runsHere();
		this.#enter(reason.message);
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
		await this.#stopLink(reason);
		await this.#stopWatch();
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
			reason: this.#failure?.message ?? ((this.link === undefined && this.#watch?.state) || this.#reason),
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
		this.#startWatch();
		if (this.#isWarm) return;
		this.#isWarm = true;
		// Nobody waits for it.
		void this.contents.target.warm().catch(() => undefined);
	}

	/** Why a `go` is not obeyed; undefined where it is, and nothing comes over the link any more. */
	async #refusalOf({incarnation, epoch}: GoRequest, connection: ControlConnection): Promise<OperationError | undefined> {
		const refused = (why: string): OperationError =>
			this.#fault('ERR_TARGET_REFUSED', `${this.domain} does not run here by this go: ${why}`);
		const floor = this.#dependencies.journal.protection.epoch ?? 0;
		if (incarnation !== this.nextIncarnation) return refused(`it is of incarnation ${incarnation}, not ${this.nextIncarnation}`);
		if (this.#link?.connection !== connection) return refused('it did not come over the latest link');
		if (epoch === undefined || epoch <= floor) return refused(`checkpoint ${epoch ?? 'of no number'} was declined`);
		const held = this.committedEpoch;
		if (epoch !== held) return refused(`it is for checkpoint ${epoch}, and ${held} is held`);
		await this.#stopLink(this.#fault('ERR_CONNECTION_LOST', 'the guest is handed over'), 'cut');
		await this.#promotion.prepare();
		return this.#promotion.epoch === epoch ? undefined : refused(`it is for checkpoint ${epoch}, and ${this.#promotion.epoch} is held`);
	}

	/** Where the guest has just taken its first step here. The answer to whoever decided goes out first: the rest is history. */
	#runsSince(decidedMs: number, lease?: Lease): Promoted | undefined {
		const {log, services, journal} = this.#dependencies;
		if (this.phase !== 'promoting') return undefined;
		const promoted = {epoch: this.#promotion.epoch, because: this.#because, decidedToRunningMs: performance.now() - decidedMs};
		this.#promoted = promoted;
		log.warn(promoted, `${this.domain} runs here: its standby has taken over`);
		this.#enter(`taken over (${this.#because})`);
		void nextTurn().then(async () => this.#inTurn(async () => this.#write()));
		if (this.leaseStore === 'etcd' && services.leases.kind === 'etcd') {
			const {protection, nextIncarnation: incarnation} = journal;
			const claim = {uuid: this.uuid, host: services.config.hostName, incarnation, ttlMs: protection.leaseTtlMs};
			void keepDomain({store: services.leases, log, signal: services.stopping}, claim, lease);
		}

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
		const loss = toOperationError(error, this.#context);
		await this.#inTurn(async () => {
			if (this.#link !== link || this.phase === 'promoted' || this.phase === 'promoting') return;
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
		const lost = this.#fault('ERR_STANDBY_LOST', `the guest of the standby of ${this.domain} is gone`, error);
		const isHeld = (): boolean => (this.phase === 'receiving' || this.phase === 'holding') && !this.#isStopping;
		if (!isHeld()) return;
		try {
			await this.#stopLink(lost);
			await this.#stopWatch();
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

	async #stopLink(reason: OperationError, how: 'tell' | 'cut' = 'tell'): Promise<void> {
		await this.#link?.stop(reason, how);
		await this.#linkEnded;
	}

	#startWatch(): void {
		const {services, journal, log} = this.#dependencies;
		if (this.leaseStore !== 'etcd' || services.leases.kind !== 'etcd' || this.#watch !== undefined) return;
		this.#watch = new LeaseWatch({
			store: services.leases,
			claim: () => ({
				uuid: this.uuid,
				host: services.config.hostName,
				incarnation: this.nextIncarnation,
				ttlMs: journal.protection.leaseTtlMs,
			}),
			isSourceThere: () => this.link !== undefined && this.link.silentMs < journal.protection.leaseTtlMs,
			onLease: async lease => {
				await this.takeOver('lease', lease).catch((error: unknown) => {
					log.error({error}, 'the standby has the lease and could not take over');
				});
			},
			log,
		});
		this.#watch.start();
	}

	async #stopWatch(): Promise<void> {
		const watch = this.#watch;
		this.#watch = undefined;
		await watch?.stop();
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

	#undecided(): OperationError {
		return this.#fault('ERR_UNDECIDED', `${this.domain} was told to run here and is gone: whether it took a step before is not known`);
	}

	#runsHere(): OperationError {
		return operationError(
			'ERR_STALE',
			`${this.domain} runs on ${this.#dependencies.services.config.hostName}, with incarnation ${this.nextIncarnation}`,
			{
				...this.#context,
				runsOn: {kind: 'host', host: this.#dependencies.services.config.hostName},
			},
		);
	}

	#fault(code: Parameters<typeof operationError>[0], message: string, cause?: Error): OperationError {
		return operationError(code, message, this.#context, {cause});
	}

	/** Until it is taken over the source has the guest, as far as is known here. */
	get #context(): FaultContext {
		return {side: 'receiver', phase: 'checkpoint', runsOn: {kind: 'host', host: this.peer}, domain: this.domain, peer: this.peer};
	}
}

function declined(incarnation: number, reason: OperationError): {readonly outcome: OutcomeReply} {
	return {outcome: {state: 'declined', incarnation, fault: faultToMessage(reason)}};
}
