import {driverFor} from '@sterna/domain';
import {hostError} from '@sterna/host';
import type {OperationError, TargetState} from '@sterna/protocol';
import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {Arrival} from './arrivals.ts';
import type {ArrivalJournal} from './arrival-journal.ts';
import {recordArrival} from './recording/arrival-begins.ts';
import type {ArrivalRecording} from './recording/arrival-recording.ts';
import type {ReceiverServices} from './services.ts';
import {TargetHandover} from './target-handover.ts';

const REASONS: Partial<Record<TargetState, string>> = {
	ready: 'waits for the source to decide: the daemon was restarted',
	lost: 'was to run here and is gone: whether it took a step is not known',
};

/** A guest that an earlier daemon was taking in: found in the journal, ended by its machine. */
export class LeftArrival implements Arrival {
	readonly id: string;
	readonly domain: string;
	readonly incarnation: number;
	readonly peer: string;
	readonly firstStepNs = undefined;
	readonly resumeMs = 0;
	readonly link = undefined;
	readonly #journal: ArrivalJournal;
	readonly #handover: TargetHandover;
	readonly #host: string;
	readonly #startedAtMs = Date.now();
	readonly #recording: ArrivalRecording | undefined;
	#ending: Promise<void> | undefined;

	constructor(services: ReceiverServices, journal: ArrivalJournal, state: TargetState) {
		const {attempt, definition, handle} = journal;
		this.id = attempt.id;
		this.domain = definition.name;
		this.peer = attempt.peer;
		this.incarnation = attempt.incarnation;
		this.#journal = journal;
		this.#host = services.config.hostName;
		this.#recording = recordArrival(services, journal)(() => this.status());
		this.#recording?.noted('an earlier daemon ended while it was under way');
		const driver = driverFor(definition.kind);
		const place = services.directories.guestPlace(definition.name);
		this.#handover = new TargetHandover(
			{
				journal,
				sendReady: () => undefined, // It was sent by the daemon that journaled it.
				resumeGuest: async () => {
					if (attempt.paused || definition.kind === 'image') return;
					await using guest = await driver.manage(definition, handle, place);
					await guest.resume();
				},
				destroyGuest: () => driver.remove(handle, place),
				onResumeFailed: error => {
					services.log.error({error, domain: definition.name}, 'the guest could not be resumed here');
				},
			},
			state,
		);
	}

	get state(): TargetState {
		return this.#handover.state;
	}

	/** Does what a restart means in the state that the journal was left in. */
	async restart(): Promise<TargetState> {
		const state = await this.#handover.play('restarted');
		// Half a guest is given up with the daemon that received it.
		return this.#end(state === 'receiving' ? await this.#handover.play('failed') : state);
	}

	/** Rejects ERR_UNDECIDED for a guest that is lost: neither answer would be known to be true. */
	async go(): Promise<TargetState> {
		return this.#end(await this.#answer('go'));
	}

	/** Rejects as `go` does. */
	async decline(_error: OperationError): Promise<TargetState> {
		return this.#end(await this.#answer('query'));
	}

	async giveUp(error: OperationError): Promise<TargetState> {
		return this.state === 'lost' ? this.#end(await this.#handover.play('resume-failed')) : this.decline(error);
	}

	async #answer(event: 'go' | 'query'): Promise<TargetState> {
		const state = await this.#handover.play(event);
		if (state === 'lost') {
			const message = `${this.domain} was told to run on ${this.#host} and is gone there: whether it took a step before is not known`;
			throw hostError('ERR_UNDECIDED', message, {side: 'receiver', next: `migrate-ctl resolve ${this.domain}`});
		}

		return state;
	}

	/** It waits in the journal. */
	async stop(): Promise<void> {
		return Promise.resolve();
	}

	status(): MigrationStatus {
		const phase = {receiving: 'precopy', ready: 'handover', running: 'completed', lost: 'undecided', declined: 'failed'} as const;
		return {
			id: this.id,
			domain: this.domain,
			direction: 'incoming',
			peer: this.#journal.attempt.peer,
			phase: phase[this.state],
			iteration: 0,
			totalPages: 0,
			pagesSent: 0,
			bytesSent: 0,
			remainingPages: 0,
			elapsedMs: Date.now() - this.#startedAtMs,
			bandwidthBytesPerSecond: 0,
			dirtyBytesPerSecond: 0,
			tracker: '',
			reason: REASONS[this.state] ?? '',
			startedAtMs: this.#startedAtMs,
			result: this.#result(),
			iterations: [],
		};
	}

	#result(): MigrationResult | undefined {
		if (this.state !== 'running' && this.state !== 'declined') return undefined;
		const arrived = this.state === 'running';
		return {
			id: this.id,
			domain: this.domain,
			outcome: arrived ? 'completed' : 'failed',
			runsOn: arrived ? this.#host : this.#journal.attempt.peer,
			totalMs: Date.now() - this.#startedAtMs,
			iterations: 0,
			pagesSent: 0,
			bytesSent: 0,
		};
	}

	/** Once it is over it stays so, however often it is asked about; an end that the journal did not take is tried again. */
	async #end(state: TargetState): Promise<TargetState> {
		if (state !== 'running' && state !== 'declined') return state;
		this.#ending ??= this.#close(state).catch((error: unknown) => {
			this.#ending = undefined;
			throw error;
		});
		await this.#ending;
		return state;
	}

	async #close(state: 'running' | 'declined'): Promise<void> {
		this.#recording?.ended(state, state === 'running' ? this.#host : this.peer, undefined);
		await (state === 'running' ? this.#journal.arrived() : this.#journal.gone());
		this.#journal[Symbol.dispose]();
	}
}
