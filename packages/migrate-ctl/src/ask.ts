import {type ErrorCode, OperationError, type OperationFault} from '@sterna/protocol';
import type {Cli, GlobalOptions} from './cli.ts';
import type {Daemon, DaemonRole} from './daemon.ts';
import {printable} from './render/printable.ts';
import {styleOf} from './render/style.ts';

const ROLES: readonly DaemonRole[] = ['sender', 'receiver'];

export type Answer<Value> = {readonly role: DaemonRole; readonly software: string; readonly host: string; readonly value: Value};
export type Silence = {readonly role: DaemonRole; readonly fault: OperationFault};
export type Asked<Value> = {readonly answers: readonly Answer<Value>[]; readonly silent: readonly Silence[]};

/**
 * Asks both daemons of this host at once; with `--socket` only the one that listens there. One that does not answer is part of the result;
 * when none does, its error is thrown, and every other error always.
 */
export async function askBoth<Value>(
	cli: Cli,
	globals: GlobalOptions,
	question: (daemon: Daemon) => Promise<Value>,
): Promise<Asked<Value>> {
	const roles = globals.socket === undefined ? ROLES : ROLES.slice(0, 1);
	const results = await Promise.all(roles.map(async role => ask(cli, globals, role, question)));
	const answers = results.filter((result): result is Answer<Value> => 'value' in result);
	const silent = results.filter((result): result is Silence => 'fault' in result);
	const [first] = silent;
	if (answers.length === 0 && first !== undefined) throw new OperationError(first.fault);
	return {answers, silent};
}

async function ask<Value>(
	cli: Cli,
	globals: GlobalOptions,
	role: DaemonRole,
	question: (daemon: Daemon) => Promise<Value>,
): Promise<Answer<Value> | Silence> {
	try {
		await using daemon = await cli.open(role, globals);
		return {role: daemon.role, software: daemon.software, host: daemon.host, value: await question(daemon)};
	} catch (error) {
		if (error instanceof OperationError && error.code === 'ERR_DAEMON_UNREACHABLE') return {role, fault: error.fault};
		throw error;
	}
}

/** Says on stderr which daemon is missing in what was printed. */
export function warnOfSilent({io}: Pick<Cli, 'io'>, {silent}: Asked<unknown>): void {
	for (const {role, fault} of silent) {
		io.stderr.write(
			`${styleOf(io.stderr)('warning', 'warning')}: sterna-${role} does not answer, its part is missing: ${printable(fault.message)}\n`,
		);
	}
}

/**
 * Does `work` with the daemon that knows the migration: the sender knows the outgoing ones, the receiver the incoming ones.
 * When neither does, the error of the first is thrown. `roles`: in the order in which they are asked.
 */
export async function askEither(
	cli: Cli,
	globals: GlobalOptions,
	work: (daemon: Daemon) => Promise<void>,
	roles: readonly DaemonRole[] = ROLES,
): Promise<void> {
	let firstError: unknown;
	for (const role of globals.socket === undefined ? roles : roles.slice(0, 1)) {
		try {
			await using daemon = await cli.open(role, globals);
			return await work(daemon);
		} catch (error) {
			if (!isElsewhere(error)) throw error;
			firstError ??= error;
		}
	}

	throw firstError;
}

const ELSEWHERE: ReadonlySet<string> = new Set<ErrorCode>(['ERR_MIGRATION_UNKNOWN', 'ERR_PROTECTION_UNKNOWN', 'ERR_DAEMON_UNREACHABLE']);

/** Whether the other daemon may know more. */
function isElsewhere(error: unknown): boolean {
	return error instanceof OperationError && ELSEWHERE.has(error.code);
}
