import type {DomainDefinition, GuestHandle} from '@sterna/domain';
import type {DomainLock, DomainRecord} from '@sterna/host';
import type {ReceiverServices} from './services.ts';
import type {TargetJournal} from './target-handover.ts';

type TargetMigration = Extract<NonNullable<DomainRecord['migration']>, {role: 'target'}>;
export type TargetAttempt = Omit<TargetMigration, 'step' | 'role'>;

/**
 * A domain's record as the journal of its arrival, and the outcome store as its last word: `running` and `declined` count from the
 * moment when the outcome is on the disk. Holds the domain's lock until disposed.
 */
export class ArrivalJournal implements TargetJournal, Disposable {
	readonly attempt: TargetAttempt;
	readonly definition: DomainDefinition;
	readonly handle: GuestHandle;
	readonly #services: ReceiverServices;
	readonly #lock: DomainLock;
	readonly #createdAt: string;

	constructor(
		services: ReceiverServices,
		lock: DomainLock,
		facts: {attempt: TargetAttempt; definition: DomainDefinition; handle: GuestHandle; createdAt: string},
	) {
		this.#services = services;
		this.#lock = lock;
		this.attempt = facts.attempt;
		this.definition = facts.definition;
		this.handle = facts.handle;
		this.#createdAt = facts.createdAt;
	}

	async receiving(): Promise<void> {
		await this.#write('receiving');
	}

	async ready(): Promise<void> {
		await this.#write('ready');
	}

	async running(): Promise<void> {
		await this.#keepOutcome('running');
	}

	async declined(): Promise<void> {
		await this.#keepOutcome('declined');
	}

	/** The guest runs here, as any other: the migration is history. */
	async arrived(): Promise<void> {
		const {attempt, definition} = this;
		const state = definition.kind === 'image' ? 'image' : attempt.paused ? 'paused' : 'running';
		await this.#services.registry.put(this.#record(state), this.#lock);
	}

	/** The guest is gone from here: so is its record. */
	async gone(): Promise<void> {
		await this.#services.registry.remove(this.definition.name, this.#lock);
	}

	[Symbol.dispose](): void {
		this.#lock[Symbol.dispose]();
	}

	async #write(step: TargetMigration['step']): Promise<void> {
		await this.#services.registry.put({...this.#record('incoming'), migration: {...this.attempt, role: 'target', step}}, this.#lock);
	}

	#record(state: DomainRecord['state']): DomainRecord {
		const {attempt, definition, handle} = this;
		return {version: 1, definition, handle, state, incarnation: attempt.incarnation, createdAt: this.#createdAt};
	}

	async #keepOutcome(step: 'running' | 'declined'): Promise<void> {
		const {id, peer, incarnation} = this.attempt;
		await this.#services.outcomes.put({
			version: 1,
			id,
			domain: this.definition.name,
			role: 'target',
			peer,
			incarnation,
			step,
			endedAt: new Date().toISOString(),
		});
	}
}
