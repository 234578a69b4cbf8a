import {InvalidArgumentError} from 'commander';
import {resolve} from 'node:path';
import type {DiskChoice, DomainAdoptReply, NetworkChoice} from '@sterna/protocol/control';
import type {Command} from '../../command.ts';
import {argumentOf, optionOf} from '../../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {domainJson} from '../../domain-info.ts';
import {addExamples} from '../../help.ts';
import {domainTable} from '../../render/domains.ts';
import {printable} from '../../render/printable.ts';
import {type Style, styleOf} from '../../render/style.ts';

type AdoptOptions = {
	readonly qmp: string;
	readonly network: readonly NetworkChoice[];
	readonly disk: readonly DiskChoice[];
	readonly dryRun?: true;
	readonly json?: true;
};

const SHARINGS: readonly DiskChoice['sharing'][] = ['shared', 'mirror', 'read-only'];
/** What a shell takes as one word as it is. */
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** `domain adopt`: a guest that was started by hand, or by another manager, becomes a domain of this host. */
export function addAdoptCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('adopt')
		.summary('take over a QEMU guest that somebody else has started')
		.description(
			'Takes a running QEMU guest under management by its monitor, and finds out what another host needs to make its like. The guest runs on untouched. A guest that cannot be migrated is refused with everything that stands against it, and its cure.',
		)
		.addArgument(argumentOf('word', '[name]', 'of the domain (default: what QEMU was told by -name)'))
		.addOption(
			optionOf(
				'file',
				'--qmp <socket>',
				"the guest's monitor, a Unix socket that speaks QMP and that no other client uses",
			).makeOptionMandatory(),
		)
		.option('--network <netdev=network>', "which of the hosts' networks a network backend is on; once for each", networkArgument, [])
		.option(
			'--disk <drive=sharing>',
			`how a disk gets to the other host: ${SHARINGS.join(', ')} (default: shared); once for each`,
			diskArgument,
			[],
		)
		.option('--dry-run', 'only say what would be, and how another host would start it')
		.option('--json', 'one JSON object')
		.action(async (name: string | undefined, options: AdoptOptions, self: Command) => {
			const {network: networks, disk: disks, dryRun = false} = options;
			await using daemon = await cli.open('sender', globalsOf(self));
			const reply = await daemon.adoptDomain({qmp: resolve(cli.io.cwd, options.qmp), name: name ?? '', networks, disks, dryRun});
			const {domain: info, notes, command: words} = reply;
			if (options.json === true) printJson(cli, {domain: domainJson(info), dryRun, notes, command: words});
			else print(cli, render(reply, dryRun, styleOf(cli.io.stdout)));
		});
	addExamples(command, [
		['migrate-ctl domain adopt --qmp /run/vm1.qmp --dry-run', 'whether it can be migrated, and why not'],
		[
			'migrate-ctl domain adopt --qmp /run/vm1.qmp vm1 --network n0=lan --disk d0=mirror',
			'its card is on the network lan, its disk is not shared',
		],
	]);
}

function render({domain, notes, command}: DomainAdoptReply, dryRun: boolean, style: Style): string {
	const lines = dryRun ? [style('good', `${printable(domain.name)} can be migrated; nothing was changed`)] : [domainTable([domain], style)];
	for (const note of notes) lines.push(`${style('label', 'note:')} ${printable(note)}`);
	if (dryRun) lines.push(style('label', 'another host would start it by:'), command.map(word => shellWord(printable(word))).join(' '));
	return lines.join('\n');
}

/** As it can be pasted into a shell. */
function shellWord(word: string): string {
	return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function networkArgument(text: string, before: readonly NetworkChoice[]): NetworkChoice[] {
	const [netdev, network] = pairOf(text, 'such as n0=lan');
	return [...before, {netdev, network}];
}

function diskArgument(text: string, before: readonly DiskChoice[]): DiskChoice[] {
	const [drive, word] = pairOf(text, 'such as d0=mirror');
	const sharing = SHARINGS.find(known => known === word);
	if (sharing === undefined) throw new InvalidArgumentError(`It must be one of ${SHARINGS.join(', ')}.`);
	return [...before, {drive, sharing}];
}

function pairOf(text: string, example: string): [string, string] {
	const [, key, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
	if (key === undefined || value === undefined) throw new InvalidArgumentError(`It must have an equals sign, ${example}.`);
	return [key, value];
}
