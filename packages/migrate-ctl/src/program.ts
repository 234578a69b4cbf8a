import {CommanderError} from 'commander';
import {causeChain, OperationError, type OperationFault} from '@sterna/protocol';
import {Command} from './command.ts';
import {optionOf} from './completion/word-kind.ts';
import {type Cli, type GlobalOptions, reportFault} from './cli.ts';
import {addCompletionCommands} from './commands/completion.ts';
import {addDoctorCommand} from './commands/doctor.ts';
import {addDomainCommands} from './commands/domain/index.ts';
import {addForecastCommand} from './commands/forecast.ts';
import {addHistoryCommand} from './commands/history.ts';
import {addHostsCommand} from './commands/hosts.ts';
import {addManCommand} from './commands/man.ts';
import {addCommandCommands, addListCommand, addTransferCommands, addWatchCommand} from './commands/migrations.ts';
import {addProtectionCommands} from './commands/protection/index.ts';
import {addReportCommand} from './commands/report.ts';
import {addReplayCommand} from './commands/replay.ts';
import {addResolveCommand} from './commands/resolve.ts';
import {addSetCommand} from './commands/set.ts';
import {addRestoreCommand, addSaveCommand} from './commands/save-restore.ts';
import {addStartCommand} from './commands/start.ts';
import {addStatusCommand} from './commands/status.ts';
import {addStreamCommands} from './commands/stream/index.ts';
import type {DaemonRole, OpenOptions} from './daemon.ts';
import {EXIT_STATUSES, exitStatusOf} from './exit-status.ts';
import {addEntries, addExamples, addText, HELP_WIDTH} from './help.ts';
import type {CliIo} from './io.ts';
import {openDaemon} from './open-daemon.ts';
import {styleOf} from './render/style.ts';
import {VERSION} from './version.ts';

/** Every command of `migrate-ctl`, for parsing and for its help. */
export function createProgram(cli: Cli): Command {
	const program = new Command('migrate-ctl')
		.description('Moves running virtual machines between hosts. Talks to the daemons of this host, sterna-sender and sterna-receiver.')
		.version(VERSION)
		.addOption(optionOf('file', '--config <file>', 'the configuration of this host (default: see below)'))
		.addOption(optionOf('directory', '--run-dir <dir>', 'where the sockets of the daemons are'))
		.addOption(optionOf('file', '--socket <path>', 'talk to the daemon that listens on this socket, and to no other'))
		.configureOutput({
			writeOut: text => cli.io.stdout.write(text),
			writeErr: text => cli.io.stderr.write(text),
			outputError(text, write) {
				const style = styleOf(cli.io.stderr);
				write(text.replace(/^error: /, `${style('bad', 'error')} ${style('title', 'ERR_USAGE')}: `));
			},
		})
		.configureHelp({showGlobalOptions: true, helpWidth: HELP_WIDTH})
		.showHelpAfterError('(add --help for what it takes, and examples)')
		.exitOverride();

	program.commandsGroup('Migrations:');
	addForecastCommand(program, cli, addStartCommand(program, cli));
	addStatusCommand(program, cli);
	addListCommand(program, cli);
	addWatchCommand(program, cli);
	addCommandCommands(program, cli);
	addTransferCommands(program, cli);
	addSetCommand(program, cli);
	addHistoryCommand(program, cli);
	addReportCommand(program, cli);
	addReplayCommand(program, cli);
	addResolveCommand(program, cli);
	program.commandsGroup('Standbys:');
	addProtectionCommands(program, cli);
	program.commandsGroup('Guests and files:');
	addDomainCommands(program, cli);
	addSaveCommand(program, cli);
	addRestoreCommand(program, cli);
	addStreamCommands(program, cli);
	program.commandsGroup('Hosts:');
	addHostsCommand(program, cli);
	addDoctorCommand(program, cli);
	program.commandsGroup('This program:');
	addCompletionCommands(program, cli);
	addManCommand(program, cli);

	addExamples(program, [
		['migrate-ctl domain create dom1 --memory 1GiB', 'a guest to try it with'],
		['migrate-ctl doctor host-b', 'can guests be moved there?'],
		['migrate-ctl start dom1 host-b', 'move it, live'],
		['migrate-ctl protect dom1 host-b', 'keep a standby that takes over'],
		['migrate-ctl status', 'what this host does and has'],
		['migrate-ctl save dom1 dom1.xl', 'into a file that Xen reads too'],
		['migrate-ctl stream verify dom1.xl', 'is it whole and right? no daemon needed'],
	]);
	addText(program, 'Configuration', CONFIGURATION_HELP);
	addEntries(program, 'Environment', ENVIRONMENT_HELP);
	addEntries(program, 'Files', FILES_HELP);
	addEntries(
		program,
		'Exit status',
		EXIT_STATUSES.map(([status, meaning]) => [String(status), meaning]),
	);
	return program;
}

const CONFIGURATION_HELP =
	'--config FILE, else $STERNA_CONFIG, else /etc/sterna/sterna.toml where there is one; without any, defaults that do for one machine. Its keys are in docs/operations.md. The daemons of a host read the same file.';

const ENVIRONMENT_HELP = [
	['STERNA_CONFIG', 'the configuration, where --config does not say it'],
	['NO_COLOR', 'set to anything: no colours'],
	['TERM', 'dumb: as in a pipe, nothing is redrawn'],
	['LC_ALL, LC_CTYPE, LANG', 'without UTF-8 nothing beyond ASCII is drawn'],
] as const;

const FILES_HELP = [
	['/etc/sterna/sterna.toml', 'the configuration of this host'],
	['/run/sterna/sender.sock', 'where sterna-sender listens (`sender.socket`); of a user that is not root, below $XDG_RUNTIME_DIR'],
	['/run/sterna/receiver.sock', 'where sterna-receiver does (`receiver.socket`)'],
	['/var/lib/sterna/records', 'recordings of migrations, which `report` and `replay` read (below `paths.state`)'],
] as const;

/**
 * Runs one command line (without the names of interpreter and program). Resolves with the exit status; every error of an operation
 * has been shown by then.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
	let exitStatus = 0;
	let json = false;
	const cli: Cli = {
		io,
		open: async (role: DaemonRole, globals: GlobalOptions, options?: OpenOptions) => openDaemon(role, globals, {...options, io}),
		setExitStatus(status) {
			exitStatus = status;
		},
	};
	const program = createProgram(cli).hook('preAction', (_program, action) => {
		json = action.opts<{readonly json?: boolean}>().json === true;
	});
	try {
		await program.parseAsync(argv, {from: 'user'});
	} catch (error) {
		// Commander has printed the help or the complaint already.
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatusOf('ERR_USAGE');
		reportFault(cli, error instanceof OperationError ? error.fault : internalFault(error), {json});
	}

	return exitStatus;
}

/** Whatever nobody expected. */
function internalFault(error: unknown): OperationFault {
	const [message = 'unknown', ...causes] = causeChain(error);
	return {code: 'ERR_INTERNAL', message, side: 'migrate-ctl', phase: 'request', runsOn: {kind: 'unknown'}, next: undefined, causes};
}
