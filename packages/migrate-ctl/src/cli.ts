import type {OperationFault} from '@sterna/protocol';
import type {Command} from './command.ts';
import type {Daemon, DaemonRole, OpenOptions} from './daemon.ts';
import {exitStatusOf} from './exit-status.ts';
import type {CliIo} from './io.ts';
import {faultJson, renderFault} from './render/fault.ts';
import {styleOf} from './render/style.ts';

/** Options that every command takes, before or after its name. */
export type GlobalOptions = {
	readonly config?: string;
	readonly runDir?: string;
	/** The control socket to talk to, whichever daemon listens there. */
	readonly socket?: string;
};

/** What every command is built with. */
export type Cli = {
	readonly io: CliIo;
	/** Opens a connection to a daemon of this host, as the configuration and the global options say. */
	readonly open: (role: DaemonRole, globals: GlobalOptions, options?: OpenOptions) => Promise<Daemon>;
	/** The exit status of the process where no error follows; 0 without a call. */
	readonly setExitStatus: (status: number) => void;
};

/** The global options of a command that runs. */
export function globalsOf(command: Command): GlobalOptions {
	return command.optsWithGlobals<GlobalOptions>();
}

/** Prints one JSON object as one line. */
export function printJson({io}: Pick<Cli, 'io'>, value: object): void {
	io.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints text and a line break. */
export function print({io}: Pick<Cli, 'io'>, text: string): void {
	io.stdout.write(`${text}\n`);
}

/** Prints an error, as a block to stderr or as one JSON line `{"error":…}` to stdout, and sets its exit status. */
export function reportFault(cli: Pick<Cli, 'io' | 'setExitStatus'>, fault: OperationFault, {json}: {readonly json: boolean}): void {
	if (json) printJson(cli, {error: faultJson(fault)});
	else cli.io.stderr.write(`${renderFault(fault, styleOf(cli.io.stderr))}\n`);
	cli.setExitStatus(exitStatusOf(fault.code));
}
