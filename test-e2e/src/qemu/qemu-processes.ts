import {readdirSync, readFileSync} from 'node:fs';
import type {Lab} from '../lab/lab.ts';
import {LAB_VARIABLE} from '../lab/reaper.ts';

/** Process ids of a lab's QEMUs, running, paused or half made, whatever any daemon knows of them. */
export function qemuProcesses(lab: Lab): number[] {
	const found: number[] = [];
	for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
		try {
			const isQemu = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('qemu-system');
			const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${LAB_VARIABLE}=${lab.id}`);
			if (isQemu && isOurs) found.push(Number(pid));
		} catch {
			// It has ended since, or is another user's.
		}
	}

	return found;
}
