import {resolve} from 'node:path';
import {loadConfig} from '@sterna/host/config';
import type {GlobalOptions} from './cli.ts';
import {Daemon, type DaemonRole} from './daemon.ts';
import type {CliIo} from './io.ts';

/**
 * Connects to a daemon of this host: at `--socket`, else where configuration, `--run-dir` and defaults have its socket.
 * Rejects ERR_CONFIG and ERR_DAEMON_UNREACHABLE.
 */
export async function openDaemon(
	role: DaemonRole,
	{config: file, runDir, socket}: GlobalOptions,
	{env, cwd}: Pick<CliIo, 'env' | 'cwd'>,
): Promise<Daemon> {
	const config = loadConfig({
		side: 'migrate-ctl',
		env,
		...(file === undefined ? {} : {file: resolve(cwd, file)}),
		overrides: runDir === undefined ? {} : {runDir: resolve(cwd, runDir)},
	});
	const unix = socket === undefined ? config[role].socket : resolve(cwd, socket);
	return Daemon.connect({unix}, {host: config.hostName});
}
