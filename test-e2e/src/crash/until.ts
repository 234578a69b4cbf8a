import {setTimeout as sleep} from 'node:timers/promises';

/** Far longer than anything here takes, on a loaded machine too. */
const PATIENCE_MS = 60_000;
const POLL_MS = 20;

/** Rejects with `what`, and what `last` says, where the condition does not come to hold. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, last: () => string = () => ''): Promise<void> {
	const deadline = performance.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (performance.now() > deadline) throw new Error(`waited in vain: ${what}; ${last()}`);
		await sleep(POLL_MS);
	}
}
