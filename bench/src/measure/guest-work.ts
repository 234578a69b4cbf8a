import {setTimeout as sleep} from 'node:timers/promises';
import type {LinuxGuest} from '@sterna/test-e2e';
import type {MemcheckReport} from '@sterna/test-guest';

const POLL_MS = 10;
const PATIENCE_MS = 60_000;

/** Pages that a Linux guest writes a second while `work` goes on: from one of its reports to another, by the clock outside of it. Rejects where it does not report. */
export async function pagesWrittenDuring<Result>(
	guest: LinuxGuest,
	work: () => Promise<Result>,
): Promise<{readonly perSecond: number; readonly result: Result}> {
	const first = await nextReport(guest);
	const startedMs = performance.now();
	const result = await work();
	const last = await nextReport(guest);
	return {perSecond: ((last.written - first.written) / (performance.now() - startedMs)) * 1000, result};
}

/** Resolves when the guest has just said how far it is. */
async function nextReport(guest: LinuxGuest): Promise<MemcheckReport> {
	const before = guest.boot?.report?.generation;
	const deadline = performance.now() + PATIENCE_MS;
	for (;;) {
		const report = guest.boot?.report;
		if (report !== undefined && report.generation !== before) return report;
		if (performance.now() > deadline) throw new Error(`${guest.name} has not reported for ${PATIENCE_MS / 1000} s`);
		await sleep(POLL_MS);
	}
}
