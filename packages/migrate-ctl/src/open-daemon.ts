import {resolve} from 'node:path';
import {type Config, loadConfig} from '@sterna/host/config';
import type {GlobalOptions} from './cli.ts';
import {Daemon, type DaemonRole, type OpenOptions} from './daemon.ts';
import type {CliIo} from './io.ts';

/**
 * Connects to a daemon of this host: at `--socket`, else where configuration, `--run-dir` and defaults have its socket.
 * Rejects ERR_CONFIG and ERR_DAEMON_UNREACHABLE.
 */
export async function openDaemon(
	role: DaemonRole,
	globals: GlobalOptions,
	{io, ...options}: OpenOptions & {readonly io: Pick<CliIo, 'env' | 'cwd'>},
): Promise<Daemon> {
	const config = configOf(globals, io);
	const unix = globals.socket === undefined ? config[role].socket : resolve(io.cwd, globals.socket);
	return Daemon.connect({unix}, {...options, host: config.hostName});
}

/** The configuration of this host, as the global options have it. Throws ERR_CONFIG. */
export function configOf({config: file, runDir}: GlobalOptions, {env, cwd}: Pick<CliIo, 'env' | 'cwd'>): Config {
	return loadConfig({
		side: 'migrate-ctl',
		env,
		...(file === undefined ? {} : {file: resolve(cwd, file)}),
		overrides: runDir === undefined ? {} : {runDir: resolve(cwd, runDir)},
	});
}
