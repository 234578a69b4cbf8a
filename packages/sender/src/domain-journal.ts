import {type DomainLock, type DomainRecord, type MigrationOutcome, sizeOfFile, type StagedWrite} from '@sterna/host';
import type {StartRequest} from '@sterna/protocol/control';
import {parseJournaled, removeGiven} from './journaled.ts';
import type {SenderServices} from './services.ts';
import type {SourceJournal} from './source-handover.ts';

/** One attempt to give a domain away. `requestJson`: what was asked for, where a restarted daemon is to go on with it. */
export type Attempt = {readonly migrationId: string; readonly peer: string; readonly requestJson: string | undefined};

type SourceMigration = Extract<NonNullable<DomainRecord['migration']>, {role: 'source'}>;

/** A domain's record as the journal of one attempt to give the domain away. Holds the domain's lock as long as it lives. */
export class DomainJournal implements SourceJournal, Disposable {
	readonly #services: SenderServices;
	readonly #lock: DomainLock;
	/** The record without the attempt: what it goes back to. */
	readonly #before: DomainRecord;
	readonly #migration: Omit<SourceMigration, 'step'>;
	#stagedGo: StagedWrite | undefined;

	private constructor(services: SenderServices, lock: DomainLock, before: DomainRecord, migration: Omit<SourceMigration, 'step'>) {
		this.#services = services;
		this.#lock = lock;
		this.#before = before;
		this.#migration = migration;
	}

	/** Begins an attempt: from here a restarted daemon gives the guest back. Owns the lock. */
	static async begin(
		services: SenderServices,
		lock: DomainLock,
		record: DomainRecord,
		{migrationId, peer, requestJson}: Attempt,
	): Promise<DomainJournal> {
		const incarnation = record.incarnation + 1;
		const before: DomainRecord = {...record, incarnation};
		const migration = {role: 'source', id: migrationId, peer, incarnation, paused: record.state === 'paused', requestJson} as const;
		const journal = new DomainJournal(services, lock, before, migration);
		try {
			await journal.#write('transferring');
		} catch (error) {
			// The new record may be there all the same (its name could not be flushed): nobody would work on it.
			await services.registry.put(record, lock).catch(() => undefined);
			throw error;
		}

		return journal;
	}

	/** Goes on with an attempt that an earlier daemon began. */
	static resume(services: SenderServices, lock: DomainLock, record: DomainRecord, migration: SourceMigration): DomainJournal {
		const {migration: _attempt, ...rest} = record;
		const state = rest.definition.kind === 'image' ? 'image' : migration.paused ? 'paused' : 'running';
		return new DomainJournal(services, lock, {...rest, state}, migration);
	}

	get incarnation(): number {
		return this.#migration.incarnation;
	}

	get migrationId(): string {
		return this.#migration.id;
	}

	/** What was asked for, where a restarted daemon is to go on with it, and can read it. */
	get request(): StartRequest | undefined {
		const {requestJson} = this.#migration;
		return requestJson === undefined ? undefined : parseJournaled('start', requestJson);
	}

	get wasPaused(): boolean {
		return this.#migration.paused;
	}

	get record(): DomainRecord {
		return this.#before;
	}

	async prepareGo(): Promise<void> {
		this.#stagedGo ??= await this.#services.registry.stage(this.#record('go'), this.#lock, {
			stage: 'source.stage-go',
			commit: 'source.journal-go',
		});
	}

	async go(): Promise<void> {
		if (this.#stagedGo === undefined) await this.#write('go');
		else this.#stagedGo.commit();
		this.#stagedGo = undefined;
	}

	async withdrawGo(): Promise<void> {
		await this.#write('transferring');
		await this.prepareGo();
	}

	async undecided(): Promise<void> {
		await this.#write('undecided');
	}

	async handedOver(): Promise<void> {
		await this.#write('handed-over');
		await this.#keepOutcome('handed-over');
	}

	async givenBack(): Promise<void> {
		await this.#write('given-back');
	}

	/** The outcome first: what a receiver is owed must not be forgotten with the attempt. */
	async returned({receiverKnows}: {readonly receiverKnows: boolean}): Promise<void> {
		const outcome = await this.#keepOutcome('given-back', receiverKnows);
		if (!receiverKnows) this.#services.notices.owe(outcome);
		await this.#services.registry.put(this.#before, this.#lock, 'source.journal-returned');
	}

	/** As `removeGiven`. */
	async remove(): Promise<void> {
		await removeGiven(this.#services, this.#before, this.#lock);
	}

	[Symbol.dispose](): void {
		this.#stagedGo?.discard();
		this.#lock[Symbol.dispose]();
	}

	async #write(step: SourceMigration['step']): Promise<void> {
		await this.#services.registry.put(this.#record(step), this.#lock, `source.journal-${step}`);
	}

	#record(step: SourceMigration['step']): DomainRecord {
		return {...this.#before, state: step === 'undecided' ? 'undecided' : 'outgoing', migration: {...this.#migration, step}};
	}

	async #keepOutcome(step: 'handed-over' | 'given-back', receiverKnows?: boolean): Promise<MigrationOutcome> {
		const {id, peer, incarnation} = this.#migration;
		const {name, uuid} = this.#before.definition;
		const outcome: MigrationOutcome = {
			version: 1,
			id,
			domain: name,
			role: 'source',
			peer,
			incarnation,
			step,
			endedAt: new Date().toISOString(),
			uuid,
			// A guest that is given away writes no more.
			...(step === 'handed-over' ? {outputBytes: sizeOfFile(this.#services.directories.guestPlace(name).outputFile)} : {}),
			...(receiverKnows === undefined ? {} : {receiverKnows}),
		};
		await this.#services.outcomes.put(outcome, `source.outcome-${step}`);
		return outcome;
	}
}
