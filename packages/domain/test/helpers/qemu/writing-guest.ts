import {execFileSync} from 'node:child_process';
import {truncateSync} from 'node:fs';
import path from 'node:path';

const SOURCE = path.join(import.meta.dirname, 'writing-guest.S');
const FLOPPY_BYTES = 1_474_560;
const WRITES_PER_TICK = 8;

/** What of its RAM the guest writes, at about 8000 writes a second; see writing-guest.S. */
export const WRITTEN = {offset: 16 * 1024 * 1024, bytes: 64 * 1024 * 1024} as const;

/** Assembles the guest as a floppy image in `directory`: its path. */
export function buildWritingGuest(directory: string): string {
	const image = path.join(directory, 'guest.img');
	const object = `${image}.o`;
	execFileSync('cc', ['-m32', '-c', `-DWRITES=${WRITES_PER_TICK}`, `-DREGION_BYTES=${WRITTEN.bytes}`, '-o', object, SOURCE]);
	// Where the firmware loads it.
	execFileSync('ld', ['-m', 'elf_i386', '-Ttext', '0x7c00', '--oformat', 'binary', '-o', image, object]);
	truncateSync(image, FLOPPY_BYTES);
	return image;
}
