import {formatDuration} from '@sterna/host/units';
import type {FailoverReply} from '@sterna/protocol/control';
import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {askEither} from '../../ask.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {addExamples, addText} from '../../help.ts';
import {formatCount} from '../../render/quantity.ts';

type FailoverOptions = {readonly planned?: true; readonly sourceIsDead?: true; readonly json?: true};

export function addFailoverCommand(program: Command, cli: Cli): void {
	const command = program
		.command('failover')
		.summary('let a protected domain go on from its standby')
		.description(
			'On the host of the standby: the guest goes on there, from the last whole checkpoint. While the source answers it helps, and nothing is lost. On the host of the source: the same, planned.',
		)
		.addArgument(argumentOf('standby-domain', '<domain>', 'the domain, whose standby is on this host, or that is protected here'))
		.option('--planned', 'only with the help of the source, without loss')
		.option('--source-is-dead', 'the source does not answer: you answer for it that the guest does not run there')
		.option('--json', 'one JSON object')
		.action(async (domain: string, {planned, sourceIsDead, json}: FailoverOptions, self: Command) => {
			if (planned === true && sourceIsDead === true)
				self.error('error: a dead source cannot help with a planned failover.', {exitCode: 2, code: 'commander.conflictingOption'});
			await askEither(
				cli,
				globalsOf(self),
				async daemon => {
					const reply = await daemon.failover({domain, planned: planned === true, sourceIsDead: sourceIsDead === true});
					if (json === true) printJson(cli, {failover: reply});
					else print(cli, describe(reply));
				},
				['receiver', 'sender'],
			);
		});
	addExamples(command, [
		['migrate-ctl failover dom1', 'on the host of the standby'],
		['migrate-ctl failover dom1 --source-is-dead', 'the other host was switched off by hand'],
	]);
	addText(
		command,
		'What allows it',
		'The source, which answers and hands the guest over; or else its lease, once that has run out; the configured fence command (`[standby] fence`); or a person, by --source-is-dead. Never two of the guest run.',
	);
}

const ALLOWED_BY: Readonly<Record<FailoverReply['because'], string>> = {
	lease: 'its lease is held here',
	planned: 'the source handed it over',
	fence: 'the fence command said that the source is off',
	'source-is-dead': 'you said that the source is dead',
};

function describe({domain, runsOn, epoch, because, decidedToRunningMs}: FailoverReply): string {
	return `${domain} runs on ${runsOn}, from checkpoint ${formatCount(epoch)} on: ${ALLOWED_BY[because]}; it ran ${formatDuration(decidedToRunningMs)} after that was decided`;
}
