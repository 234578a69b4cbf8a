import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {driverFor, type GuestHandle, type GuestPlace, type WorkloadDefinition} from '@sterna/domain';
import type {ProcessHandle} from '../../src/drivers/process-handle.ts';
import {spawnGuest} from '../../src/drivers/workload/spawn-guest.ts';

/** A directory of the test's own, gone after it. */
export function temporaryDirectory(t: ExecutionContext): string {
	const directory = mkdtempSync(join(tmpdir(), 'sterna-test-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** A place on a host; whatever guest is in it is removed after the test. */
export function newPlace(t: ExecutionContext): GuestPlace {
	const directory = temporaryDirectory(t);
	const place = {domainDir: join(directory, 'd'), runDir: join(directory, 'r'), outputFile: join(directory, 'output')};
	mkdirSync(place.domainDir);
	mkdirSync(place.runDir);
	return place;
}

/** Removes a guest after the test, whatever became of it. */
export function removeAfter(t: ExecutionContext, handle: GuestHandle, place: GuestPlace): void {
	t.teardown(() => driverFor(handle.kind === 'process' ? 'workload' : 'image').remove(handle, place));
}

/** Starts a workload guest that does not outlive the test. */
export async function startGuest(
	t: ExecutionContext,
	definition: WorkloadDefinition,
	options: Parameters<typeof spawnGuest>[2] = {mode: 'run'},
): Promise<{definition: WorkloadDefinition; place: GuestPlace; handle: ProcessHandle}> {
	const place = newPlace(t);
	const handle = await spawnGuest(definition, place, options);
	removeAfter(t, handle, place);
	return {definition, place, handle};
}

/** A guest's output so far. */
export function outputOf({outputFile}: GuestPlace): string {
	return readFileSync(outputFile, 'utf8');
}

/** What nothing in a test takes as long as, in milliseconds: what is waited for longer never comes. */
const PATIENCE_MS = 60_000;

/** Waits until something is true. Throws after a minute: a test that waits for ever stops the whole run. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	if (!(await within(PATIENCE_MS, condition))) throw new Error(`waited in vain for ${PATIENCE_MS} ms: ${condition.toString()}`);
}

/** Whether something becomes true in so many milliseconds. */
export async function within(milliseconds: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
	const deadlineMs = performance.now() + milliseconds;
	while (!(await condition())) {
		if (performance.now() > deadlineMs) return false;
		await new Promise<void>(resolve => {
			setTimeout(resolve, 2);
		});
	}

	return true;
}
