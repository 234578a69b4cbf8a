import type {DomainDefinition, GuestHandle} from '@sterna/domain';
import type {DomainLock, DomainRecord, JournalWrite, MigrationOutcome, StagedWrite} from '@sterna/host';
import type {ReceiverServices} from './services.ts';
import type {IncomingJournal} from './incoming-parts.ts';

type TargetMigration = Extract<NonNullable<DomainRecord['migration']>, {role: 'target'}>;
export type TargetAttempt = Omit<TargetMigration, 'step' | 'role'>;

/**
 * A domain's record as the journal of its arrival, and the outcome store as its last word: `running` and `declined` count from the
 * moment when the outcome is on the disk. Holds the domain's lock until disposed.
 */
export class ArrivalJournal implements IncomingJournal {
	#attempt: TargetAttempt;
	readonly definition: DomainDefinition;
	readonly handle: GuestHandle;
	readonly #services: ReceiverServices;
	readonly #lock: DomainLock;
	readonly #createdAt: string;
	#stagedReady: StagedWrite | undefined;
	#stagedRunning: StagedWrite | undefined;

	constructor(
		services: ReceiverServices,
		lock: DomainLock,
		facts: {attempt: TargetAttempt; definition: DomainDefinition; handle: GuestHandle; createdAt: string},
	) {
		this.#services = services;
		this.#lock = lock;
		this.#attempt = facts.attempt;
		this.definition = facts.definition;
		this.handle = facts.handle;
		this.#createdAt = facts.createdAt;
	}

	get attempt(): TargetAttempt {
		return this.#attempt;
	}

	async receiving(): Promise<void> {
		await this.#write('receiving');
	}

	/** A link of this number begins: after a restart only later ones are new. */
	async resuming(link: number): Promise<void> {
		const {hold} = this.#attempt;
		if (hold === undefined) throw new TypeError('another link of a guest that is not kept without one');
		this.#attempt = {...this.#attempt, hold: {...hold, link}};
		await this.#write('receiving');
	}

	async prepare(): Promise<void> {
		this.#stagedReady ??= await this.#services.registry.stage(this.#migrationRecord('ready'), this.#lock, {
			stage: 'target.stage-ready',
			commit: 'target.journal-ready',
		});
		this.#stagedRunning ??= await this.#services.outcomes.stage(this.#outcome('running'), {
			stage: 'target.stage-running',
			commit: 'target.outcome-running',
		});
	}

	async ready(): Promise<void> {
		if (this.#stagedReady === undefined) await this.#write('ready');
		else this.#stagedReady.commit();
		this.#stagedReady = undefined;
	}

	/** The time in an outcome that was staged is put right by `arrived`, when the guest runs. */
	async running(): Promise<void> {
		if (this.#stagedRunning === undefined) await this.#keepOutcome('running', 'target.outcome-running');
		else this.#stagedRunning.commit();
	}

	async declined(): Promise<void> {
		await this.#keepOutcome('declined', 'target.outcome-declined');
	}

	/** The guest runs here, as any other: the migration is history. */
	async arrived(): Promise<void> {
		const {attempt, definition} = this;
		const state = definition.kind === 'image' ? 'image' : attempt.paused ? 'paused' : 'running';
		await this.#services.registry.put(this.#record(state), this.#lock, 'target.journal-arrived');
		if (this.#stagedRunning !== undefined) await this.#keepOutcome('running', 'target.outcome-arrived');
		this.#stagedRunning = undefined;
	}

	/** The guest is gone from here: so is its record. */
	async gone(): Promise<void> {
		await this.#services.registry.remove(this.definition.name, this.#lock, 'target.journal-gone');
	}

	[Symbol.dispose](): void {
		this.#stagedReady?.discard();
		this.#stagedRunning?.discard();
		this.#lock[Symbol.dispose]();
	}

	async #write(step: 'receiving' | 'ready'): Promise<void> {
		await this.#services.registry.put(this.#migrationRecord(step), this.#lock, `target.journal-${step}`);
	}

	#migrationRecord(step: TargetMigration['step']): DomainRecord {
		return {...this.#record('incoming'), migration: {...this.attempt, role: 'target', step}};
	}

	#record(state: DomainRecord['state']): DomainRecord {
		const {attempt, definition, handle} = this;
		return {version: 1, definition, handle, state, incarnation: attempt.incarnation, createdAt: this.#createdAt};
	}

	async #keepOutcome(step: 'running' | 'declined', write: JournalWrite): Promise<void> {
		await this.#services.outcomes.put(this.#outcome(step), write);
	}

	#outcome(step: 'running' | 'declined'): MigrationOutcome {
		const {id, peer, incarnation, outputBytes} = this.attempt;
		return {
			version: 1,
			id,
			domain: this.definition.name,
			role: 'target',
			peer,
			incarnation,
			step,
			endedAt: new Date().toISOString(),
			uuid: this.definition.uuid,
			...(outputBytes === undefined ? {} : {outputBytes}),
		};
	}
}
