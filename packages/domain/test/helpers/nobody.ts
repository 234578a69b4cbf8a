import {spawnSync} from 'node:child_process';
import process from 'node:process';

/** A user without any privilege. */
export const NOBODY = {uid: 65_534, gid: 65_534};

/** Who shall run a script of ours without privilege: nobody, where this user may say so and nobody can read this checkout (one below /root is not); otherwise ourselves. */
export function ordinaryUser(script: string): Partial<typeof NOBODY> {
	const canRun = (): boolean => spawnSync(process.execPath, ['--check', script], {...NOBODY, cwd: '/', stdio: 'ignore'}).status === 0;
	return process.getuid?.() === 0 && canRun() ? NOBODY : {};
}
