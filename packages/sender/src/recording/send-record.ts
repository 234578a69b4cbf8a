import {hostError, partsOf} from '@sterna/host';
import type {RecordRequest, ServerMessage} from '@sterna/protocol/control';
import type {Reply} from '@sterna/transport';
import type {SenderServices} from '../services.ts';

/** Sends a migration's recording to the operator: the merged one, where there is one. Rejects ERR_MIGRATION_UNKNOWN where there is none. */
export async function sendRecord(
	{operations, recordings}: SenderServices,
	{id: name}: RecordRequest,
	reply: Reply,
): Promise<ServerMessage> {
	const id = operations.find(name)?.id ?? name;
	const file = await recordings.keeper.find(id);
	if (file === undefined) {
		throw hostError('ERR_MIGRATION_UNKNOWN', `there is no recording of a migration ${name} on this host`, {
			side: 'sender',
			next: 'migrate-ctl history',
		});
	}

	for await (const data of partsOf(file)) {
		reply.signal.throwIfAborted();
		reply.event({kind: 'recordPart', body: {data}});
	}

	return {kind: 'done', body: {}};
}
