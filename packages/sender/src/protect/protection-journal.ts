import {type DomainLock, type DomainRecord, type MigrationOutcome, type ProtectionStep, sizeOfFile} from '@sterna/host';
import type {ProtectRequest} from '@sterna/protocol/control';
import {parseJournaled, removeGiven} from '../journaled.ts';
import type {SenderServices} from '../services.ts';

export type SourceProtection = Extract<ProtectionStep, {role: 'source'}>;

/** What is to be known of a protection before it begins. */
export type NewProtection = Pick<SourceProtection, 'id' | 'peer' | 'leaseStore' | 'holdsOutput'> & {readonly request: ProtectRequest};

/** A domain's record as the journal of its protection. Holds the domain's lock as long as it lives. Every write is durable when it resolves; rejects ERR_DISK_FULL or ERR_FILE. */
export class ProtectionJournal implements Disposable {
	readonly #services: SenderServices;
	readonly #lock: DomainLock;
	/** The record of the guest as an ordinary one. */
	#ordinary: DomainRecord;
	#protection: SourceProtection;

	private constructor(services: SenderServices, lock: DomainLock, ordinary: DomainRecord, protection: SourceProtection) {
		this.#services = services;
		this.#lock = lock;
		this.#ordinary = ordinary;
		this.#protection = protection;
	}

	/** Begins a protection of a running guest: from here a restarted daemon goes on with it. Owns the lock, unless it rejects; the record is as it was then. */
	static async begin(
		services: SenderServices,
		lock: DomainLock,
		record: DomainRecord,
		{request, ...facts}: NewProtection,
	): Promise<ProtectionJournal> {
		const incarnation = record.incarnation + 1;
		const protection: SourceProtection = {
			role: 'source',
			step: 'protecting',
			incarnation,
			requestJson: JSON.stringify(request),
			...facts,
		};
		const journal = new ProtectionJournal(services, lock, {...record, incarnation}, protection);
		try {
			await journal.write('protecting');
		} catch (error) {
			// The new record may be there all the same (its name could not be flushed): nobody would work on it.
			await services.registry.put(record, lock).catch(() => undefined);
			throw error;
		}

		return journal;
	}

	/** Goes on with what an earlier daemon, or a protection that is over, has left. */
	static resume(services: SenderServices, lock: DomainLock, record: DomainRecord, protection: SourceProtection): ProtectionJournal {
		const {protection: _left, ...rest} = record;
		return new ProtectionJournal(services, lock, {...rest, state: 'running'}, protection);
	}

	/** The guest as an ordinary one, which it is when the protection is over. */
	get record(): DomainRecord {
		return this.#ordinary;
	}

	get protection(): SourceProtection {
		return this.#protection;
	}

	/** That the guest runs with here; a standby that takes over has the next one. */
	get incarnation(): number {
		return this.#protection.incarnation;
	}

	/** What was asked for; undefined where this daemon cannot read it. */
	get request(): ProtectRequest | undefined {
		return parseJournaled('protect', this.#protection.requestJson);
	}

	/** One of the steps of a protection that goes on, with what is another from now on. */
	async write(step: SourceProtection['step'], changed: Partial<Omit<SourceProtection, 'role' | 'step'>> = {}): Promise<void> {
		const protection: SourceProtection = {...this.#protection, ...changed, step};
		const incarnation = Math.max(this.#ordinary.incarnation, protection.incarnation);
		const state = step === 'handing-over' ? 'undecided' : step === 'stale' ? 'stale' : 'protected';
		const {registry} = this.#services;
		await registry.put({...this.#ordinary, incarnation, state, protection}, this.#lock, `source.journal-${step}`);
		this.#ordinary = {...this.#ordinary, incarnation};
		this.#protection = protection;
	}

	/** The guest's guard, in the journal as it is otherwise. */
	async noteGuard(guard: NonNullable<SourceProtection['guard']>): Promise<void> {
		await this.write(this.#protection.step, {guard});
	}

	/** With the next write there is no guard in the journal any more: it was dismissed. */
	forgetGuard(): void {
		const {guard: _dismissed, ...rest} = this.#protection;
		this.#protection = rest;
	}

	/** The guest runs at the standby's host, which was given it. Ends the protection; `remove` takes away what is left of the guest. */
	async handedOver(): Promise<void> {
		const {id, peer, incarnation} = this.#protection;
		const {name, uuid} = this.#ordinary.definition;
		const outcome: MigrationOutcome = {
			version: 1,
			id,
			domain: name,
			role: 'source',
			peer,
			incarnation: incarnation + 1,
			step: 'handed-over',
			endedAt: new Date().toISOString(),
			uuid,
			outputBytes: sizeOfFile(this.#services.directories.guestPlace(name).outputFile),
		};
		await this.#services.outcomes.put(outcome, 'source.outcome-handed-over');
	}

	/** As `removeGiven`. */
	async remove(): Promise<void> {
		await removeGiven(this.#services, this.#ordinary, this.#lock);
	}

	/** The guest is an ordinary one again. */
	async ended(): Promise<void> {
		await this.#services.registry.put(this.#ordinary, this.#lock, 'source.journal-unprotected');
	}

	[Symbol.dispose](): void {
		this.#lock[Symbol.dispose]();
	}
}
