/** `npm run check`: everything that must hold of a commit, each step in turn; exit status 1 when one failed. */
import process from 'node:process';
import {runTool} from './run-tool.ts';
import {ROOT} from './workspace.ts';

const STEPS: ReadonlyArray<{readonly name: string; readonly tool: string; readonly args: readonly string[]}> = [
	{name: 'format', tool: 'oxfmt', args: ['--check']},
	{name: 'typecheck', tool: process.execPath, args: ['scripts/typecheck.ts']},
	{name: 'lint', tool: 'oxlint', args: []},
	{name: 'generate', tool: process.execPath, args: ['scripts/generate-protocol.mjs', '--check']},
	{name: 'test', tool: process.execPath, args: ['scripts/test.ts']},
];

const failed: string[] = [];
for (const {name, tool, args} of STEPS) {
	console.log(`== ${name}`);
	const {status} = await runTool(tool, args, {cwd: ROOT, onText: text => process.stdout.write(text)});
	if (status !== 0) failed.push(name);
}

console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
