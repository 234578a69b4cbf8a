import {Option} from 'commander';
import type {ByteStream} from '@sterna/transport/control';
import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {bytesArgument} from '../../arguments.ts';
import {type Cli, globalsOf} from '../../cli.ts';
import {SIGNAL_STATUSES} from '../../exit-status.ts';
import {addExamples} from '../../help.ts';
import type {Interrupt} from '../../io.ts';
import {Keyboard} from '../../keyboard.ts';
import {printable} from '../../render/printable.ts';
import {writeOut} from '../../write-out.ts';

/** Why the console is left by its own person. */
const ESCAPED = 'escaped';

/** `domain console`: a guest's console, wherever the guest goes. */
export function addConsoleCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('console')
		.summary("a guest's console, which goes with it to other hosts")
		.description(
			'Shows what a guest writes and gives it what is typed, until it ends; also after it has moved to another host. Ctrl-] leaves. In a pipe, what comes in goes to the guest as it is.',
		)
		.addArgument(argumentOf('domain', '<name>', 'the domain'))
		.addOption(
			new Option('--tail <size>', 'of what it wrote before, so much is shown first').argParser(bytesArgument).default(4096, '4KiB'),
		)
		.action(async (name: string, {tail}: {readonly tail: number}, self: Command) => attend(cli, self, {name, tailBytes: tail}));
	addExamples(command, [
		['migrate-ctl domain console dom1', 'Ctrl-] leaves'],
		['echo reboot | migrate-ctl domain console dom1 --tail 0', 'what it writes from now on, too'],
	]);
}

async function attend(cli: Cli, self: Command, request: {readonly name: string; readonly tailBytes: number}): Promise<void> {
	const {stdin, stdout, stderr} = cli.io;
	const leaving = new AbortController();
	await using daemon = await cli.open('sender', globalsOf(self));
	using resources = new DisposableStack();
	resources.use(cli.io.listen(signal => leaving.abort(signal)));
	const keyboard = resources.use(new Keyboard(stdin));
	// What the guest wrote last may have no line break.
	const lineBreak = keyboard.isTerminal ? '\n' : '';
	resources.defer(() => void stderr.write(lineBreak));
	const note = (text: string): void => {
		stderr.write(`${lineBreak}[${printable(text)}]\n`);
	};
	if (keyboard.isTerminal) note(`the console of ${request.name}; Ctrl-] leaves`);
	try {
		const {output, input} = daemon.console(request, {onNote: note, signal: leaving.signal});
		// What ends the writing ends the reading, too, which says why.
		type(keyboard, input, () => leaving.abort(ESCAPED)).catch(() => undefined);
		for await (const bytes of output) await writeOut(stdout, bytes);
	} catch (error) {
		if (!leaving.signal.aborted) throw error;
		if (leaving.signal.reason !== ESCAPED) cli.setExitStatus(SIGNAL_STATUSES[leaving.signal.reason as Interrupt]);
	}
}

async function type(keyboard: Keyboard, input: Pick<ByteStream, 'write' | 'end'>, onEscape: () => void): Promise<void> {
	for await (const bytes of keyboard) await input.write(bytes);
	if (keyboard.hasEscaped) onEscape();
	else await input.end();
}
