import test, {registerCompletionHandler} from 'ava';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {endProcess, endProcessWhenDone} from '@sterna/system/end-process';
import {whatHolds} from './what-holds.ts';

/** Longer than anything takes that a test leaves behind on purpose, far shorter than ava's own time-outs. */
const PATIENCE_MS = 20_000;

/**
 * Loaded by every ava of the workspace (`require` of its configuration) into the process of each test file: sees to it that this process ends behind its last test. ava only waits for that,
 * and counts a process that does not end as failed, without a word of what held it. Where the process has nothing left to do, it ends without waiting for threads of Node.
 * Where something keeps it, it says on stderr what that is, and ends all the same with the status that it had: what counts is what the tests said.
 */
export default function endOfTests({patienceMs = PATIENCE_MS}: {readonly patienceMs?: number} = {}): void {
	registerCompletionHandler(() => {
		endProcessWhenDone();
		const patience = setTimeout(() => {
			process.stderr.write(
				`${fileURLToPath(test.meta.file)}: did not end by itself ${patienceMs / 1000} s after its last test. What keeps it:\n`,
			);
			for (const line of whatHolds()) process.stderr.write(`  ${line}\n`);
			endProcess(Number(process.exitCode ?? 0));
		}, patienceMs);
		patience.unref();
	});
}
