import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** The checkout that this program is part of. */
export const CHECKOUT = path.join(import.meta.dirname, '../../..');

function git(...args: readonly string[]): string {
	return execFileSync('git', args, {cwd: CHECKOUT, encoding: 'utf8', maxBuffer: 2 ** 26});
}

/** The commit that the checkout stands on. */
export function headCommit(): string {
	return git('rev-parse', 'HEAD').trim();
}

/** What the checkout holds: its commit, and behind a `+` a hash of all that differs from it, untracked files included. */
export function treeIdentity(): string {
	const difference = git('diff', 'HEAD');
	const untracked = git('ls-files', '--others', '--exclude-standard', '-z').split('\0');
	const hash = createHash('sha256').update(difference);
	const files = untracked.map(file => path.join(CHECKOUT, file)).filter((file, index) => untracked[index] !== '' && existsSync(file));
	for (const file of files) hash.update(file).update(readFileSync(file));
	return difference === '' && files.length === 0 ? headCommit() : `${headCommit()}+${hash.digest('hex').slice(0, 12)}`;
}
