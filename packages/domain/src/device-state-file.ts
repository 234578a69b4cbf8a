import {closeSync, constants, fstatSync, openSync, readSync, writeFileSync} from 'node:fs';
import {DomainError} from './domain-error.ts';

export type ReadDeviceStateOptions = {
	/** Bytes that the writer says the file has; undefined when it does not say. */
	readonly expectedBytes: number | undefined;
	/** Most bytes that are read: checked before anything is allocated. */
	readonly limitBytes: number;
};

/** Errors of open that mean "this is something else than a plain file". */
const NOT_A_FILE_CODES = new Set(['ELOOP', 'ENXIO', 'EISDIR', 'ENODEV']);

/**
 * Reads a device state that another process wrote to a plain file. Never blocks on a FIFO, follows no symbolic link, reads no device.
 * Synchronous: it is small, in memory mostly, and every turn of the event loop would lengthen the pause. Throws ERR_DEVICE_STATE_NOT_A_FILE; ERR_DEVICE_STATE_CHANGED when the size is not what the writer said, or anything about
 * the file changes while it is read; ERR_DEVICE_STATE when it is missing, unreadable or above the limit. The bytes belong to the caller.
 */
export function readDeviceStateFile(path: string, {expectedBytes, limitBytes}: ReadDeviceStateOptions): Uint8Array<ArrayBuffer> {
	let fd: number;
	try {
		fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	} catch (error) {
		if (error instanceof Error && 'code' in error && typeof error.code === 'string' && NOT_A_FILE_CODES.has(error.code))
			throw notAFile(path, error);
		throw new DomainError('ERR_DEVICE_STATE', `the device state ${path} cannot be opened`, {cause: error});
	}

	try {
		return readWhole(fd, path, expectedBytes, limitBytes);
	} finally {
		closeSync(fd);
	}
}

/** Writes a device state for another process to read. The file must not exist: nothing is followed or overwritten. Throws Node's error. */
export function writeDeviceStateFile(path: string, bytes: Uint8Array): void {
	writeFileSync(path, bytes, {flag: 'wx', mode: 0o600});
}

function readWhole(fd: number, path: string, expectedBytes: number | undefined, limitBytes: number): Uint8Array<ArrayBuffer> {
	const before = fstatSync(fd, {bigint: true});
	if (!before.isFile()) throw notAFile(path);
	if (before.size > BigInt(limitBytes)) {
		throw new DomainError('ERR_DEVICE_STATE', `the device state ${path} has ${before.size} bytes, more than the ${limitBytes} allowed`);
	}

	const size = Number(before.size);
	if (expectedBytes !== undefined && size !== expectedBytes) throw changed(path, `has ${size} bytes, the guest reported ${expectedBytes},`);
	// One byte more than the file says it has: a file of /proc says 0 and has many.
	const buffer = new Uint8Array(size + 1);
	let filled = 0;
	while (filled < buffer.byteLength) {
		const bytesRead = readSync(fd, buffer, filled, buffer.byteLength - filled, filled);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}

	if (filled !== size) throw changed(path, filled > size ? `has more than its ${size} bytes` : `ended after ${filled} of ${size} bytes`);
	const after = fstatSync(fd, {bigint: true});
	if (after.size !== before.size || after.mtimeNs !== before.mtimeNs || after.ctimeNs !== before.ctimeNs)
		throw changed(path, 'was written to');
	return buffer.subarray(0, size);
}

function notAFile(path: string, cause?: unknown): DomainError {
	return new DomainError('ERR_DEVICE_STATE_NOT_A_FILE', `the device state ${path} is not a plain file`, {cause});
}

function changed(path: string, what: string): DomainError {
	return new DomainError('ERR_DEVICE_STATE_CHANGED', `the device state ${path} ${what} while it was read`);
}
