import {flushCompileCache} from 'node:module';
import process from 'node:process';
import {libc} from './libc.ts';

const exitCall = libc.func('void _exit(int status)');

/**
 * Ends this process at once and for certain, with all of its threads: called on the main thread where `process.exit` would be, and like that one loses what is still on its way, to a pipe
 * for instance. Listeners of 'exit' are run, and the compile cache is written. Nothing is waited for: `process.exit` joins V8's compiler threads, Node's thread pool and its workers,
 * and one of these that waits for the main thread, or for something that does not come, keeps the process for ever. See docs/adr/0001-toolchain.md.
 */
export function endProcess(status: number): never {
	process.exitCode = status;
	try {
		process.emit('exit', status);
		flushCompileCache();
	} finally {
		exitCall(status);
	}

	throw new Error('_exit returned');
}

/** Has this process end like that, with the status in `process.exitCode`, as soon as it has nothing left to do or to write: where Node would begin an exit of its own. */
export function endProcessWhenDone(): void {
	process.once('beforeExit', () => endProcess(Number(process.exitCode ?? 0)));
}
