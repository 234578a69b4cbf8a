import {closeSync, constants, fstatSync, openSync, readSync, writeSync} from 'node:fs';
import {DomainError} from '../../../domain-error.ts';
import type {ForeignProcess} from './foreign-process.ts';
import type {FirmwareToWrite} from './helper-protocol.ts';
import type {ProcessMapping} from './process-maps.ts';

/**
 * Writes a firmware file into a process's memory: a QEMU that waits for a guest has left the ROM empty from which it would boot again.
 * All of it or nothing: the whole range must be writable memory of that process, the file of the size said.
 * Throws ERR_GUEST_EXITED, ERR_FILE, ERR_NOT_SUPPORTED.
 */
export function writeFirmware(target: ForeignProcess, mappings: readonly ProcessMapping[], {address, file, bytes}: FirmwareToWrite): void {
	const content = readWhole(file, bytes);
	const end = address + bytes;
	// The kernel would write to read-only memory as well, of a library say.
	if (!mappings.some(mapping => mapping.writable && mapping.start <= address && end <= mapping.end))
		throw new DomainError(
			'ERR_NOT_SUPPORTED',
			`process ${target.pid} has no writable memory from ${hex(address)} to ${hex(end)} for its firmware`,
		);
	const memory = target.open('mem', constants.O_WRONLY);
	try {
		const written = target.look(() => writeSync(memory, content, 0, bytes, address));
		if (written !== bytes)
			throw new DomainError('ERR_INTERNAL', `${written} of ${bytes} bytes of firmware were written to process ${target.pid}`);
	} finally {
		closeSync(memory);
	}
}

function readWhole(file: string, bytes: number): Buffer {
	let fd: number;
	try {
		fd = openSync(file, constants.O_RDONLY);
	} catch (error) {
		throw new DomainError('ERR_FILE', `the firmware ${file} cannot be opened`, {cause: error});
	}

	try {
		const {size} = fstatSync(fd);
		if (size !== bytes) throw new DomainError('ERR_FILE', `the firmware ${file} has ${size} bytes instead of ${bytes}`);
		const content = Buffer.alloc(bytes);
		const got = readSync(fd, content, 0, bytes, 0);
		if (got !== bytes) throw new DomainError('ERR_FILE', `the firmware ${file} gave ${got} bytes instead of ${bytes}`);
		return content;
	} finally {
		closeSync(fd);
	}
}

function hex(address: number): string {
	return `0x${address.toString(16)}`;
}
