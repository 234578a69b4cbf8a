import path from 'node:path';
import type {Check} from '../check.ts';
import {Clone} from '../clone.ts';
import {mustRun} from '../programs.ts';
import type {Detail} from '../steps.ts';

/** A user that no account has, and so no right beyond those of anybody. */
const NOBODY_IN_PARTICULAR = 64_123;

export const unprivilegedDemo: Check = {
	name: 'unprivileged-demo',
	title: 'the demo runs as an ordinary user without any privilege, and names its tracker',
	subject: 'commit',
	async run(steps) {
		await steps.step('demo as an ordinary user', async () => demo(path.join(steps.directory, 'demo.log'), steps.say));
	},
};

async function demo(logFile: string, say: (text: string) => void): Promise<Detail> {
	const isRoot = process.getuid?.() === 0;
	using clone = Clone.make({owner: isRoot ? NOBODY_IN_PARTICULAR : undefined});
	const id = String(NOBODY_IN_PARTICULAR);
	const drop = [
		'--reuid',
		id,
		'--regid',
		id,
		'--clear-groups',
		'--inh-caps=-all',
		'--ambient-caps=-all',
		'--bounding-set=-all',
		'--no-new-privs',
	];
	const [program, args] = isRoot ? ['setpriv', [...drop, 'npm', 'run', 'demo']] : ['npm', ['run', 'demo']];
	const {output, seconds} = await mustRun(program, args, {cwd: clone.checkout, env: {...clone.env, USER: id, LOGNAME: id}, logFile});
	for (const line of output.split('\n').filter(text => !text.startsWith('npm notice'))) say(`    ${line}`);
	const tracker = /dirty pages found by\s+(?<name>\S+)/.exec(output)?.groups?.['name'];
	if (tracker === undefined) throw new Error(`the demo does not say how it found the dirty pages; see ${logFile}`);
	return {user: isRoot ? id : String(process.getuid?.()), tracker, 'seconds with installation': seconds};
}
