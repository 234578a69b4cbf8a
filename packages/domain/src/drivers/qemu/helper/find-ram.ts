import {DomainError} from '../../../domain-error.ts';
import type {ProcessMapping} from './process-maps.ts';

/** How the kernel names the memory file of QEMU's `memory-backend-memfd`. */
const MEMFD_PATH = '/memfd:memory-backend-memfd';
const DELETED = ' (deleted)';
/** What QEMU calls the file that it makes in a directory, before the backend's name and six random letters; it removes that name at once. */
const MADE_FILE_PREFIX = 'qemu_back_mem.';

export type RamFile = {
	/** What a `memory-backend-file` has as its `mem-path`, free of symbolic links: its file, or a directory that QEMU has made one in. Or `memfd`, or `any` file. */
	readonly ramFile: string;
	readonly ramBytes: number;
};

/**
 * Finds a QEMU's guest RAM among its mappings: page n of the file is page n of the RAM, and stands at `start` + n × 4096.
 * Throws ERR_NOT_SUPPORTED where that is not so: no such file is mapped, privately, in pieces, or twice.
 */
export function findRam(mappings: readonly ProcessMapping[], {ramFile, ramBytes}: RamFile): ProcessMapping {
	const ofFile = mappings.filter(({path}) => isPathOf(ramFile, path));
	const where = ramFile === 'memfd' ? 'a memfd' : ramFile === 'any' ? 'a file' : ramFile;
	if (ofFile.length === 0) throw notSupported(`its RAM is not in ${where}: no such file is mapped in its process`);
	// A shared mapping is writable only where the process may write the file: one that was made to look like RAM gains nothing by it.
	const shared = ofFile.filter(mapping => mapping.shared && mapping.writable);
	if (shared.length === 0) throw notSupported(`its RAM in ${where} is no shared, writable mapping: start QEMU with share=on`);
	const fitting = shared.filter(({start, end, fileOffset}) => end - start === ramBytes && fileOffset === 0);
	const [found, second] = fitting;
	if (found === undefined) {
		const sizes = shared.map(({start, end}) => end - start).join(', ');
		throw notSupported(`its RAM in ${where} is not one mapping of ${ramBytes} bytes: there are mappings of ${sizes} bytes`);
	}

	if (second !== undefined) throw notSupported(`${fitting.length} mappings of ${where} have the size of its RAM, ${ramBytes} bytes`);
	return found;
}

function isPathOf(ramFile: string, path: string): boolean {
	if (ramFile === 'any') return path.startsWith('/');
	const name = ramFile === 'memfd' ? MEMFD_PATH : ramFile;
	return path === name || path === name + DELETED || path.startsWith(`${name}/${MADE_FILE_PREFIX}`);
}

function notSupported(reason: string): DomainError {
	return new DomainError('ERR_NOT_SUPPORTED', `the guest cannot be moved as it was started: ${reason}`);
}
