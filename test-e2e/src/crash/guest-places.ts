import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab} from '../lab/lab.ts';
import {LAB_VARIABLE} from '../lab/reaper.ts';

/** Longer than several lines of a guest take, on a loaded machine too. */
const OBSERVED_MS = 400;

/**
 * On which hosts a guest writes lines: none while it stands still, and two would be the fault that everything here is about. Looks twice, as a guest
 * may be handed over while it is looked at: one that writes on two hosts in two stretches of time behind each other is two.
 */
export async function placesOf(lab: Lab, domain: string): Promise<string[]> {
	const sizes = (): number[] => lab.hosts.map(host => host.output(domain).length);
	const first = sizes();
	await sleep(OBSERVED_MS);
	const second = sizes();
	await sleep(OBSERVED_MS);
	const third = sizes();
	const grew = (before: readonly number[], after: readonly number[], index: number): boolean => (after[index] ?? 0) > (before[index] ?? 0);
	return lab.hosts.filter((_, index) => grew(first, second, index) && grew(second, third, index)).map(({name}) => name);
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
