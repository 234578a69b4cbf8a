import {driverFor} from '@sterna/domain';
import type {DomainLock, DomainRecord} from '@sterna/host';
import {type ClientFrame, decodeClientFrame, encodeClientFrame, type ProtectRequest, type StartRequest} from '@sterna/protocol/control';
import type {SenderServices} from './services.ts';

/** What the journal of a migration, or of a protection, has of an operator's request. */
type Journaled = {readonly start: StartRequest; readonly protect: ProtectRequest};

/** A request as it stands in a journal, held to the rules of the control channel, which it came in by; undefined where this daemon cannot read it. */
export function parseJournaled<Kind extends keyof Journaled>(kind: Kind, text: string): Journaled[Kind] | undefined {
	try {
		const frame = {request: 1, kind, body: JSON.parse(text) as Journaled[Kind]} as ClientFrame;
		return decodeClientFrame(encodeClientFrame(frame)).body as Journaled[Kind];
	} catch {
		return undefined;
	}
}

/** The guest is gone from here, given away: removes what is left of it, and the record. Its output stays readable. Rejects as the driver does, ERR_DISK_FULL or ERR_FILE. */
export async function removeGiven(
	{registry, directories}: SenderServices,
	{definition, handle}: DomainRecord,
	lock: DomainLock,
): Promise<void> {
	await driverFor(definition.kind).remove(handle, directories.guestPlace(definition.name));
	await registry.remove(definition.name, lock, 'source.journal-removed');
}
