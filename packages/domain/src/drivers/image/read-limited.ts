import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import {DomainError} from '../../domain-error.ts';

/** Reads a plain file of at most so many bytes; the size is checked before anything is allocated. Throws ERR_FILE. */
export function readLimited(path: string, limitBytes: number): Uint8Array {
	let fd: number | undefined;
	try {
		fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const stat = fstatSync(fd);
		if (!stat.isFile()) throw new DomainError('ERR_FILE', `${path} is not a plain file`);
		if (stat.size > limitBytes) throw new DomainError('ERR_FILE', `${path} has ${stat.size} bytes, more than the ${limitBytes} allowed`);
		return readFileSync(fd);
	} catch (error) {
		if (error instanceof DomainError) throw error;
		throw new DomainError('ERR_FILE', `${path} cannot be read`, {cause: error});
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}
