/** A program that ends in the way its argument names, while a thread of it sleeps in a system call that nothing ends. */
import koffi from 'koffi';
import process from 'node:process';
import {isMainThread, parentPort, Worker} from 'node:worker_threads';
import {endProcess, endProcessWhenDone} from '../../src/end-process.ts';

if (isMainThread) {
	process.on('exit', status => process.stdout.write(`listener: ${status}\n`));
	const sleeper = new Worker(new URL(import.meta.url));
	sleeper.once('message', () => {
		if (process.argv[2] === 'at-once') endProcess(7);
		sleeper.unref();
		process.exitCode = 8;
		endProcessWhenDone();
		// More than a pipe holds: it is read only by and by.
		process.stdout.write(`${'x'.repeat(1_000_000)}\n`);
	});
} else {
	parentPort?.postMessage('asleep');
	koffi.load('libc.so.6').func('int pause(void)')();
}
