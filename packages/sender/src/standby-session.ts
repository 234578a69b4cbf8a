import type {ServerFrame, StandbyEnd, StandbyQuery, StandbyReply, StandbyRequest, StandbyState} from '@sterna/protocol/control';
import type {ControlClient} from '@sterna/transport';
import {ReceiverSession, said} from './receiver-session.ts';

/** One link's conversation with the standby's host, over an open control channel. */
export class StandbySession {
	/** What is said as of any migration: `go`, hashes of pages, what became of it. */
	readonly receiver: ReceiverSession;
	/** The operator there wants the guest to be handed over. */
	onFailoverWanted: (() => void) | undefined;
	readonly #client: ControlClient;
	readonly #prepared = Promise.withResolvers<StandbyReply>();

	constructor(client: ControlClient) {
		this.#client = client;
		this.receiver = new ReceiverSession(client);
		// Settles with the request; whoever waits for it gets the error, and nobody else must.
		this.#prepared.promise.catch(() => undefined);
	}

	/** What both daemons can do beyond Xen's stream. */
	get features(): ReadonlySet<string> {
		return this.#client.agreement.features;
	}

	/** The standby is made, or was found: where the data connection goes, and what it has. */
	get prepared(): Promise<StandbyReply> {
		return this.#prepared.promise;
	}

	/** Makes or takes up the standby; resolves when its host is done with the link, rejects with its fault or the loss of the channel. */
	async open(body: StandbyRequest, signal: AbortSignal): Promise<void> {
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'standbyPrepared') this.#prepared.resolve(frame.body);
			else if (frame.kind === 'standbyEvent' && frame.body.kind === 'failover-wanted') this.onFailoverWanted?.();
		};
		try {
			await said('source.send-standby', () => this.#client.request('standby', body, {onEvent, signal}));
		} catch (error) {
			this.#prepared.reject(error);
			throw error;
		}
	}

	/** The protection ends: resolves when nothing of the standby is left, or with `keep` when it knows that it waits. Rejects where it does not answer. */
	async end(body: StandbyEnd, signal: AbortSignal): Promise<void> {
		await said('source.send-standby-end', () => this.#client.ask('standbyEnd', body, 'done', {signal}));
	}

	/** What became of the standby. */
	async query(body: StandbyQuery, signal: AbortSignal): Promise<StandbyState> {
		return said('source.send-standby-query', () => this.#client.ask('standbyQuery', body, 'standbyState', {signal}));
	}

	async close(): Promise<void> {
		await this.#client.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}
