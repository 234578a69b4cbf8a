#!/usr/bin/env node
import {compileWithoutMaglev} from '@sterna/system/compiler-threads';
import {endProcess, endProcessWhenDone} from '@sterna/system/end-process';
import type {CliIo, Interrupt} from './io.ts';
import {run} from './program.ts';

compileWithoutMaglev();

const INTERRUPTS: readonly Interrupt[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** 128 + SIGPIPE, as a shell reports a program whose reader went away. */
const CLOSED_PIPE_STATUS = 141;

const io: CliIo = {
	get stdin() {
		return process.stdin; // Node opens it when it is asked for.
	},
	stdout: process.stdout,
	stderr: process.stderr,
	env: process.env,
	cwd: process.cwd(),
	unicode: hasUnicode(process.env),
	now: () => performance.now(),
	listen(handler) {
		for (const signal of INTERRUPTS) process.on(signal, handler);
		return {
			[Symbol.dispose]() {
				for (const signal of INTERRUPTS) process.off(signal, handler);
			},
		};
	},
};

for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		// `migrate-ctl … | head` has read enough. Anything else nobody can be told of: the stream to tell it on is the one that failed.
		endProcess(error.code === 'EPIPE' ? CLOSED_PIPE_STATUS : 1);
	});
}

process.exitCode = await run(process.argv.slice(2), io);
// What it printed may still be on its way into a pipe.
endProcessWhenDone();

/** Whether the locale encodes characters in UTF-8. */
function hasUnicode({LC_ALL, LC_CTYPE, LANG}: NodeJS.ProcessEnv): boolean {
	return /utf-?8/i.test([LC_ALL, LC_CTYPE, LANG].find(name => name !== undefined && name !== '') ?? '');
}
