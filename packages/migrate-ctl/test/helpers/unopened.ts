import {Readable} from 'node:stream';
import type {Command} from 'commander';
import type {Cli} from '../../src/cli.ts';
import type {CliIo} from '../../src/io.ts';
import {createProgram} from '../../src/program.ts';
import {Sink} from './sink.ts';

/** The outside of a command line that nobody reads, and that has no environment. */
export const closedIo = (): CliIo & {readonly stdout: Sink; readonly stderr: Sink} => ({
	stdin: Readable.from([]),
	stdout: new Sink(),
	stderr: new Sink(),
	env: {},
	cwd: '/',
	unicode: false,
	now: () => 0,
	listen: () => new DisposableStack(),
});

/** What commands are built with where none of them runs. */
export const unopenedCli = (): Cli => ({
	io: closedIo(),
	open: async () => Promise.reject(new TypeError('nothing is opened here')),
	setExitStatus: () => undefined,
});

/** A command and everything below it. */
export function commandTree(command: Command): Command[] {
	return [command, ...command.commands.flatMap(child => commandTree(child))];
}

/** The program, with commands that parse what they are given and do nothing. Throws CommanderError for what does not parse, and for --help. */
export function parseOnly(argv: readonly string[]): void {
	const program = createProgram(unopenedCli());
	for (const command of commandTree(program)) if (command.commands.length === 0) command.action(() => undefined);
	program.parse(argv, {from: 'user'});
}
