import {hostError, parseDefinition, type FaultContext} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {ServerMessage, StandbyRequest} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';
import {makeStandby} from './make-standby.ts';
import type {StandbyTerms} from './standby-journal.ts';
import {type StandbyBase, StandbyLink} from './standby-link.ts';
import type {Standby} from './standby.ts';

/** Serves `standby`: makes the standby or takes it up, and keeps it in step over a link that ends with the request. */
export async function acceptStandby(
	services: ReceiverServices,
	request: StandbyRequest,
	reply: Reply,
	connection: ControlConnection,
): Promise<ServerMessage> {
	const {prepare, uuid} = request;
	if (prepare === undefined) throw hostError('ERR_USAGE', 'a standby is asked for without saying of which guest', {side: 'receiver'});
	const definition = parseDefinition(prepare.definitionJson, {side: 'receiver', code: 'ERR_TARGET_REFUSED'});
	if (definition.uuid !== uuid) throw hostError('ERR_USAGE', `the guest is ${definition.uuid}, not ${uuid}`, {side: 'receiver'});
	const terms = termsOf(request, connection.peer.host);
	assertLeaseStore(services, terms);
	const known = services.standbys.find(definition.name);
	const isSame = known !== undefined && known.uuid === uuid && known.memoryBytes === definition.memoryBytes;
	let standby: Standby;
	let base: StandbyBase;
	if (known !== undefined && isSame) {
		standby = known;
		base = await known.attach(terms);
	} else {
		const made = await makeStandby(services, definition, terms, reply.signal);
		standby = made.standby;
		base = {hasBase: made.hasBase, committedEpoch: 0};
		services.standbys.add(standby);
		// One that came into being while the daemon was told to stop.
		if (services.stopping.aborted) await standby.stop(services.stopping.reason as OperationError);
	}

	const context: FaultContext = {
		side: 'receiver',
		phase: 'checkpoint',
		runsOn: {kind: 'host', host: terms.peer},
		domain: definition.name,
		peer: services.config.hostName,
	};
	const link = new StandbyLink({
		services,
		prepare,
		reply,
		connection,
		contents: standby.contents,
		store: standby.store,
		base,
		context,
		log: services.log.child({protection: terms.id, domain: definition.name, peer: terms.peer}),
		onCommitted: () => {
			standby.onCommitted();
		},
	});
	await standby.carry(link);
	return {kind: 'done', body: {}};
}

function termsOf({prepare, holdsOutput, leaseStore, leaseTtlMs}: StandbyRequest, peer: string): StandbyTerms {
	return {
		id: prepare?.migrationId ?? '',
		peer,
		incarnation: prepare?.incarnation ?? 0,
		paused: prepare?.paused ?? false,
		holdsOutput,
		leaseStore,
		leaseTtlMs: Math.ceil(leaseTtlMs),
	};
}

/** Both hosts must ask the same store who may run the guest. */
function assertLeaseStore({leases, config}: ReceiverServices, {leaseStore, peer}: StandbyTerms): void {
	if (leases.kind === leaseStore) return;
	throw hostError(
		'ERR_TARGET_REFUSED',
		`${peer} keeps its leases with the store ${leaseStore}, ${config.hostName} with ${leases.kind}: lease.store must be the same on both hosts`,
		{side: 'receiver'},
	);
}
