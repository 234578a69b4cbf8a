import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {exitStatusOf} from '../../exit-status.ts';
import {addExamples} from '../../help.ts';
import {printable} from '../../render/printable.ts';
import {formatCount} from '../../render/quantity.ts';
import {styleOf} from '../../render/style.ts';

/** `domain check`: the guest's own sweep of its memory, and whether every page was as it must be. */
export function addCheckCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('check')
		.summary('let a guest check all of its memory')
		.description(
			'Lets the guest check every page of its memory against what its program must have written there. Exit status 8 when one is wrong.',
		)
		.addArgument(argumentOf('domain', '<name>', 'the domain'))
		.option('--json', 'one JSON object')
		.action(async (name: string, options: {readonly json?: true}, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const checked = await daemon.checkDomain(name);
			const bad = checked.badPages > 0;
			if (options.json === true) printJson(cli, {checked: {name, ...checked, firstBad: checked.firstBad === '' ? null : checked.firstBad}});
			else print(cli, styleOf(cli.io.stdout)(bad ? 'bad' : 'good', printable(sentence(name, checked))));
			if (bad) cli.setExitStatus(exitStatusOf('ERR_GUEST_CORRUPT'));
		});
	addExamples(command, [['migrate-ctl domain check dom1', 'after a migration, for one']]);
}

function sentence(name: string, {pagesChecked, badPages, firstBad}: {pagesChecked: number; badPages: number; firstBad: string}): string {
	const pages = `${formatCount(pagesChecked)} pages`;
	return badPages === 0
		? `${name}: ${pages} checked, all as they must be`
		: `${name}: ${formatCount(badPages)} of ${pages} are wrong: ${firstBad}`;
}
