import {setTimeout as sleep} from 'node:timers/promises';
import {operationError, TaskGroup, toOperationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {GuestSender, type GuestSenderDependencies, type GuestSenderOptions, type HandOver, type Session} from './guest-sender.ts';
import {Reconnection} from './reconnect.ts';

export type TransferDependencies = GuestSenderDependencies & {
	readonly openSession: (signal: AbortSignal) => Promise<Session>;
	/** Whether `go` cannot have left: the guest is the source's whatever happens. */
	readonly isOurs: () => boolean;
	/** A `go` that was journaled ahead of its time will not be sent: takes it back. */
	readonly withdrawGo: () => Promise<void>;
};

export type TransferOptions = GuestSenderOptions & {
	/** The guest was paused before the migration, and is not resumed by it. */
	readonly wasPaused: boolean;
};

/**
 * Brings a guest's memory and state to the receiver, over one link after another where they are lost. While there is none, the guest runs here.
 */
export class Transfer implements AsyncDisposable {
	readonly #dependencies: TransferDependencies;
	readonly #options: TransferOptions;
	readonly #sender: GuestSender;
	#session: Session | undefined;
	/** What the receiver has is not what is known of it here. */
	#mustCompare: boolean;

	constructor(dependencies: TransferDependencies, options: TransferOptions) {
		this.#dependencies = dependencies;
		this.#options = options;
		this.#sender = new GuestSender(dependencies, options);
		this.#mustCompare = options.takesUp;
	}

	/** Of the latest link. */
	get session(): Session | undefined {
		return this.#session;
	}

	/**
	 * Resolves with what `handOver` did when the receiver had the whole guest. Rejects with the first failure that another link cannot mend; every
	 * task has stopped by then, and the guest may be paused.
	 */
	async run(handOver: HandOver, signal: AbortSignal): Promise<void> {
		const {openSession} = this.#dependencies;
		// A receiver that never heard of the migration is not waited for; one that has a part of it may take its time to come back.
		let session = this.#options.takesUp ? await this.#reconnect(undefined, signal) : await openSession(signal);
		for (let link = this.#options.takesUp ? await this.#nextLink(session, signal) : 0; ; link += 1) {
			this.#session = session;
			const lost = await this.#overLink(link, session, handOver, signal);
			if (lost === undefined) return;
			await this.#leaveLink(session);
			session = await this.#reconnect(lost, signal);
		}
	}

	/** Asks the policy also while there is no link, until the signal fires. Rejects with ERR_ABORTED_BY_POLICY. */
	async keepAsking(signal: AbortSignal): Promise<void> {
		return this.#sender.keepAsking(signal);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#sender[Symbol.asyncDispose]();
		await this.#session?.close();
	}

	/** After a restart: the number of the next link, as the receiver counts them. Rejects ERR_TARGET_REFUSED where it does not wait for one. */
	async #nextLink(session: Session, signal: AbortSignal): Promise<number> {
		const {domain, context} = this.#dependencies;
		const {migrationId, incarnation} = this.#options.request;
		const {state, link = 0} = await session.outcome({migrationId, incarnation, domain: domain.name}, {declineIfReady: false}, signal);
		if (state === 'receiving') return link + 1;
		throw operationError('ERR_TARGET_REFUSED', `the receiver does not wait for the rest of the guest: it says ${state}`, context());
	}

	/** One link from its request to its end. Returns the error that it was lost by, where the transfer can go on over another. */
	async #overLink(link: number, session: Session, handOver: HandOver, signal: AbortSignal): Promise<OperationError | undefined> {
		const group = new TaskGroup();
		const stop = (): void => {
			group.abort(signal.reason);
		};
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, {once: true});
		const request = (): void => {
			group.run('receiver', inner => this.#request(link, session, inner));
		};
		try {
			this.#sender.agree(session);
			// The receiver makes the guest while its writes begin to be tracked here.
			if (link === 0) request();
			group.run('engine', async inner => {
				await this.#sender.begin(group);
				if (this.#mustCompare) await this.#sender.compare(session, inner);
				this.#mustCompare = false;
				if (link > 0) request();
				await this.#sender.send({link, session, group}, handOver, inner);
			});
			await group.join();
			return undefined;
		} catch (error) {
			const lost = toOperationError(error, this.#dependencies.context());
			if (signal.aborted || !this.#mayGoOn(session, lost)) throw error;
			this.#mustCompare ||= Reconnection.isSpoiled(lost.code);
			return lost;
		} finally {
			signal.removeEventListener('abort', stop);
		}
	}

	/** A guest that is whole waits for `go` alone: no link brings it anything. */
	#mayGoOn({features}: Session, {code}: OperationError): boolean {
		const {isOurs, reconnection} = this.#dependencies;
		if (!isOurs() || !this.#sender.isPrepared || this.#sender.isWhole || !features.has('resume')) return false;
		return reconnection.mayGoOn(code, performance.now());
	}

	/** Open as long as the link. */
	async #request(link: number, session: Session, signal: AbortSignal): Promise<void> {
		const request = {...this.#options.request, hashKey: this.#sender.hashKey};
		if (link === 0) return session.prepare(request, signal);
		const {migrationId, incarnation, windowBytes, channels, hashKey} = request;
		return session.resume({migrationId, incarnation, link, windowBytes, channels, hashKey}, signal);
	}

	/** Behind a lost link: the guest runs on here, and nothing is said of `go` any more. */
	async #leaveLink(session: Session): Promise<void> {
		await session.close();
		if (!this.#sender.mayBePaused) return;
		if (!this.#options.wasPaused) await this.#sender.resumeGuest();
		await this.#dependencies.withdrawGo();
	}

	/** Opens the next control connection. `lost`: the error of the link before; undefined where an earlier daemon knew it. Rejects with it when the time is over. */
	async #reconnect(lost: OperationError | undefined, signal: AbortSignal): Promise<Session> {
		const {migration, reconnection, openSession, log, context} = this.#dependencies;
		if (lost !== undefined) {
			migration.interrupted(lost);
			log.warn({code: lost.code, causes: lost.fault.causes}, `${lost.message}: the migration goes on over another link`);
		}

		for (;;) {
			await sleep(reconnection.nextWaitMs(), undefined, {signal});
			try {
				return await openSession(signal);
			} catch (error) {
				signal.throwIfAborted();
				const failure = toOperationError(error, context());
				if (reconnection.mayGoOn(failure.code, performance.now())) continue;
				if (lost === undefined) throw failure;
				throw operationError(lost.code, lost.message, {...context(), phase: lost.fault.phase}, {cause: failure});
			}
		}
	}
}
