import {Option} from 'commander';
import type {ResolveReply, ResolveRequest} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {askEither} from '../ask.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {exitStatusOf} from '../exit-status.ts';
import {addExamples} from '../help.ts';
import {printable} from '../render/printable.ts';

type ResolveOptions = {readonly force?: Exclude<ResolveRequest['force'], ''>; readonly json?: true};

export function addResolveCommand(program: Command, cli: Cli): void {
	const command = program
		.command('resolve')
		.summary('settle a handover that is not decided')
		.description(
			'Shows what this host knows of a handover that was cut, asks the other host if it can, and does the one safe thing. Undecided ones resolve by themselves as soon as both hosts talk again; what nobody can know is for a person to decide, by --force.',
		)
		.addArgument(argumentOf('domain', '<domain>', 'the name of the domain'))
		.addOption(
			new Option('--force <what>', 'decide it without the other host: without this option the consequences are shown').choices([
				'run-here',
				'destroy-here',
			]),
		)
		.option('--json', 'one JSON object')
		.action(async (domain: string, {force, json}: ResolveOptions, self: Command) => {
			await askEither(cli, globalsOf(self), async daemon => {
				const reply = await daemon.resolve({domain, force: force ?? ''});
				if (json === true) printJson(cli, {resolve: resolveJson(reply)});
				else print(cli, describe(reply, daemon.host));
				if (reply.step !== '' && reply.runsOn === '') cli.setExitStatus(exitStatusOf('ERR_UNDECIDED'));
			});
		});
	addExamples(command, [
		['migrate-ctl resolve dom1', 'ask now, and show what can be done'],
		['migrate-ctl resolve dom1 --force run-here', 'the other host is known to be dead'],
	]);
}

function resolveJson({role, step, peer, peerSays, runsOn, done, ...reply}: ResolveReply): object {
	const known = (text: string): string | null => (text === '' ? null : text);
	return {
		...reply,
		role: known(role),
		step: known(step),
		peer: known(peer),
		peerSays: known(peerSays),
		runsOn: known(runsOn),
		done: known(done),
	};
}

function describe({domain, role, step, peer, peerSays, runsOn, done, choices}: ResolveReply, host: string): string {
	if (role === '') return `${printable(domain)} runs on ${printable(runsOn)}: no handover of it is under way`;
	const lines = [`${printable(domain)}: ${host} is the ${role}, ${role === 'source' ? 'to' : 'from'} ${printable(peer)}`];
	lines.push(`  here         ${step === '' ? 'it is over' : step}`);
	if (role === 'source' && done === '')
		lines.push(`  ${printable(peer)} says  ${peerSays === '' ? 'nothing: it is not reached' : peerSays}`);
	else if (peerSays !== '') lines.push(`  ${printable(peer)} says  ${peerSays}`);
	if (done !== '') lines.push(`  done         ${printable(done)}`);
	lines.push(`  runs on      ${runsOn === '' ? 'not known' : printable(runsOn)}`);
	for (const choice of choices) lines.push(`  ${printable(choice)}`);
	return lines.join('\n');
}
