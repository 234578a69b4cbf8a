import {constants} from 'node:fs';
import {access, open, realpath, stat} from 'node:fs/promises';
import path from 'node:path';
import type {QemuDisk} from '../definition.ts';

/** Of qcow2's header: the magic, the offset of a backing file's name at 8, incompatible features at 72 (version 3). Big-endian. */
const QCOW2_MAGIC = 0x51_46_49_fb;
const QCOW2_HEADER_BYTES = 80;
const BACKING_FILE_AT = 8;
const INCOMPATIBLE_AT = 72;
/** Bit 2: the guest's data is in a file of its own. */
const EXTERNAL_DATA = 4n;

/**
 * Why a guest may not have this file, as a clause; undefined where it may: it has to be a plain file in one of the directories, without a link
 * that leads out of them, and accessible to this process, as its QEMU runs as the same user. Nothing outside of the directories is looked at.
 */
export async function whyNotFile(
	file: string,
	directories: readonly string[],
	{write}: {readonly write: boolean},
): Promise<string | undefined> {
	if (path.normalize(file) !== file) return 'it is not written in the shortest way';
	const roots = await realDirectories(directories);
	if (![...directories, ...roots].some(directory => isWithin(directory, file)))
		return `it is in none of the directories that this host allows (${directories.join(', ') || 'none'})`;
	try {
		const real = await realpath(file);
		if (!roots.some(root => isWithin(root, real))) return 'a link in it leads out of the directories that this host allows';
		if (!(await stat(real)).isFile()) return 'it is not a plain file';
		await access(real, write ? constants.R_OK | constants.W_OK : constants.R_OK);
		return undefined;
	} catch (error) {
		return `it cannot be ${write ? 'read and written' : 'read'}: ${codeOf(error)}`;
	}
}

/** Why the content of an image is not what a guest may have: one that names another file, in any place, would bring that one, too. */
export async function whyNotImage({path: file, format}: QemuDisk): Promise<string | undefined> {
	if (format !== 'qcow2') return undefined;
	await using handle = await open(file, 'r');
	const {bytesRead, buffer} = await handle.read(Buffer.alloc(QCOW2_HEADER_BYTES), 0, QCOW2_HEADER_BYTES, 0);
	if (bytesRead < QCOW2_HEADER_BYTES || buffer.readUInt32BE(0) !== QCOW2_MAGIC) return 'it is not an image in qcow2';
	if (buffer.readBigUInt64BE(BACKING_FILE_AT) !== 0n) return 'it has a backing file; `qemu-img convert` makes an image that has none';
	const incompatible = buffer.readUInt32BE(4) >= 3 ? buffer.readBigUInt64BE(INCOMPATIBLE_AT) : 0n;
	return (incompatible & EXTERNAL_DATA) === 0n ? undefined : 'it has its data in another file';
}

/** Those that are there, without links. */
async function realDirectories(directories: readonly string[]): Promise<string[]> {
	const found = await Promise.all(directories.map(async directory => realpath(directory).catch(() => undefined)));
	return found.filter(directory => directory !== undefined);
}

function isWithin(directory: string, file: string): boolean {
	return file.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

function codeOf(error: unknown): string {
	const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'ENOENT' ? 'it is not there' : typeof code === 'string' ? code : String(error);
}
