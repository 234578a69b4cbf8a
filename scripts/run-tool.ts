import {spawn} from 'node:child_process';
import path from 'node:path';
import {ROOT} from './workspace.ts';

/** What a tool ended with: `status` is its exit status, or 128 + signal; `output` is both its streams as they came. */
export type ToolResult = {readonly status: number; readonly output: string};

/**
 * Runs a tool of node_modules/.bin (or a program by its path) to its end and keeps its output.
 * `onText` sees the output as it comes. Rejects only when the program cannot be started.
 */
export async function runTool(
	tool: string,
	args: readonly string[],
	{cwd = ROOT, env = process.env, onText}: {cwd?: string; env?: NodeJS.ProcessEnv; onText?: (text: string) => void} = {},
): Promise<ToolResult> {
	const bin = path.join(ROOT, 'node_modules', '.bin');
	const child = spawn(path.isAbsolute(tool) ? tool : path.join(bin, tool), args, {
		cwd,
		env: {...env, PATH: `${bin}${path.delimiter}${env['PATH'] ?? ''}`},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const parts: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => {
			parts.push(text);
			onText?.(text);
		});
	}

	const {promise, resolve, reject} = Promise.withResolvers<number>();
	child.on('error', reject);
	child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
	return {status: await promise, output: parts.join('')};
}
