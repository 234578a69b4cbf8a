import {randomBytes} from 'node:crypto';
import {crashPoint, orAborted} from '@sterna/host';
import {MAX_DATA_CHANNELS, PAGE_SIZE_BYTES, PLAIN_DATA_FEATURE, TOKEN_BYTES} from '@sterna/protocol';
import type {ResumeRequest} from '@sterna/protocol/control';
import {expectChannels, LinkError, openReceiveChannels, type ControlConnection, type ReceiveLink, type Reply} from '@sterna/transport';
import type {Incoming} from './incoming.ts';
import type {LinkRequest} from './incoming-link.ts';
import type {ReceiverServices} from './services.ts';

/** How long a link waits for its data connections. */
const DATA_CONNECTION_TIMEOUT_MS = 10_000;

/** What `prepare` or `resume` asks for. `link`: 0 is that of `prepare`. */
export type AskedLink = Pick<ResumeRequest, 'link' | 'windowBytes' | 'channels' | 'hashKey'> & {
	/** Of the first link: pages that will come with content. */
	readonly contentPages?: number;
	/** Whether the stream may have records of Sterna's own: a page that is named without content then stays the hole that it may be, and the source gives signs of life. */
	readonly hasOwnRecords: boolean;
};

/** A link of a guest that comes in, as its request has it: a new token, the answer with what is granted, then the data connections. */
export function linkRequest(
	{config, credentials, listener, pool}: ReceiverServices,
	incoming: Incoming,
	asked: AskedLink,
	reply: Reply,
	{features}: ControlConnection,
): LinkRequest {
	const {id: migrationId, contents, log} = incoming;
	const {memory, pageTypes} = contents.target;
	const windowBytes = Math.min(asked.windowBytes, config.data.windowBytes);
	const channels = features.has('channels') ? Math.min(Math.max(1, asked.channels), MAX_DATA_CHANNELS) : 1;
	const hashKey = features.has('proof') ? asked.hashKey : undefined;
	const token = randomBytes(TOKEN_BYTES);
	return {
		number: asked.link,
		channels,
		async open(onEvent, signal): Promise<ReceiveLink> {
			if (asked.link === 0) {
				if (hashKey !== undefined) contents.hashes.begin(hashKey);
				// Later on most pages have memory, and the source waits.
				await contents.populate(asked.contentPages ?? 0, signal);
			}

			const pageHashes = await orAborted(contents.hashesFor(hashKey), signal);
			const timeout = AbortSignal.timeout(DATA_CONNECTION_TIMEOUT_MS);
			const connected = expectChannels(listener, {
				token,
				migrationId,
				link: asked.link,
				channelCount: channels,
				secured: credentials !== undefined && !features.has(PLAIN_DATA_FEATURE),
				signal: AbortSignal.any([signal, timeout]),
			}).catch((error: unknown) => {
				throw error === timeout.reason ? notConnected(channels) : error;
			});
			connected.catch(() => undefined); // It may fail while `prepared` is on its way.
			const {appliedBytes} = incoming;
			crashPoint('target.send-prepared.before');
			await reply.send({kind: 'prepared', body: {dataPort: listener.port, token, windowBytes, channels, appliedBytes}});
			crashPoint('target.send-prepared.after');
			const connections = await connected;
			log.info({link: asked.link, dataConnections: channels, windowBytes}, 'data connections are here');
			return openReceiveChannels(pool, {
				connections,
				kind: 'socket',
				begins: 'xl',
				mode: 'plain',
				memory,
				pageTypes,
				populatedPagesLimit: memory.memoryBytes / PAGE_SIZE_BYTES,
				targetPages: contents.pages,
				pageHashes,
				keepsHoles: asked.hasOwnRecords,
				backChannel: true,
				windowBytes: windowBytes / channels,
				heartbeat: features.has('heartbeat')
					? {
							intervalMs: config.peer.heartbeatIntervalMs,
							silenceMs: asked.hasOwnRecords ? config.peer.silenceTimeoutMs : undefined,
						}
					: undefined,
				onEvent,
			});
		},
		onReady(body) {
			crashPoint('target.send-ready.before');
			void reply.send({kind: 'ready', body}).catch(() => undefined); // A source that is gone asks later.
			crashPoint('target.send-ready.after');
		},
		onProgress({pagesReceived, bytesReceived}) {
			reply.event({kind: 'receiverProgress', body: {pagesReceived, bytesReceived}});
		},
	};
}

function notConnected(channels: number): LinkError {
	const seconds = DATA_CONNECTION_TIMEOUT_MS / 1000;
	const message = `the ${channels} data connection${channels === 1 ? '' : 's'} of the link did not come within ${seconds} s`;
	return new LinkError({code: 'ERR_CONNECTION_LOST', message});
}
