import {hostError} from '@sterna/host';
import {HASH_KEY_LIMIT} from '@sterna/protocol';
import type {PageHashesReply, PageHashesRequest} from '@sterna/protocol/control';
import type {ControlConnection} from '@sterna/transport';
import {needResumable} from './resume-migration.ts';
import type {ReceiverServices} from './services.ts';

/** Hashes of one answer: 512 KiB of them. */
const MAX_HASHES = 65_536;

/**
 * Serves `page_hashes`: what a guest that waits for its next link has, or a standby whose link has no data connection yet. A migration's link that still seems open
 * ends: its source speaks of it no more.
 */
export async function pageHashes(
	services: ReceiverServices,
	request: PageHashesRequest,
	connection: ControlConnection,
): Promise<PageHashesReply> {
	const {hashKey, of, first, count} = request;
	if (!connection.features.has('proof')) throw wrong('ERR_NOT_SUPPORTED', 'the two hosts have not agreed to prove memory');
	if (hashKey >= HASH_KEY_LIMIT) throw wrong('ERR_USAGE', `${hashKey} is no key of page hashes`);
	if (count > MAX_HASHES) throw wrong('ERR_USAGE', `${count} page hashes were asked for, more than ${MAX_HASHES} at once`);
	const standby = services.standbys.get(request.migrationId);
	const isOfStandby = standby !== undefined && standby.peer === connection.peer.host && standby.incarnation === request.incarnation;
	const guest = isOfStandby ? standby : needResumable(services, request, connection);
	const hashes = await guest.pageHashes(hashKey);
	const limit = of === 'groups' ? hashes.groupCount : hashes.pageLimit;
	if (first + count > limit) throw wrong('ERR_USAGE', `${count} hashes of ${of} from ${first} on were asked for, there are ${limit}`);
	return {hashes: of === 'groups' ? hashes.groupBytes(first, count) : hashes.entryBytes(first, count)};
}

function wrong(code: 'ERR_NOT_SUPPORTED' | 'ERR_USAGE', message: string): Error {
	return hostError(code, message, {side: 'receiver'});
}
