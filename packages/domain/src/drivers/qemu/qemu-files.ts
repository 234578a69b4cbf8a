import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {basename} from 'node:path';
import type {GuestPlace} from '../../driver.ts';
import {removeRunFiles} from '../run-files.ts';
import {runFiles} from './run-files.ts';

/** Bytes at the end of QEMU's log that go into an error. */
const LOG_TAIL_BYTES = 2048;

/** Removes what a QEMU that is gone left in its run directory, state files included. Idempotent. */
export function removeQemuFiles(place: GuestPlace): void {
	removeRunFiles(
		place,
		Object.values(runFiles(place.runDir)).map(path => basename(path)),
	);
}

/** The last lines of what QEMU said, in one: `: ` and them, for the end of an error; empty where it said nothing or nothing is known of it. */
export function saidByQemu(place: GuestPlace): string {
	try {
		const fd = openSync(runFiles(place.runDir).log, 'r');
		try {
			const {size} = fstatSync(fd);
			const bytes = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
			const length = readSync(fd, bytes, 0, bytes.byteLength, size - bytes.byteLength);
			const lines = bytes.subarray(0, length).toString('utf8').split('\n');
			const text = lines
				.map(line => line.trim())
				.filter(line => line !== '')
				.join('; ');
			return text === '' ? '' : `: ${text}`;
		} finally {
			closeSync(fd);
		}
	} catch {
		return '';
	}
}
