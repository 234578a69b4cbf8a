import type {CommittedCheckpoint, PageHashes, SendChannels} from '@sterna/transport';
import type {StandbyReply, StandbyRequest} from '@sterna/protocol/control';
import {chooseCompression} from '../choose-compression.ts';
import type {Migration} from '../migration.ts';
import {heartbeatOf, openChannels} from '../open-channels.ts';
import {dataSecurity} from '../peers.ts';
import type {StandbyLinkDependencies} from './standby-link.ts';

export type StandbyChannelsOptions = {
	readonly stream: StandbyRequest['prepare']['stream'];
	readonly prepared: StandbyReply['prepared'];
	readonly pageHashes: PageHashes | undefined;
	readonly migration: Migration;
	readonly onCommitted: (checkpoint: CommittedCheckpoint) => void;
};

/** Opens the one data connection of a link to a standby. The caller closes it. */
export async function openStandbyChannels(
	{services, peer, session, source, settings, limits, tee}: StandbyLinkDependencies,
	{stream, prepared, pageHashes, migration, onCommitted}: StandbyChannelsOptions,
	signal: AbortSignal,
): Promise<SendChannels> {
	const {features} = session;
	const {config, pool} = services;
	return openChannels(
		{
			pool,
			peer,
			security: dataSecurity(services, peer, features),
			migration,
			limits,
			source,
			tee,
			compression: chooseCompression(settings.transfer, features),
			heartbeat: heartbeatOf(config.peer, stream, features),
			channels: 1,
			windowBytes: config.data.windowBytes,
			onCommitted,
		},
		{link: 0, prepared, features, pageHashes},
		signal,
	);
}
