import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import type {Command} from 'commander';
import {OperationError} from '@sterna/protocol';
import {askEither} from '../ask.ts';
import {type Cli, type GlobalOptions, globalsOf, print, printJson} from '../cli.ts';
import type {Daemon} from '../daemon.ts';
import {addExamples} from '../help.ts';
import {hasEnded} from '../progress/describe.ts';
import {printable} from '../render/printable.ts';
import {styleOf} from '../render/style.ts';
import {explain} from '../report/explain/index.ts';
import {renderPage} from '../report/html/page.ts';
import {fileError, loadRecord, RecordText} from '../report/load-record.ts';
import type {MigrationRecord} from '../report/record.ts';
import {reportJson} from '../report/report-json.ts';
import {renderReport} from '../report/text/render-report.ts';

export function addReportCommand(program: Command, cli: Cli): void {
	const command = program
		.command('report')
		.summary('what happened in a migration, and why')
		.description(
			'Tells from its recording what happened in a migration, why it ended so, where the guest is and what to do next. The recording is asked for from the daemons of this host, or read from a file, for which no daemon is needed.',
		)
		.argument('<id>', 'the id of a migration, the name of its domain (its latest), or the file of a recording')
		.option('--html <file>', 'write it as a page with plots instead: one file that needs no other')
		.option('--json', 'one JSON object')
		.action(async (id: string, options: {readonly html?: string; readonly json?: true}, self: Command) => {
			const told = await find(cli, globalsOf(self), id);
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

type Told = {readonly record: MigrationRecord; readonly underWay: boolean};

async function find(cli: Cli, globals: GlobalOptions, id: string): Promise<Told> {
	const file = resolve(cli.io.cwd, id);
	if (id.includes('/') || existsSync(file)) return {record: await loadRecord(file), underWay: false};
	let told: Told | undefined;
	await askEither(cli, globals, async daemon => {
		const text = new RecordText(`the recording of ${id}`);
		await daemon.record(id, async chunk => text.push(chunk));
		const record = text.read();
		told = {record, underWay: record.main.end === undefined && (await isUnderWay(daemon, record.id))};
	});
	if (told === undefined) throw new TypeError('asked, and neither answered nor refused');
	return told;
}

/** A daemon that was started anew knows nothing of what it recorded before. */
async function isUnderWay(daemon: Daemon, id: string): Promise<boolean> {
	try {
		return !hasEnded(await daemon.migration(id));
	} catch (error) {
		if (error instanceof OperationError && error.code === 'ERR_MIGRATION_UNKNOWN') return false;
		throw error;
	}
}

async function writePage(file: string, page: string): Promise<void> {
	try {
		await writeFile(file, page);
	} catch (error) {
		throw fileError(`${file} cannot be written`, [error instanceof Error ? error.message : String(error)]);
	}
}
