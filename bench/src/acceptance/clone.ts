import {execFileSync} from 'node:child_process';
import {chmodSync, lchownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {SHARED_DIRECTORY} from '@sterna/test-e2e';
import {CHECKOUT} from './subject.ts';

/** What npm, pnpm and our own launcher leave in the environment of a program that they run, and what would change how Node runs. */
const LEFT_BY_LAUNCHERS = /^(?:npm_|pnpm_|INIT_CWD$|NODE$|NODE_OPTIONS$|NODE_PATH$|STERNA_|XDG_|HOME$|PATH$)/i;

/** A clone of the last commit in an empty directory, with ../shared beside it, and a home and caches that are empty. Removed at the end. */
export class Clone implements Disposable {
	/** Where everything is. */
	readonly base: string;
	readonly checkout: string;
	/** For programs that run in it: nothing of this process's checkout, home or caches. */
	readonly env: NodeJS.ProcessEnv;

	private constructor(base: string) {
		this.base = base;
		this.checkout = path.join(base, 'sterna');
		const home = path.join(base, 'home');
		// Where packages come from is the machine's affair.
		const registry = execFileSync('npm', ['config', 'get', 'registry'], {encoding: 'utf8', cwd: tmpdir()}).trim();
		this.env = {
			...Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_BY_LAUNCHERS.test(name))),
			PATH: (process.env['PATH'] ?? '')
				.split(path.delimiter)
				.filter(entry => !entry.includes('node_modules'))
				.join(path.delimiter),
			HOME: home,
			npm_config_registry: registry,
			npm_config_cache: path.join(home, 'npm-cache'),
			XDG_CACHE_HOME: path.join(home, 'cache'),
			XDG_CONFIG_HOME: path.join(home, 'config'),
			XDG_DATA_HOME: path.join(home, 'data'),
			XDG_STATE_HOME: path.join(home, 'state'),
		};
	}

	/** `owner`: a user id that all of it shall belong to; this process's own by default. */
	static make({owner}: {readonly owner?: number | undefined} = {}): Clone {
		const clone = new Clone(mkdtempSync(path.join(tmpdir(), 'sterna-clone-')));
		try {
			chmodSync(clone.base, 0o755);
			mkdirSync(path.join(clone.base, 'home'));
			symlinkSync(realpathSync(SHARED_DIRECTORY), path.join(clone.base, 'shared'));
			execFileSync('git', ['clone', '--quiet', '--no-hardlinks', CHECKOUT, clone.checkout], {stdio: ['ignore', 'ignore', 'pipe']});
			if (owner !== undefined) {
				lchownSync(clone.base, owner, owner);
				execFileSync('chown', ['-R', '--no-dereference', `${owner}:${owner}`, clone.checkout, path.join(clone.base, 'home')]);
			}
		} catch (error) {
			clone[Symbol.dispose]();
			throw error;
		}

		return clone;
	}

	[Symbol.dispose](): void {
		rmSync(this.base, {recursive: true, force: true});
	}
}
