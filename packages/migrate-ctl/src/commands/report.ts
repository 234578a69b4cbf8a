import {writeFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import type {Command} from '../command.ts';
import {argumentOf, optionOf} from '../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addExamples} from '../help.ts';
import {printable} from '../render/printable.ts';
import {styleOf} from '../render/style.ts';
import {explain} from '../report/explain/index.ts';
import {renderPage} from '../report/html/page.ts';
import {findRecord} from '../report/find-record.ts';
import {fileError} from '../report/load-record.ts';
import {reportJson} from '../report/report-json.ts';
import {renderReport} from '../report/text/render-report.ts';

export function addReportCommand(program: Command, cli: Cli): void {
	const command = program
		.command('report')
		.summary('what happened in a migration, and why')
		.description(
			'Tells from its recording what happened in a migration, why it ended so, where the guest is and what to do next. The recording is asked for from the daemons of this host, or read from a file, for which no daemon is needed.',
		)
		.addArgument(argumentOf('recording', '<id>', 'the id of a migration, the name of its domain (its latest), or the file of a recording'))
		.addOption(optionOf('file', '--html <file>', 'write it as a page with plots instead: one file that needs no other'))
		.option('--json', 'one JSON object')
		.action(async (id: string, options: {readonly html?: string; readonly json?: true}, self: Command) => {
			const told = await findRecord(cli, globalsOf(self), id);
			const explanation = explain(told.record, {underWay: told.underWay});
			if (options.html !== undefined) await writePage(resolve(cli.io.cwd, options.html), renderPage(told.record, explanation));
			if (options.json === true) printJson(cli, reportJson(told.record, explanation));
			else if (options.html !== undefined) print(cli, `wrote ${printable(options.html)}: ${printable(explanation.headline)}`);
			else
				print(cli, renderReport(told.record, explanation, {style: styleOf(cli.io.stdout), width: widthOf(cli), unicode: cli.io.unicode}));
		});
	addExamples(command, [
		['migrate-ctl report dom1', 'the latest migration of a domain'],
		['migrate-ctl report m-7f3a --html dom1.html', 'a page to look at, or to send on'],
		['migrate-ctl report /var/lib/sterna/records/m-7f3a.jsonl', 'from a file, on any host'],
	]);
}

/** Lines longer than this are hard to read. */
const WIDEST = 100;
/** Of a pipe, and of a terminal that has no size. */
const USUAL = 80;

function widthOf({io}: Cli): number {
	const columns = io.stdout.isTTY === true ? (io.stdout.columns ?? 0) : 0;
	return Math.max(40, Math.min(WIDEST, columns > 0 ? columns : USUAL));
}

async function writePage(file: string, page: string): Promise<void> {
	try {
		await writeFile(file, page);
	} catch (error) {
		throw fileError(`${file} cannot be written`, [error instanceof Error ? error.message : String(error)]);
	}
}
