import {execFileSync} from 'node:child_process';
import {chmodSync, lchownSync, mkdirSync, realpathSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {SHARED_DIRECTORY} from '@sterna/test-e2e';
import {CHECKOUT} from './subject.ts';
import {TemporaryDirectory} from './temporary-directory.ts';

/** What npm, pnpm and our own launcher leave in the environment of a program that they run, and what would change how Node runs. */
const LEFT_BY_LAUNCHERS = /^(?:npm_|pnpm_|INIT_CWD$|NODE$|NODE_OPTIONS$|NODE_PATH$|STERNA_|XDG_|HOME$|PATH$)/i;

/** A clone of the last commit in an empty directory, with ../shared beside it, and a home and caches that are empty. Removed at the end. */
export class Clone implements Disposable {
	readonly checkout: string;
	/** For programs that run in it: nothing of this process's checkout, home or caches. */
	readonly env: NodeJS.ProcessEnv;
	readonly #directory: TemporaryDirectory;

	private constructor(directory: TemporaryDirectory) {
		this.#directory = directory;
		this.checkout = path.join(directory.path, 'sterna');
		const home = path.join(directory.path, 'home');
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
		const clone = new Clone(new TemporaryDirectory('clone'));
		const base = clone.#directory.path;
		try {
			chmodSync(base, 0o755);
			mkdirSync(path.join(base, 'home'));
			symlinkSync(realpathSync(SHARED_DIRECTORY), path.join(base, 'shared'));
			execFileSync('git', ['clone', '--quiet', '--no-hardlinks', CHECKOUT, clone.checkout], {stdio: ['ignore', 'ignore', 'pipe']});
			if (owner !== undefined) {
				lchownSync(base, owner, owner);
				execFileSync('chown', ['-R', '--no-dereference', `${owner}:${owner}`, clone.checkout, path.join(base, 'home')]);
			}
		} catch (error) {
			clone[Symbol.dispose]();
			throw error;
		}

		return clone;
	}

	[Symbol.dispose](): void {
		this.#directory[Symbol.dispose]();
	}
}
