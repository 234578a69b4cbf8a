import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab} from '../lab/lab.ts';
import {LAB_VARIABLE} from '../lab/reaper.ts';

/** Longer than several lines of a guest take, on a loaded machine too. */
const OBSERVED_MS = 600;

/** On which hosts a guest writes lines now: none while it stands still, and two would be the fault that everything here is about. */
export async function placesOf(lab: Lab, domain: string): Promise<string[]> {
	const before = lab.hosts.map(host => host.output(domain).length);
	await sleep(OBSERVED_MS);
	return lab.hosts.filter((host, index) => host.output(domain).length > (before[index] ?? 0)).map(({name}) => name);
}

/** Process ids of the lab's guests of this name, running, paused or half made, whatever any daemon knows of them. */
export function guestProcesses(lab: Lab, domain: string): number[] {
	const found: number[] = [];
	for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
		try {
			const isGuest = readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`sterna-guest ${domain}`);
			const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${LAB_VARIABLE}=${lab.id}`);
			if (isGuest && isOurs) found.push(Number(pid));
		} catch {
			// It has ended since, or is another user's.
		}
	}

	return found;
}
