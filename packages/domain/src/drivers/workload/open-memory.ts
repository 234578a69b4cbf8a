import {constants, openSync, readdirSync, readlinkSync} from 'node:fs';
import type {WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import {isProcessIntact} from '../../process-identity.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {memoryNameOf} from './own-memory.ts';

/**
 * Maps a guest's memory for reading, without a word to its process, which may have been stopped for good. The caller disposes of it. Throws ERR_GUEST_EXITED where the
 * process is gone, ERR_DOMAIN_STATE where it is not that guest's. Needs the same user, or the right to trace it.
 */
export function openGuestMemory({name, uuid, pfnLimit, memoryBytes}: WorkloadDefinition, handle: ProcessHandle): GuestMemory {
	const path = findDescriptor(handle.pid, `/memfd:${memoryNameOf(uuid)} (deleted)`);
	// Behind the search: what was found is then of this process, and not of a later one with its pid.
	if (!isProcessIntact(handle)) throw new DomainError('ERR_GUEST_EXITED', `the guest's process ${handle.pid} does not run any more`);
	if (path === undefined) throw new DomainError('ERR_DOMAIN_STATE', `process ${handle.pid} does not have the memory of ${name} (${uuid})`);
	return mapGuestMemory({fd: openSync(path, constants.O_RDONLY), pageLimit: pfnLimit, memoryBytes, writable: false});
}

/** Path in /proc of the descriptor that is open on something of this name; undefined where none is, or the process is gone. */
function findDescriptor(pid: number, target: string): string | undefined {
	const directory = `/proc/${pid}/fd`;
	try {
		return readdirSync(directory)
			.map(fd => `${directory}/${fd}`)
			.find(path => readLink(path) === target);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Undefined where it is closed meanwhile. */
function readLink(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		return undefined;
	}
}
