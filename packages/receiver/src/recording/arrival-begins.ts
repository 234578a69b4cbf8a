import type {DomainDefinition} from '@sterna/domain';
import type {BeginFacts} from '@sterna/host';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {ArrivalJournal} from '../arrival-journal.ts';
import type {ReceiverServices} from '../services.ts';
import type {ArrivalRecording} from './arrival-recording.ts';

/** What the first line of a recording says of what comes in. `peer`: empty where it comes from a file. */
export function arrivalBegins(
	{config, software}: Pick<ReceiverServices, 'config' | 'software'>,
	{name: domain, uuid, memoryBytes}: DomainDefinition,
	arrival: {readonly id: string; readonly peer: string; readonly incarnation?: number},
): BeginFacts {
	return {
		kind: 'begin',
		format: 1,
		domain,
		uuid,
		memoryBytes,
		direction: arrival.peer === '' ? 'restore' : 'incoming',
		host: config.hostName,
		software,
		...arrival,
	};
}

/** How what a journal is of begins to be recorded. */
export function recordArrival(
	services: ReceiverServices,
	{attempt: {id, peer, incarnation}, definition}: ArrivalJournal,
): (status: () => MigrationStatus) => ArrivalRecording | undefined {
	return status => services.recordings.begin(arrivalBegins(services, definition, {id, peer, incarnation}), status);
}
