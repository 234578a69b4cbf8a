import {crashPoint, type HandoverMessage} from '@sterna/host';
import type {RecordFacts} from '@sterna/host/record';
import type {OperationError} from '@sterna/protocol';
import {
	faultFromMessage,
	faultToMessage,
	type OutcomeReply,
	type PageHashesRequest,
	type PrepareReply,
	type PrepareRequest,
	type ReadyEvent,
	type ResumeRequest,
	type RunningReply,
	type ServerFrame,
} from '@sterna/protocol/control';
import type {ControlClient} from '@sterna/transport';
import {measureClock} from './recording/measure-clock.ts';

type Opening = {readonly kind: 'prepare'; readonly body: PrepareRequest} | {readonly kind: 'resume'; readonly body: ResumeRequest};

/** How long the last word to a receiver may take: it is said on the way out of a failed migration. */
const ABORT_TIMEOUT_MS = 2000;

/** The answer of a receiver that has not run the guest, and never will. `reason`: where it knows one. */
export type Declined = {readonly declined: true; readonly reason: OperationError | undefined};

/** Which handover is meant. */
export type HandoverAttempt = {readonly migrationId: string; readonly domain: string; readonly incarnation: number};

/** One link's conversation with the receiver, over an open control channel. */
export class ReceiverSession {
	readonly #client: ControlClient;
	readonly #prepared = Promise.withResolvers<PrepareReply>();
	readonly #ready = Promise.withResolvers<ReadyEvent>();

	constructor(client: ControlClient) {
		this.#client = client;
		// Both settle with the request; whoever waits for them gets the error, and nobody else must.
		this.#prepared.promise.catch(() => undefined);
		this.#ready.promise.catch(() => undefined);
	}

	/** What both daemons can do beyond Xen's stream. */
	get features(): ReadonlySet<string> {
		return this.#client.agreement.features;
	}

	/** Who answers, and how its clock stands, as a line of a recording. Rejects with what the connection, or a daemon that cannot tell, says. */
	async peerFacts(nowMs: () => number, signal: AbortSignal): Promise<RecordFacts> {
		const {host, software} = this.#client.peer;
		return {kind: 'peer', host, software, ...(await measureClock(this.#client, nowMs, signal))};
	}

	/** The receiver has made the empty guest: where the data connection goes. */
	get prepared(): Promise<PrepareReply> {
		return this.#prepared.promise;
	}

	/** The receiver has the whole guest, loaded and paused. */
	get ready(): Promise<ReadyEvent> {
		return this.#ready.promise;
	}

	/** Opens the migration at the receiver; resolves when the receiver is done with it, rejects with its fault or the loss of the channel. */
	async prepare(body: PrepareRequest, signal: AbortSignal): Promise<void> {
		await this.#open({kind: 'prepare', body}, signal);
	}

	/** Goes on with a migration whose link was lost. As `prepare`. */
	async resume(body: ResumeRequest, signal: AbortSignal): Promise<void> {
		await this.#open({kind: 'resume', body}, signal);
	}

	/** Gives the guest away, from the checkpoint of this epoch where it is a standby's. A receiver that has declined this incarnation, or that epoch, answers so. */
	async go(migrationId: string, incarnation: number, epoch?: number): Promise<RunningReply | Declined> {
		const frame = await said('source.send-go', () => this.#client.request('go', {migrationId, incarnation, epoch}));
		if (frame.kind === 'running') return frame.body;
		if (frame.kind === 'outcome' && frame.body.state === 'declined')
			return {declined: true, reason: frame.body.fault && faultFromMessage(frame.body.fault)};
		if (frame.kind === 'outcome' && frame.body.state === 'running') return {incarnation, resumeMs: 0, sinceFirstStepMs: 0};
		// No answer that the guest may be given back on.
		throw new TypeError(`${frame.kind} in answer to go`);
	}

	/** Tells the receiver that the source keeps the guest, and why. Best effort, resolves with whether it has heard it: `ReturnNotices` goes on otherwise. */
	async abort(migrationId: string, error: OperationError): Promise<boolean> {
		try {
			const fault = faultToMessage(error);
			await said('source.send-abort', () =>
				this.#client.request('peerAbort', {migrationId, fault}, {signal: AbortSignal.timeout(ABORT_TIMEOUT_MS)}),
			);
			return true;
		} catch {
			// The channel may be what failed.
			return false;
		}
	}

	/** What became of the migration. With `declineIfReady` a receiver that is ready and has no `go` declines durably before it answers. */
	async outcome(
		{migrationId, domain, incarnation}: HandoverAttempt,
		{declineIfReady}: {readonly declineIfReady: boolean},
		signal: AbortSignal,
	): Promise<OutcomeReply> {
		const query = {migrationId, domain, incarnation, declineIfReady};
		const frame = await said('source.send-query', () => this.#client.request('outcome', query, {signal}));
		if (frame.kind !== 'outcome') throw new TypeError(`${frame.kind} in answer to outcome`);
		return frame.body;
	}

	/** Hashes of the pages that the receiver has, 8 bytes each. Only while no link is open. */
	async pageHashes(request: PageHashesRequest, signal: AbortSignal): Promise<Uint8Array> {
		const frame = await this.#client.request('pageHashes', request, {signal});
		if (frame.kind !== 'pageHashes') throw new TypeError(`${frame.kind} in answer to page_hashes`);
		return frame.body.hashes;
	}

	async close(): Promise<void> {
		await this.#client.close();
	}

	async #open({kind, body}: Opening, signal: AbortSignal): Promise<void> {
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'prepared') this.#prepared.resolve(frame.body);
			else if (frame.kind === 'ready') this.#ready.resolve(frame.body);
		};
		try {
			await said(`source.send-${kind}`, () => this.#client.request(kind, body, {onEvent, signal}));
		} catch (error) {
			this.#prepared.reject(error);
			this.#ready.reject(error);
			throw error;
		}
	}
}

/** A request is written when the call returns; its answer comes later. */
export async function said<Answer>(message: HandoverMessage, request: () => Promise<Answer>): Promise<Answer> {
	crashPoint(`${message}.before`);
	const answer = request();
	crashPoint(`${message}.after`);
	return answer;
}
