import {access, constants, lstat, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fault, type Judgement, ok, warning} from './finding.ts';

const OTHERS_WRITE = 0o002;
const GROUP_WRITES = 0o020;
const OTHERS_CONNECT = 0o006;

export type DirectoryFacts = {
	readonly path: string;
	/** The system's code where it cannot be looked at; undefined where it is there. */
	readonly missing: string | undefined;
	readonly isDirectory: boolean;
	readonly owner: number;
	readonly mode: number;
	/** The system's code of a file that was to be written there; undefined where that could be done. */
	readonly notWritable: string | undefined;
	/** Of the daemon. */
	readonly user: number;
};

/** Writes a file in it, and removes it: what permissions do not show, a full or read-only file system does. `user`: whose it should be. */
export async function directoryFacts(directory: string, user: number = process.geteuid?.() ?? 0): Promise<DirectoryFacts> {
	try {
		const found = await stat(directory);
		const isDirectory = found.isDirectory();
		return {
			path: directory,
			missing: undefined,
			isDirectory,
			owner: found.uid,
			mode: found.mode,
			notWritable: isDirectory ? await whyNotWritten(directory) : undefined,
			user,
		};
	} catch (error) {
		return {path: directory, missing: codeOf(error), isDirectory: false, owner: user, mode: 0, notWritable: undefined, user};
	}
}

async function whyNotWritten(directory: string): Promise<string | undefined> {
	const file = path.join(directory, `.doctor-${process.pid}`);
	try {
		await writeFile(file, '');
		return undefined;
	} catch (error) {
		return codeOf(error);
	} finally {
		await rm(file, {force: true});
	}
}

export function judgeDirectories(directories: readonly DirectoryFacts[]): readonly Judgement[] {
	const wrong = directories.flatMap(facts => judgeDirectory(facts) ?? []);
	return wrong.length > 0
		? wrong
		: [ok('directories', `${directories.length} directories can be written: ${directories.map(each => each.path).join(', ')}`)];
}

function judgeDirectory({path: directory, missing, isDirectory, owner, mode, notWritable, user}: DirectoryFacts): Judgement | undefined {
	if (missing !== undefined)
		return fault('directories', `${directory} is not there (${missing})`, `mkdir -m 700 -p ${directory}; chown ${user} ${directory}`);
	if (!isDirectory)
		return fault(
			'directories',
			`${directory} is not a directory`,
			`move ${directory} out of the way, and restart both daemons, which make it`,
		);
	if (owner !== user && owner !== 0)
		return fault(
			'directories',
			`${directory} is of user ${owner}, the daemon of ${user}`,
			`chown -R ${user} ${directory}; or run both daemons as user ${owner}`,
		);
	if (notWritable !== undefined)
		return fault(
			'directories',
			`${directory} cannot be written (${notWritable})`,
			`chown ${user} ${directory}; chmod u+rwx ${directory}; see that its file system is not read-only or full`,
		);
	if ((mode & (OTHERS_WRITE | GROUP_WRITES)) !== 0)
		return warning('directories', `others may write in ${directory} (mode ${modeText(mode)})`, `chmod go-w ${directory}`);
	return undefined;
}

export type SocketFacts = {readonly path: string; readonly mode: number | undefined};

export async function socketFacts(socket: string): Promise<SocketFacts> {
	try {
		return {path: socket, mode: (await lstat(socket)).mode};
	} catch {
		return {path: socket, mode: undefined};
	}
}

export function judgeSocket({path: socket, mode}: SocketFacts): Judgement {
	if (mode === undefined)
		return fault(
			'socket',
			`the control socket ${socket} is gone: nobody can reach the daemon any more`,
			'systemctl restart sterna-sender sterna-receiver',
		);
	if ((mode & OTHERS_CONNECT) !== 0)
		return warning(
			'socket',
			`everybody may use the control socket ${socket} (mode ${modeText(mode)})`,
			`chmod o-rwx ${socket}; operators belong into its socket-group`,
		);
	return ok('socket', `${socket}, mode ${modeText(mode)}`);
}

export type HookFacts = {
	/** Key of the configuration: `hooks.before-go`. */
	readonly key: string;
	readonly program: string;
	/** The system's code; undefined where it can be run. */
	readonly notRunnable: string | undefined;
};

/** A program is looked for as a daemon does: below PATH where it has no slash. */
export async function hookFacts(key: string, program: string): Promise<HookFacts> {
	const places = program.includes('/') ? [program] : (process.env['PATH'] ?? '').split(':').map(directory => path.join(directory, program));
	let notRunnable: string | undefined = 'ENOENT';
	for (const place of places) {
		try {
			await access(place, constants.X_OK);
			return {key, program, notRunnable: (await stat(place)).isFile() ? undefined : 'EISDIR'};
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') notRunnable = codeOf(error);
		}
	}

	return {key, program, notRunnable};
}

export function judgeHooks(hooks: readonly HookFacts[]): readonly Judgement[] {
	if (hooks.length === 0) return [ok('hooks', 'none is configured')];
	return hooks.map(({key, program, notRunnable}) =>
		notRunnable === undefined
			? ok('hooks', `${key}: ${program} can be run`)
			: fault('hooks', `${key}: ${program} cannot be run (${notRunnable})`, `install it, and chmod a+rx ${program}; or correct ${key}`),
	);
}

function modeText(mode: number): string {
	return (mode & 0o777).toString(8).padStart(4, '0');
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
