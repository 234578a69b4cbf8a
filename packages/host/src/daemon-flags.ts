import {Command, InvalidArgumentError, Option} from 'commander';
import type {ConfigOverrides} from './config/load-config.ts';
import {LOG_LEVELS} from './log.ts';
import {parseSize, UnitError} from './units.ts';

export type DaemonRole = 'sender' | 'receiver';

/** The command line of a daemon. */
export type DaemonFlags = {readonly config?: string; readonly logFile?: string; readonly overrides: ConfigOverrides};

const SUMMARIES: Readonly<Record<DaemonRole, string>> = {
	sender: 'Moves guests of this host to others. Takes commands from migrate-ctl on a Unix socket.',
	receiver: 'Takes in guests from other hosts.',
};

/** Parses the arguments of a daemon, without interpreter and program. Prints and exits for --help, --version (0) and mistakes (2). */
export function parseDaemonFlags(role: DaemonRole, version: string, argv: readonly string[]): DaemonFlags {
	const command = new Command(`sterna-${role}`)
		.description(SUMMARIES[role])
		.version(version)
		.option('--config <file>', 'configuration (default: $STERNA_CONFIG, else /etc/sterna/sterna.toml where there is one)')
		.option('--host-name <name>', 'name of this host')
		.option('--state-dir <dir>', 'where records of domains and migrations are kept')
		.option('--run-dir <dir>', 'where sockets and locks are')
		.option('--socket <path>', 'Unix socket for migrate-ctl')
		.addOption(new Option('--log-level <level>', 'what to log').choices(LOG_LEVELS))
		.option('--log-file <file>', 'where to log; otherwise to stderr')
		.allowExcessArguments(false)
		.exitOverride(error => process.exit(error.exitCode === 0 ? 0 : 2));
	if (role === 'sender') {
		command.addOption(new Option('--tracker <kind>', 'how writes of a guest are found').choices(['auto', 'pagemap-scan', 'compare']));
	} else {
		command
			.option('--listen-address <address>', 'where other hosts reach this one')
			.option('--control-port <port>', 'port for control, 0 for any', parsePort)
			.option('--data-port <port>', 'port for data, 0 for any', parsePort)
			.option('--memory-limit <size>', 'most memory of all guests together', parseSizeFlag);
	}

	const {config, logFile, memoryLimit, ...overrides} = command
		.parse(argv, {from: 'user'})
		.opts<ConfigOverrides & {readonly config?: string; readonly logFile?: string; readonly memoryLimit?: number}>();
	return {
		...(config === undefined ? {} : {config}),
		...(logFile === undefined ? {} : {logFile}),
		overrides: memoryLimit === undefined ? overrides : {...overrides, memoryLimitBytes: memoryLimit},
	};
}

function parsePort(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	throw new InvalidArgumentError('It is a number from 0 to 65535.');
}

function parseSizeFlag(text: string): number {
	try {
		return parseSize(text);
	} catch (error) {
		throw error instanceof UnitError ? new InvalidArgumentError(`${error.message}.`) : error;
	}
}
