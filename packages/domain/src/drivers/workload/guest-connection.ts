import {constants, openSync} from 'node:fs';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import {isProcessIntact} from '../../process-identity.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {GuestClient} from './control-client.ts';
import type {GuestShow} from './control-protocol.ts';
import {layoutOf} from './program.ts';

/** A connection to a live guest, and what it says of itself, checked against what we know of it. The caller disposes of the client. Rejects ERR_GUEST_EXITED, ERR_DOMAIN_STATE. */
export async function connectToGuest(
	definition: WorkloadDefinition,
	handle: ProcessHandle,
): Promise<{readonly client: GuestClient; readonly show: GuestShow}> {
	if (!isProcessIntact(handle)) throw new DomainError('ERR_GUEST_EXITED', `the guest's process ${handle.pid} does not run any more`);
	const client = await GuestClient.connect(handle.socketPath);
	try {
		const show = await client.request('show');
		if (show.pid !== handle.pid || show.uuid !== definition.uuid) {
			throw new DomainError(
				'ERR_DOMAIN_STATE',
				`the socket ${handle.socketPath} is that of another guest (process ${show.pid}, uuid ${show.uuid})`,
			);
		}

		return {client, show};
	} catch (error) {
		client[Symbol.dispose]();
		throw error;
	}
}

/** Maps the memory of another process's guest here, through its descriptor in /proc. Needs the same user, or the right to trace it. */
export function mapMemoryOf(
	definition: WorkloadDefinition,
	{pid, memoryFd}: GuestShow,
	options: {readonly writable: boolean},
): GuestMemory {
	const fd = openSync(`/proc/${pid}/fd/${memoryFd}`, options.writable ? constants.O_RDWR : constants.O_RDONLY);
	return mapGuestMemory({fd, pageLimit: definition.pfnLimit, memoryBytes: definition.memoryBytes, writable: options.writable});
}

/** Throws for a definition that no guest can have: ERR_CONFIG, ERR_NOT_SUPPORTED. */
export function assertDefinition(definition: WorkloadDefinition): void {
	const {memoryBytes, pfnLimit} = definition;
	layoutOf(definition);
	if (pfnLimit * PAGE_SIZE_BYTES < memoryBytes) {
		throw new DomainError('ERR_CONFIG', `${pfnLimit} page numbers are too few for ${memoryBytes} bytes of memory`);
	}
}
