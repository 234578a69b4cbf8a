import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {type Cli, globalsOf} from '../../cli.ts';
import {SIGNAL_STATUSES} from '../../exit-status.ts';
import {addExamples} from '../../help.ts';
import type {Interrupt} from '../../io.ts';
import {writeOut} from '../../write-out.ts';

/** `domain output`: the guest's own bytes, as they are. */
export function addOutputCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('output')
		.summary('print what a guest wrote')
		.description('Prints the output of a guest, byte for byte, from what the host still holds of it.')
		.addArgument(argumentOf('domain', '<name>', 'the domain'))
		.option('-f, --follow', 'go on with what it writes from now on, until it ends or Ctrl-C')
		.action(async (name: string, options: {readonly follow?: true}, self: Command) =>
			output(cli, self, {name, follow: options.follow === true}),
		);
	addExamples(command, [['migrate-ctl domain output dom1 --follow', 'numbered lines, without gap or repeat over a migration']]);
}

async function output(cli: Cli, self: Command, {name, follow}: {name: string; follow: boolean}): Promise<void> {
	const leaving = new AbortController();
	await using daemon = await cli.open('sender', globalsOf(self));
	using resources = new DisposableStack();
	resources.use(cli.io.listen(signal => leaving.abort(signal)));
	try {
		await daemon.output({name, follow}, {signal: leaving.signal, onData: async data => writeOut(cli.io.stdout, data)});
	} catch (error) {
		if (!leaving.signal.aborted) throw error;
		cli.setExitStatus(SIGNAL_STATUSES[leaving.signal.reason as Interrupt]);
	}
}
