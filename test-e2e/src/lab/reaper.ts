import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';

/** The environment variable by which everything that belongs to a lab is found again. */
export const LAB_VARIABLE = 'STERNA_LAB';

/** The environment variable that tells what runs in a lab, hooks for one, where the lab is. */
export const LAB_DIRECTORY_VARIABLE = 'STERNA_LAB_DIRECTORY';

const SCRIPT = path.join(import.meta.dirname, 'reap.sh');

/** Ends a lab's processes and removes its directory, once; also when the process that started it dies first. */
export type Reaper = {
	/** Resolves when nothing of the lab is left. Idempotent. */
	reap(): Promise<void>;
};

/**
 * Starts a process of its own that waits for this one to end. A lab's guests and daemons are detached on purpose,
 * so that no exit handler of ours could be trusted with them.
 */
export function startReaper(labId: string, directory: string): Reaper {
	const environment = {...process.env};
	delete environment[LAB_VARIABLE];
	const child = spawn('/bin/sh', [SCRIPT, labId, directory], {stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: environment});
	const exited = once(child, 'exit');
	// Neither the process nor its pipe keeps a program alive that is done.
	child.unref();
	if (child.stdin !== null && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
	return {
		async reap() {
			child.ref();
			child.stdin.end();
			await exited;
		},
	};
}
