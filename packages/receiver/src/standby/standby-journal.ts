import type {DomainDefinition, GuestHandle} from '@sterna/domain';
import type {DomainLock, DomainRecord, JournalWrite, ProtectionStep} from '@sterna/host';
import type {ReceiverServices} from '../services.ts';

export type StandbyProtection = Extract<ProtectionStep, {role: 'standby'}>;
/** What allowed a guest to run here. */
export type Because = NonNullable<StandbyProtection['because']>;
/** What a link of the source says of its protection. */
export type StandbyTerms = Pick<StandbyProtection, 'id' | 'peer' | 'incarnation' | 'leaseStore' | 'leaseTtlMs' | 'holdsOutput' | 'paused'>;

/**
 * A domain's record as the journal of its standby, and the outcome store as its last word. Holds the domain's lock until disposed. `epoch` of a standby that holds:
 * no `go` for that checkpoint or one before it is obeyed.
 */
export class StandbyJournal implements Disposable {
	readonly definition: DomainDefinition;
	readonly handle: GuestHandle;
	readonly #services: ReceiverServices;
	readonly #lock: DomainLock;
	readonly #createdAt: string;
	#protection: StandbyProtection;

	constructor(
		services: ReceiverServices,
		lock: DomainLock,
		facts: {
			readonly protection: StandbyProtection;
			readonly definition: DomainDefinition;
			readonly handle: GuestHandle;
			readonly createdAt: string;
		},
	) {
		this.#services = services;
		this.#lock = lock;
		this.#protection = facts.protection;
		this.definition = facts.definition;
		this.handle = facts.handle;
		this.#createdAt = facts.createdAt;
	}

	get protection(): StandbyProtection {
		return this.#protection;
	}

	/** That the guest would run with here, or does. */
	get nextIncarnation(): number {
		return this.#protection.incarnation + 1;
	}

	/** `terms`: of the link that begins, where they are others. */
	async receiving(terms: StandbyTerms = this.#protection): Promise<void> {
		await this.#write(
			{...this.#protection, ...terms, step: 'receiving', epoch: undefined, because: undefined},
			'standby.journal-receiving',
		);
	}

	/** Another link begins: each `go` up to the checkpoint that is held counts no more. */
	async attached(terms: StandbyTerms, committedEpoch: number): Promise<void> {
		const next = {...this.#protection, ...terms, step: 'holding', epoch: committedEpoch, because: undefined} as const;
		await this.#write(next, 'standby.journal-attached');
	}

	async holding(): Promise<void> {
		const epoch = this.#protection.step === 'holding' ? this.#protection.epoch : undefined;
		await this.#write({...this.#protection, step: 'holding', epoch, because: undefined}, 'standby.journal-holding');
	}

	async declined(epoch: number): Promise<void> {
		await this.#write({...this.#protection, step: 'holding', epoch, because: undefined}, 'standby.journal-declined');
	}

	async promoting(epoch: number, because: Because): Promise<void> {
		await this.#write({...this.#protection, step: 'promoting', epoch, because}, 'standby.journal-promoting');
	}

	/** The guest runs here, as any other: that it was a standby is history. Again where it failed in between. */
	async promoted(): Promise<void> {
		const {definition, handle, nextIncarnation: incarnation} = this;
		const {id, peer, paused, outputBytes} = this.#protection;
		await this.#services.outcomes.put(
			{
				version: 1,
				id,
				domain: definition.name,
				role: 'target',
				peer,
				incarnation,
				step: 'running',
				endedAt: new Date().toISOString(),
				uuid: definition.uuid,
				...(outputBytes === undefined ? {} : {outputBytes}),
			},
			'standby.outcome-promoted',
		);
		const state = paused ? 'paused' : 'running';
		const record: DomainRecord = {version: 1, definition, handle, state, incarnation, createdAt: this.#createdAt};
		await this.#services.registry.put(record, this.#lock, 'standby.journal-promoted');
	}

	/** Nothing of it is here any more. */
	async removed(): Promise<void> {
		await this.#services.registry.remove(this.definition.name, this.#lock, 'standby.journal-removed');
	}

	[Symbol.dispose](): void {
		this.#lock[Symbol.dispose]();
	}

	async #write(protection: StandbyProtection, write: JournalWrite): Promise<void> {
		const {definition, handle} = this;
		const {incarnation} = protection;
		await this.#services.registry.put(
			{version: 1, definition, handle, state: 'standby', incarnation, protection, createdAt: this.#createdAt},
			this.#lock,
			write,
		);
		this.#protection = protection;
	}
}
