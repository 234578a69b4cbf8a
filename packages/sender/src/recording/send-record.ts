import type {RecordRequest, ServerMessage} from '@sterna/protocol/control';
import type {Reply} from '@sterna/transport';
import type {SenderServices} from '../services.ts';

/** Sends a migration's recording to the operator: the merged one, where there is one. Rejects ERR_MIGRATION_UNKNOWN where there is none. */
export async function sendRecord(
	{operations, recordings}: SenderServices,
	{id: name}: RecordRequest,
	reply: Reply,
): Promise<ServerMessage> {
	const {keeper} = recordings;
	const file = await keeper.find(operations.find(name)?.id ?? name);
	for await (const data of keeper.parts(file, name)) {
		reply.signal.throwIfAborted();
		reply.event({kind: 'recordPart', body: {data}});
	}

	return {kind: 'done', body: {}};
}
