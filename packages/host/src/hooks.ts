import {spawn, type ChildProcess} from 'node:child_process';
import type {Phase, Side} from '@sterna/protocol';
import type {Logger} from './log.ts';
import {operationError} from './operation-faults.ts';

export type HookOptions = {
	/** Name in the configuration: `before-go`. */
	readonly name: string;
	/** Program and arguments; no shell. */
	readonly argv: readonly string[];
	readonly timeoutMs: number;
	/** Written to the program's stdin as one line of JSON. */
	readonly input: object;
	readonly side: Side;
	readonly phase: Phase;
	readonly log: Logger;
	/** Kills the hook; `runHook` then rejects with the signal's reason. */
	readonly signal?: AbortSignal;
};

/** What of a hook's output is kept for the log; the rest is read and dropped. */
const MAX_OUTPUT_BYTES = 16 * 1024;
/** For output that is still in the pipes when the program has ended. */
const LAST_OUTPUT_MS = 50;

type HookEnd = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly killedBy: 'timeout' | 'signal' | undefined};

/**
 * Runs a configured program and waits for it, in a process group of its own that is killed as a whole at the timeout. Its output goes to the log.
 * Rejects ERR_HOOK when it cannot be started, does not exit with 0, or takes too long.
 */
export async function runHook({name, argv, timeoutMs, input, side, phase, log, signal}: HookOptions): Promise<void> {
	signal?.throwIfAborted();
	const failed = (message: string, cause?: unknown): Error =>
		operationError('ERR_HOOK', message, {side, phase, runsOn: {kind: 'unknown'}}, cause === undefined ? undefined : {cause});
	const [program = '', ...args] = argv;
	const startedMs = performance.now();
	const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'pipe'], detached: true});
	const output = {stdout: collect(child.stdout), stderr: collect(child.stderr)};
	// A hook that does not care for its input may close it.
	child.stdin.on('error', () => undefined);
	child.stdin.end(`${JSON.stringify(input)}\n`);
	const end = await waitFor(child, timeoutMs, signal).catch((error: unknown) => {
		throw failed(`the hook ${name} (${program}) cannot be started`, error);
	});
	const {stdout, stderr} = {stdout: output.stdout(), stderr: output.stderr()};
	const elapsedMs = Math.round(performance.now() - startedMs);
	log.info({hook: name, argv, exitCode: end.code, exitSignal: end.signal, elapsedMs, stdout, stderr}, 'hook ended');
	if (end.killedBy === 'signal') throw signal?.reason;
	if (end.killedBy === 'timeout') throw failed(`the hook ${name} (${program}) was killed: it took more than ${timeoutMs} ms`);
	if (end.code === 0) return;
	const how = end.code === null ? `was killed by ${end.signal}` : `exited with ${end.code}`;
	const [lastWord = ''] = stderr.trim().split('\n').slice(-1);
	throw failed(`the hook ${name} (${program}) ${how}${lastWord === '' ? '' : `: ${lastWord.slice(0, 200)}`}`);
}

async function waitFor(child: ChildProcess, timeoutMs: number, signal: AbortSignal | undefined): Promise<HookEnd> {
	const {promise, resolve, reject} = Promise.withResolvers<HookEnd>();
	let killedBy: HookEnd['killedBy'];
	const kill = (by: HookEnd['killedBy']): void => {
		killedBy ??= by;
		if (child.pid === undefined) return;
		try {
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// The group has gone already.
		}
	};
	const timer = setTimeout(() => kill('timeout'), timeoutMs);
	const onAbort = (): void => kill('signal');
	signal?.addEventListener('abort', onAbort, {once: true});
	child.once('error', reject);
	child.once('exit', (code, exitSignal) => {
		const end = (): void => resolve({code, signal: exitSignal, killedBy});
		child.once('close', end);
		// What the hook left running in the background may have its pipes: it does not keep us.
		setTimeout(end, LAST_OUTPUT_MS).unref();
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', onAbort);
		child.stdout?.destroy();
		child.stderr?.destroy();
	}
}

/** Keeps the beginning of what comes, and goes on reading, so that the writer never blocks. */
function collect(stream: NodeJS.ReadableStream): () => string {
	const chunks: Buffer[] = [];
	let kept = 0;
	stream.on('data', (chunk: Buffer) => {
		if (kept >= MAX_OUTPUT_BYTES) return;
		chunks.push(chunk.subarray(0, MAX_OUTPUT_BYTES - kept));
		kept += chunk.length;
	});
	return () => Buffer.concat(chunks).toString();
}
