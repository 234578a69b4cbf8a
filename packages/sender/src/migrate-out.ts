import type {GuestEvent, SourceDomain} from '@sterna/domain';
import {operationError, TaskGroup, toOperationError, type FaultContext, type Logger} from '@sterna/host';
import {OperationError, type ErrorCode, type Phase} from '@sterna/protocol';
import type {DowntimeParts} from '@sterna/protocol/control';
import type {PausedGuest} from './engine/stop-and-copy.ts';
import type {WholeGuest} from './guest-sender.ts';
import type {Migration, MigrationEnd} from './migration.ts';
import {Reconnection} from './reconnect.ts';
import {SourceHandover, type SourceHandoverDependencies, type SourceJournal} from './source-handover.ts';
import {Transfer, type TransferDependencies, type TransferOptions} from './transfer.ts';
import type {Verdict} from './verdicts.ts';

export type MigrateOutDependencies = Pick<TransferDependencies, 'policy' | 'openSession' | 'openChannels' | 'openDisk' | 'openChecker'> & {
	readonly domain: SourceDomain;
	readonly journal: SourceJournal;
	/** Asks the receiver what became of the migration until it answers, or undefined when patience ends. */
	readonly queryOutcome: () => Promise<Verdict | undefined>;
	/** The operator's hook at the moment when both sides stand still and nothing is decided; rejecting vetoes the switch. */
	readonly beforeGo: (signal: AbortSignal) => Promise<void>;
	/** This host's name, for where the guest runs. */
	readonly host: string;
	readonly log: Logger;
};

/** A guest that was paused before the migration is handed over, or given back, paused. */
export type MigrateOutOptions = TransferOptions & {
	/** For how long a lost link is tried to be made anew, in milliseconds; 0 = not at all. */
	readonly reconnectMs: number;
};

/**
 * Migrates `domain` away. Whatever fails before `go` is journaled leaves the guest here, running; what fails after it is
 * resolved with the receiver or reported as undecided. Never throws: how it ended is the result. Every task has stopped by then.
 */
export async function migrateOut(
	dependencies: MigrateOutDependencies,
	options: MigrateOutOptions,
	migration: Migration,
): Promise<MigrationEnd> {
	return new Attempt(dependencies, options, migration).run();
}

class Attempt {
	readonly #dependencies: MigrateOutDependencies;
	readonly #options: MigrateOutOptions;
	readonly #migration: Migration;
	readonly #group = new TaskGroup();
	readonly #handover: SourceHandover;
	/** Fires when the guest is about to be given away: its own doings no longer matter. */
	readonly #guestWatched = new AbortController();
	readonly #transfer: Transfer;
	#paused: PausedGuest | undefined;
	/** Why the guest stays here. */
	#toldReceiver: OperationError | undefined;
	/** Why the receiver did not take it when it was given, where it said so. */
	#declinedBecause: OperationError | undefined;
	#loadMs = 0;
	#hookMs = 0;
	#goMs = 0;
	/** When the target's answer to `go` came that it runs the guest; undefined where that was learned by asking later. */
	#runningMs: number | undefined;

	constructor(dependencies: MigrateOutDependencies, options: MigrateOutOptions, migration: Migration) {
		this.#dependencies = dependencies;
		this.#options = options;
		this.#migration = migration;
		this.#handover = new SourceHandover(this.#handoverDependencies());
		this.#transfer = new Transfer(this.#transferDependencies(), options);
	}

	async run(): Promise<MigrationEnd> {
		let failure: unknown;
		try {
			this.#migration.enter('prepare');
			this.#group.run('journal', () => this.#prepareJournal());
			this.#group.run('guest', signal => this.#watchGuest(AbortSignal.any([signal, this.#guestWatched.signal])));
			this.#group.run('policy', signal => this.#transfer.keepAsking(AbortSignal.any([signal, this.#guestWatched.signal])));
			this.#group.run('transfer', signal => this.#transfer.run((whole, inner) => this.#handOver(whole, inner), signal));
			// Behind their start: it may have been aborted already, and tasks hear of what comes while they run.
			this.#migration.abortWith(error => {
				this.#group.abort(error);
			});
			await this.#group.join();
		} catch (error) {
			failure = error;
		}

		this.#guestWatched.abort();
		// The guest stays here already: another abort is heard, and changes nothing any more. Once `go` may have left, it would be a lie.
		this.#migration.abortWith(this.#handover.state === 'transferring' ? () => undefined : undefined);
		const end = await this.#settle(failure);
		await this.#transfer[Symbol.asyncDispose]();
		return end;
	}

	/** The receiver has the whole guest, and nothing is decided: the hook, then `go` and its answer. */
	async #handOver({paused, loadMs, because}: WholeGuest, signal: AbortSignal): Promise<void> {
		this.#paused = paused;
		this.#loadMs = loadMs;
		this.#migration.enter('handover', because);
		const hookStartedMs = performance.now();
		await this.#dependencies.beforeGo(signal);
		this.#hookMs = performance.now() - hookStartedMs;

		// The last moment at which anything but the receiver can change the end.
		this.#guestWatched.abort();
		signal.throwIfAborted();
		this.#migration.abortWith(undefined);
		this.#goMs = performance.now();
		const end = await this.#handover.play('ready');
		if (end === 'handed-over' && this.#handover.goError === undefined) return;
		// Nothing more is to be heard of this conversation: its other tasks end too. Where the guest is, the handover knows.
		if (this.#handover.goError !== undefined) throw this.#handover.goError;
		const cause = this.#declinedBecause;
		const why = cause === undefined ? '' : `: ${cause.message}`;
		throw this.#error('ERR_TARGET_REFUSED', `${this.#migration.peer} declined the guest at the handover${why}`, {cause});
	}

	/** The slow half of the journal's `go`, while the guest still runs. */
	async #prepareJournal(): Promise<void> {
		const {journal, log} = this.#dependencies;
		await journal.prepareGo().catch((error: unknown) => {
			log.warn({error}, 'the journal could not be prepared: the handover will write all of it');
		});
	}

	/** Everything has stopped: gives the guest back where it is still ours, and says how it ended. */
	async #settle(failure: unknown): Promise<MigrationEnd> {
		const {host, log} = this.#dependencies;
		const {peer} = this.#migration;
		const phase = this.#phase();
		if (this.#handover.state === 'transferring') {
			const told = toOperationError(failure, this.#context(phase));
			this.#toldReceiver = told;
			await this.#handover.play('failed');
		}

		switch (this.#handover.state) {
			case 'handed-over':
				return {outcome: 'completed', runsOn: peer, downtimeMs: this.#downtimeMs(), downtimeParts: this.#downtimeParts()};
			case 'given-back': {
				const error = toOperationError(failure, this.#context(phase));
				log.warn({code: error.code, causes: error.fault.causes}, error.message);
				// What exits at the receiver was only to become the guest.
				const gone = error.code === 'ERR_GUEST_EXITED' && error.fault.side === 'sender';
				return {outcome: isAbort(error.code) ? 'aborted' : 'failed', runsOn: gone ? '' : host, error: gone ? nowhere(error) : error};
			}

			case 'transferring':
			case 'go':
			case 'undecided': {
				const error = operationError(
					'ERR_UNDECIDED',
					`${peer} was told to run the guest and has not answered; the copy here stays paused until it does`,
					{...this.#context('handover'), runsOn: {kind: 'unknown'}},
					{cause: failure},
				);
				log.error({causes: error.fault.causes}, error.message);
				return {outcome: 'undecided', runsOn: '?', error};
			}
		}
	}

	#transferDependencies(): TransferDependencies {
		const {domain, policy, openSession, openChannels, openDisk, openChecker, log} = this.#dependencies;
		return {
			domain,
			policy,
			migration: this.#migration,
			openSession,
			openChannels,
			openDisk,
			openChecker,
			reconnection: new Reconnection(this.#options.reconnectMs),
			isOurs: () => this.#handover.state === 'transferring',
			journalGo: () => this.#handover.journalGo(),
			withdrawGo: async () => {
				await this.#handover.play('interrupted');
			},
			context: () => this.#context(this.#phase()),
			log,
		};
	}

	#handoverDependencies(): SourceHandoverDependencies {
		const {domain, journal, queryOutcome, log} = this.#dependencies;
		const {request, wasPaused} = this.#options;
		return {
			journal,
			queryOutcome,
			sendGo: async () => {
				const {session} = this.#transfer;
				if (!session) throw new TypeError('go without a session');
				const answer = await session.go(request.migrationId, request.incarnation);
				if ('declined' in answer) {
					this.#declinedBecause = answer.reason;
					return 'declined';
				}

				this.#runningMs = performance.now();
				return answer;
			},
			resumeGuest: async () => {
				if (wasPaused) return;
				// A guest that exited cannot be resumed; why the migration ended is told all the same.
				await domain.resume().catch((error: unknown) => {
					log.warn({error}, 'the guest could not be resumed');
				});
			},
			destroyGuest: () => domain.destroy(),
			tellReceiver: async () => {
				const {session} = this.#transfer;
				// A receiver that was not reached has nothing of the guest, unless an earlier daemon reached it.
				if (session === undefined || this.#toldReceiver === undefined) return !this.#options.takesUp;
				return session.abort(this.#migration.id, this.#toldReceiver);
			},
			warn: (message, error) => {
				log.warn({error}, message);
			},
		};
	}

	/** Ends with the signal, or fails with what the guest did on its own accord. */
	async #watchGuest(signal: AbortSignal): Promise<void> {
		const {domain} = this.#dependencies;
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		signal.addEventListener(
			'abort',
			() => {
				resolve();
			},
			{once: true},
		);
		domain.onGuestEvent = event => {
			// A guest that somebody pauses can still be moved.
			if (event.kind !== 'paused') reject(this.#guestError(event));
		};
		try {
			await promise;
		} finally {
			domain.onGuestEvent = undefined;
		}
	}

	#guestError(event: Exclude<GuestEvent, {kind: 'paused'}>): OperationError {
		switch (event.kind) {
			case 'exited':
				return this.#error('ERR_GUEST_EXITED', `the guest exited: ${event.detail}`);
			case 'rebooted':
				return this.#error('ERR_GUEST_REBOOTED', 'the guest rebooted');
			case 'resized':
				return this.#error('ERR_GUEST_RESIZED', `the memory of the guest was resized to ${event.memoryBytes} bytes`);
			case 'device-added':
				return this.#error('ERR_GUEST_DEVICE_ADDED', `a device was added to the guest: ${event.detail}`);
		}
	}

	/**
	 * From the last step here to the first step there: an upper bound, by the way of the word that told of it, half a round trip.
	 * Undefined where the guest takes no steps, and where nobody told of the first one.
	 */
	#downtimeMs(): number | undefined {
		const neverStepped = this.#options.wasPaused || this.#options.request.paused || this.#dependencies.domain.definition.kind === 'image';
		if (!this.#paused || neverStepped || this.#runningMs === undefined) return undefined;
		const nowNs = process.hrtime.bigint();
		const sinceRunningMs = performance.now() - this.#runningMs + (this.#handover.running?.sinceFirstStepMs ?? 0);
		return Number(nowNs - this.#paused.lastStepNs) / 1e6 - sinceRunningMs;
	}

	#downtimeParts(): DowntimeParts | undefined {
		if (!this.#paused || this.#runningMs === undefined) return undefined;
		const resume = this.#handover.running?.resumeMs ?? 0;
		const handover = Math.max(0, this.#runningMs - this.#goMs - resume);
		return {...this.#paused.parts, load: this.#loadMs, hook: this.#hookMs, handover, resume};
	}

	#phase(): Phase {
		const phase = this.#migration.phase;
		if (phase === 'reconnecting') return 'precopy';
		return phase === 'prepare' || phase === 'precopy' || phase === 'stop-and-copy' || phase === 'handover' ? phase : 'request';
	}

	#context(phase: Phase): FaultContext {
		return {
			side: 'sender',
			phase,
			runsOn: {kind: 'host', host: this.#dependencies.host},
			domain: this.#migration.domain,
			peer: this.#migration.peer,
		};
	}

	#error(code: ErrorCode, message: string, options?: ErrorOptions): OperationError {
		return operationError(code, message, this.#context(this.#phase()), options);
	}
}

function isAbort(code: ErrorCode): boolean {
	return (
		code === 'ERR_ABORTED_BY_OPERATOR' ||
		code === 'ERR_ABORTED_BY_POLICY' ||
		code === 'ERR_ABORTED_BY_RECEIVER' ||
		code === 'ERR_DAEMON_STOPPING'
	);
}

function nowhere(error: OperationError): OperationError {
	return new OperationError({...error.fault, runsOn: {kind: 'nowhere'}}, {cause: error.cause});
}
