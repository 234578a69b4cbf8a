import {closeSync, existsSync, openSync, writeSync} from 'node:fs';
import path from 'node:path';
import {output, PeerMissingError} from './tool.ts';

const SOURCE = path.join(import.meta.dirname, 'dirty-guest.S');
const PAGE_BYTES = 4096;
/** Ticks of the guest's timer a second; see dirty-guest.S. */
const TICKS_PER_SECOND = 1000;
const FLOPPY_BYTES = 1_474_560;

/** Where the guest's hot set begins. */
export const HOT_SET_OFFSET = 16 * 1024 * 1024;

export type HotSet = {readonly hotBytes: number; readonly bytesPerSecond: number};

/** Assembles the dirtying guest's boot sector as a floppy image in `directory` and returns its path. */
export async function buildDirtyGuest(directory: string, {hotBytes, bytesPerSecond}: HotSet): Promise<string> {
	const pagesPerTick = Math.round(bytesPerSecond / PAGE_BYTES / TICKS_PER_SECOND);
	const image = path.join(directory, `dirty-${hotBytes}-${pagesPerTick}.img`);
	if (existsSync(image)) return image;
	const object = `${image}.o`;
	try {
		await output('cc', ['-m32', '-c', `-DPAGES_PER_TICK=${pagesPerTick}`, `-DREGION_BYTES=${hotBytes}`, '-o', object, SOURCE]);
		await output('ld', ['-m', 'elf_i386', '-Ttext', '0x7c00', '--oformat', 'binary', '-o', image, object]); // Where the firmware loads it.
	} catch (error) {
		throw new PeerMissingError('cc cannot assemble the boot sector: apt-get install gcc libc6-dev', {cause: error});
	}

	// Padded to the size of a floppy, which is how the firmware tells that it is one.
	const fd = openSync(image, 'r+');
	writeSync(fd, Buffer.alloc(1), 0, 1, FLOPPY_BYTES - 1);
	closeSync(fd);
	return image;
}
