import {InvalidArgumentError} from 'commander';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {askBoth, warnOfSilent} from '../ask.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addExamples} from '../help.ts';
import {historyJson, historyTable} from '../render/history.ts';
import {styleOf} from '../render/style.ts';

/** Of one answer of a daemon. */
const MAX_ENTRIES = 500;
const DEFAULT_ENTRIES = 20;

export function addHistoryCommand(program: Command, cli: Cli): void {
	const command = program
		.command('history')
		.summary('list what migrations of this host there were')
		.description(
			'Lists migrations out of and into this host, saves and restores, newest first, as long as [history] keeps them. What one of them did, and why, tells `migrate-ctl report`.',
		)
		.addArgument(argumentOf('recorded-domain', '[domain]', 'only those of this domain, or whose id begins so'))
		.option('--limit <n>', `so many at most, up to ${MAX_ENTRIES}`, parseLimit, DEFAULT_ENTRIES)
		.option('--json', 'one JSON object')
		.action(async (domain: string | undefined, {limit, json}: {readonly limit: number; readonly json?: true}, self: Command) => {
			const asked = await askBoth(cli, globalsOf(self), async daemon => daemon.history({limit, domain: domain ?? ''}));
			const entries = asked.answers
				.flatMap(({value}) => value.entries)
				.toSorted((one, other) => other.startedAtMs - one.startedAtMs)
				.slice(0, limit);
			warnOfSilent(cli, asked);
			if (json === true) printJson(cli, {host: asked.answers[0]?.host ?? null, migrations: entries.map(entry => historyJson(entry))});
			else print(cli, entries.length === 0 ? 'no migrations' : historyTable(entries, styleOf(cli.io.stdout)));
		});
	addExamples(command, [
		['migrate-ctl history', 'the latest'],
		['migrate-ctl history dom1 --limit 5', 'of one domain'],
		['migrate-ctl history --json | jq -r .migrations[0].id', 'for a script'],
	]);
}

function parseLimit(text: string): number {
	const limit = Number(text);
	if (/^\d+$/v.test(text) && limit >= 1 && limit <= MAX_ENTRIES) return limit;
	throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_ENTRIES}.`);
}
