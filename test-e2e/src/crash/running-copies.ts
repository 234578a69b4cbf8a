import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab} from '../lab/lab.ts';
import {guestProcesses} from './guest-places.ts';

/** Time that is looked at, and how much of it the threads of a guest that takes steps have had: one that stands still has next to none. */
const OBSERVED_MS = 300;
const LEAST_BUSY_NS = 2_000_000n;

/**
 * Process ids of the lab's guests of this name that take steps, whatever becomes of what they say. Looks twice: a guest may be handed over while it is looked at, and one that is just filled
 * or loaded takes some time without a step.
 */
export async function runningCopies(lab: Lab, domain: string): Promise<number[]> {
	const pids = guestProcesses(lab, domain);
	const first = pids.map(busyNs);
	await sleep(OBSERVED_MS);
	const second = pids.map(busyNs);
	await sleep(OBSERVED_MS);
	const third = pids.map(busyNs);
	const isBusy = (before: bigint | undefined, after: bigint | undefined): boolean =>
		before !== undefined && after !== undefined && after - before > LEAST_BUSY_NS;
	return pids.filter((_, index) => isBusy(first[index], second[index]) && isBusy(second[index], third[index]));
}

/** Processor time of all its threads, in nanoseconds; undefined where it has ended. */
function busyNs(pid: number): bigint | undefined {
	try {
		return readdirSync(`/proc/${pid}/task`)
			.map(thread => BigInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0] ?? 0))
			.reduce((sum, ns) => sum + ns, 0n);
	} catch {
		return undefined;
	}
}
