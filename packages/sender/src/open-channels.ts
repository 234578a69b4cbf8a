import {hostError, type RemoteHost} from '@sterna/host';
import type {StartRequest} from '@sterna/protocol/control';
import {
	connectChannels,
	type CompressionOptions,
	type DataSecurity,
	type HeartbeatOptions,
	openSendChannels,
	type SendChannels,
	type SendChannelsOptions,
} from '@sterna/transport';
import type {SourceDomain} from '@sterna/domain';
import type {LinkOffer} from './guest-sender.ts';
import type {MigrationLimits} from './migration-limits.ts';
import type {Migration} from './migration.ts';
import type {SenderServices} from './services.ts';
import type {Tee} from './tee.ts';

type OpenChannels = {
	readonly pool: SenderServices['pool'];
	readonly peer: RemoteHost;
	readonly security: DataSecurity;
	readonly migration: Pick<Migration, 'id'>;
	readonly limits: Pick<MigrationLimits, 'bandwidthLimits'>;
	readonly source: Pick<SourceDomain, 'memory' | 'pageTypes'>;
	readonly tee: Tee | undefined;
	readonly compression: CompressionOptions | undefined;
	/** Undefined where the two daemons did not agree to it. */
	readonly heartbeat: HeartbeatOptions | undefined;
	/** Data connections, and bytes of the window, that were asked for: the most that the receiver can grant. */
	readonly channels: number;
	readonly windowBytes: number;
	/** Of a checkpointed stream. */
	readonly onCommitted?: SendChannelsOptions['onCommitted'];
};

/** Opens the data connections of one link that a receiver has offered, and puts them on data workers. Rejects ERR_TARGET_REFUSED where more are granted than were asked for. */
export async function openChannels(
	{pool, peer, security, migration, limits, source, tee, compression, heartbeat, channels, windowBytes, onCommitted}: OpenChannels,
	{link, prepared, pageHashes}: LinkOffer,
	signal: AbortSignal,
): Promise<SendChannels> {
	const {token, dataPort: port} = prepared;
	const channelCount = Math.max(1, prepared.channels);
	// What was not asked for is not opened: the number is another host's.
	if (channelCount > channels)
		throw hostError('ERR_TARGET_REFUSED', `${peer.name} grants ${channelCount} data connections, ${channels} were asked for`, {
			side: 'sender',
		});
	const preamble = {token, migrationId: migration.id, link, channelCount};
	// A receiver that is slow closes its window for as long as it likes: where it says that it is there, the kernel does not take it for dead.
	const userTimeoutMs = heartbeat === undefined ? undefined : 0;
	const connections = await connectChannels({host: peer.address, port, preamble, security, userTimeoutMs, signal});
	return openSendChannels(pool, {
		connections,
		kind: 'socket',
		limits: limits.bandwidthLimits,
		memory: source.memory,
		pageTypes: source.pageTypes,
		windowBytes: Math.min(windowBytes, prepared.windowBytes),
		teeFd: tee?.takeDescriptor(),
		compression,
		heartbeat,
		pageHashes,
		onCommitted,
	});
}

/** The receiver speaks on the back channel, whatever the stream is; this end only where records of our own may be in it. */
export function heartbeatOf(
	{heartbeatIntervalMs, silenceTimeoutMs: silenceMs}: SenderServices['config']['peer'],
	stream: StartRequest['stream'],
	agreed: ReadonlySet<string>,
): HeartbeatOptions | undefined {
	if (!agreed.has('heartbeat')) return undefined;
	return {intervalMs: stream === 'sterna' ? heartbeatIntervalMs : undefined, silenceMs};
}
