import {createHash} from 'node:crypto';
import {closeSync, fstatSync, openSync, readdirSync, readlinkSync, readSync, statSync} from 'node:fs';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256 of all of a guest's memory, holes as zeros, in pfn order. */
export type MemoryHash = {readonly sha256: string; readonly bytes: number};

/**
 * The descriptor under which a process holds its guest memory, as a path that can be opened: the largest memfd that it has.
 * Throws when there is none, or the process is gone or not ours to look into.
 */
export function guestMemoryPath(pid: number): string {
	const directory = `/proc/${pid}/fd`;
	const memfds = readdirSync(directory)
		.map(name => `${directory}/${name}`)
		.filter(file => {
			try {
				return readlinkSync(file).startsWith('/memfd:');
			} catch {
				return false; // Closed in between.
			}
		})
		.map(file => ({file, bytes: statSync(file).size}));
	const [largest] = memfds.toSorted((a, b) => b.bytes - a.bytes);
	if (largest === undefined) throw new Error(`process ${pid} has no memfd open`);
	return largest.file;
}

/**
 * Hashes the whole memory of a workload guest by plain reads of its memfd: shares no code with the engine, its mappings or its trackers.
 * The guest must be paused for the result to mean anything.
 */
export function hashGuestMemory(pid: number): MemoryHash {
	const fd = openSync(guestMemoryPath(pid), 'r');
	try {
		const {size} = fstatSync(fd);
		const hash = createHash('sha256');
		const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size));
		let at = 0;
		while (at < size) {
			const count = readSync(fd, chunk, 0, Math.min(chunk.length, size - at), at);
			if (count === 0) throw new Error(`memory of process ${pid} ends at ${at} of ${size} bytes`);
			hash.update(chunk.subarray(0, count));
			at += count;
		}

		return {sha256: hash.digest('hex'), bytes: size};
	} finally {
		closeSync(fd);
	}
}
