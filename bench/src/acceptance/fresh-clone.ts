import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {CheckLog} from './check-log.ts';

const CHECKOUT = path.join(import.meta.dirname, '../../..');

/** Runs a program on this terminal; resolves with its exit status and how long it took. */
async function show(
	program: string,
	args: readonly string[],
	{cwd, env}: {cwd: string; env?: NodeJS.ProcessEnv},
): Promise<{status: number; seconds: number}> {
	const startedMs = performance.now();
	const child = spawn(program, args, {cwd, env, stdio: ['ignore', 'inherit', 'inherit']});
	const [status] = (await once(child, 'exit')) as [number | null];
	return {status: status ?? 1, seconds: (performance.now() - startedMs) / 1000};
}

/**
 * The last commit in an empty directory, without node_modules, with caches of npm and pnpm of its own that are empty, and with the Node that the machine has:
 * `npm run demo`, the same again (which installs nothing), `npm test`.
 */
export async function freshClone(): Promise<boolean> {
	const log = new CheckLog('fresh-clone');
	const base = mkdtempSync(path.join(tmpdir(), 'sterna-fresh-'));
	const clone = path.join(base, 'sterna');
	const home = path.join(base, 'home');
	mkdirSync(home);
	const env: NodeJS.ProcessEnv = {
		...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|pnpm_|INIT_CWD$|NODE)/i.test(name))),
		PATH: (process.env['PATH'] ?? '')
			.split(path.delimiter)
			.filter(entry => !entry.includes('node_modules'))
			.join(path.delimiter),
		HOME: home,
		XDG_CACHE_HOME: path.join(home, 'cache'),
		XDG_DATA_HOME: path.join(home, 'data'),
		// Where packages come from is the machine's own affair.
		npm_config_userconfig: path.join(homedir(), '.npmrc'),
		npm_config_cache: path.join(home, 'npm'),
		npm_config_store_dir: path.join(home, 'store'),
	};
	let isGood = true;
	try {
		await show('git', ['clone', '-q', CHECKOUT, clone], {cwd: base});
		for (const args of [['run', 'demo'], ['run', 'demo'], ['test']]) {
			const {status, seconds} = await show('npm', args, {cwd: clone, env});
			log.line(`npm ${args.join(' ')}: exit status ${status} after ${seconds.toFixed(1)} s`);
			isGood &&= status === 0;
		}
	} finally {
		rmSync(base, {recursive: true, force: true});
	}

	return isGood;
}
