import {driverFor} from '@sterna/domain';
import type {Lease, Logger, MemoryReservation} from '@sterna/host';
import type {OperationError, StandbyInput, StandbyPhase} from '@sterna/protocol';
import type {ReceiverServices} from '../services.ts';
import type {TargetContents} from '../target-contents.ts';
import type {CheckpointFile} from './checkpoint-file.ts';
import {CurrentLink} from './current-link.ts';
import {Promotion, type Promoted} from './promotion.ts';
import type {Because, StandbyJournal, StandbyTerms} from './standby-journal.ts';
import {StandbyFaults} from './standby-faults.ts';
import {StandbyLease} from './standby-lease.ts';
import {StandbyPlayer} from './standby-player.ts';

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

/** What the links of a standby, its takeover and its end have to do with each other: its machine, which takes one input behind another, and what it holds, to be let go of once. */
export class StandbyCore {
	readonly dependencies: StandbyDependencies;
	readonly promotion: Promotion;
	readonly faults: StandbyFaults;
	readonly lease: StandbyLease;
	readonly links = new CurrentLink();
	/** Of the link that begins. */
	terms: StandbyTerms | undefined;
	/** What allows the promotion that is under way. */
	because: Because = 'planned';
	failure: OperationError | undefined;
	/** How it came to run here; undefined where it does not. */
	promoted: Promoted | undefined;
	/** The daemon is: what is whole is left to the next one. */
	isStopping = false;
	readonly #player: StandbyPlayer;
	readonly #over = Promise.withResolvers<void>();
	#turn: Promise<unknown> = Promise.resolve();
	#isWarm = false;
	#reason = '';
	#sinceMs = Date.now();
	#isReleased = false;

	/** `onLease`: the lease is ours. Never rejects. */
	constructor(dependencies: StandbyDependencies, phase: StandbyPhase, onLease: (lease: Lease) => Promise<void>) {
		const {journal, contents, checkpoints, log} = dependencies;
		this.dependencies = dependencies;
		const promotion = new Promotion(dependencies);
		this.promotion = promotion;
		this.faults = new StandbyFaults(journal, dependencies.services.config.hostName);
		this.lease = new StandbyLease({...dependencies, sourceSilentMs: () => this.links.open?.silentMs, onLease});
		this.#player = new StandbyPlayer(
			{
				'journal-receiving': async () => journal.receiving(this.terms),
				'journal-attached': async () => journal.attached(this.terms ?? journal.protection, checkpoints.committedEpoch),
				'journal-holding': async () => journal.holding(),
				'journal-declined': async () => journal.declined(Math.max(journal.protection.epoch ?? 0, checkpoints.committedEpoch)),
				'journal-promoting': async () => promotion.timed('journal', async () => journal.promoting(promotion.epoch, this.because)),
				'load-guest': async () => promotion.timed('load', async () => promotion.load()),
				'resume-guest': async () => promotion.timed('resume', async () => promotion.resume()),
				'journal-promoted': async () => journal.promoted(),
				'forget-checkpoints': async () => checkpoints.create(contents.target.memory),
				'destroy-guest': async () => this.#destroy(),
				'journal-removed': async () => journal.removed(),
			},
			phase,
			error => {
				this.failure = this.faults.from(error);
				log.error({error}, 'the guest could not be set running here');
			},
		);
	}

	get domain(): string {
		return this.dependencies.journal.definition.name;
	}

	get phase(): StandbyPhase {
		return this.#player.phase;
	}

	get committedEpoch(): number {
		return this.promoted?.epoch ?? this.dependencies.checkpoints.committedEpoch;
	}

	/** Why it is as it is, in words, and since when (milliseconds since the Unix epoch). */
	get state(): {readonly reason: string; readonly sinceMs: number} {
		return {reason: this.#reason, sinceMs: this.#sinceMs};
	}

	/** Resolves when nothing of it is held here any more. */
	get over(): Promise<void> {
		return this.#over.promise;
	}

	/** Does it when all that was asked for before is done. */
	async inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	/** In turn. As `StandbyPlayer.play`. */
	async play(input: StandbyInput): Promise<StandbyPhase> {
		return this.#player.play(input);
	}

	/** From now on it is as it is for this reason. */
	enter(reason: string): void {
		this.#reason = reason;
		this.#sinceMs = Date.now();
	}

	/** In turn. What a first whole checkpoint means is done before anything else is. */
	async hold(): Promise<void> {
		const {checkpoints, contents, memory, journal} = this.dependencies;
		if (this.phase !== 'receiving' || checkpoints.committedEpoch === 0) return;
		await this.play('committed');
		memory.populated(journal.definition.memoryBytes);
		this.enter('in step');
		this.lease.watch();
		if (this.#isWarm) return;
		this.#isWarm = true;
		// Nobody waits for it.
		void contents.target.warm().catch(() => undefined);
	}

	/** In turn. Nothing of it is left, where the machine has it so. */
	async remove(input: 'ended' | 'guest-lost' | 'link-lost', reason: OperationError): Promise<void> {
		await this.play(input);
		if (this.phase !== 'removed') return;
		this.failure ??= reason;
		this.enter(reason.message);
		this.dependencies.log.warn({code: reason.code}, `nothing of the standby is left: ${reason.message}`);
		await this.release();
	}

	/** In turn. The guest stays as it is. Idempotent. */
	async release(): Promise<void> {
		if (this.#isReleased) return;
		this.#isReleased = true;
		const {journal, memory, contents} = this.dependencies;
		await contents.release();
		await contents.target[Symbol.asyncDispose]();
		memory[Symbol.dispose]();
		journal[Symbol.dispose]();
		this.#over.resolve();
	}

	async #destroy(): Promise<void> {
		const {journal, services, checkpoints, contents} = this.dependencies;
		await contents.release();
		await contents.target.destroy();
		// Also of a guest whose process ended by itself.
		await driverFor(journal.definition.kind).remove(journal.handle, services.directories.guestPlace(this.domain));
		checkpoints.remove();
	}
}
