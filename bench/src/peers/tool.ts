import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A peer's program is not installed, or not usable. The message says what to install. */
export class PeerMissingError extends Error {
	override readonly name = 'PeerMissingError';
}

/** Runs a program to its end and returns its standard output; rejects with what it said on standard error. */
export async function output(program: string, args: readonly string[], {timeoutMs = 120_000}: {timeoutMs?: number} = {}): Promise<string> {
	const {stdout} = await run(program, args, {timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024});
	return stdout;
}

/** The first line of `program --version`, or of what else `flag` is there. Rejects with a PeerMissingError that names the Debian package. */
export async function versionOf(program: string, debianPackage: string, flag = '--version'): Promise<string> {
	try {
		const [line = ''] = (await output(program, [flag])).split('\n');
		return line.trim();
	} catch (error) {
		throw new PeerMissingError(`${program} does not run: apt-get install ${debianPackage}`, {cause: error});
	}
}
