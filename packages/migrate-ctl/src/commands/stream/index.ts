import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import type {Cli} from '../../cli.ts';
import {addEntries, addExamples} from '../../help.ts';
import {ByteSource} from './byte-source.ts';
import {inspectStream} from './inspect.ts';
import {LineWriter} from './line-writer.ts';
import {verifyStream} from './verify.ts';

type InspectFlags = {readonly json?: boolean; readonly memorySum?: boolean};
type VerifyFlags = {readonly json?: boolean; readonly allowSterna?: boolean};

const STATUSES = [
	['0', 'whole and right'],
	['1', 'wrong'],
	['3', 'a checkpointed stream that breaks off after at least one whole checkpoint: what a standby sees at failover'],
] as const;
const FILE_HELP = 'a saved guest, a captured migration, or a bare libxl or libxc stream; - for standard input';

/** Adds `stream inspect` and `stream verify`, which read files and talk to no daemon. */
export function addStreamCommands(program: Command, cli: Pick<Cli, 'io' | 'setExitStatus'>): void {
	const stream = program
		.command('stream')
		.summary('look at a saved or captured stream')
		.description('Looks at migration streams in files. Needs no daemon.');
	addInspectCommand(stream, cli);
	addVerifyCommand(stream, cli);
}

function addInspectCommand(stream: Command, cli: Pick<Cli, 'io' | 'setExitStatus'>): void {
	const command = stream
		.command('inspect')
		.summary('list the records of a stream')
		.description(
			'Lists every record of a stream with its layer, offset, type, length and content in short, then says whether the stream is whole and right.',
		)
		.addArgument(argumentOf('file', '<file>', FILE_HELP))
		.option('--json', 'one JSON object a record, a line each; the last one is {"result":…}')
		.option(
			'--memory-sum',
			'at each END, CHECKPOINT and VERIFY the sha256 of the memory sent so far; reads all pages and keeps 33 bytes of each',
		)
		.action(async (file: string, {json = false, memorySum = false}: InspectFlags) => {
			await withFile(cli, file, async (source, lines) => inspectStream(source, lines, {json, memorySum}));
		});
	addExamples(command, [
		['migrate-ctl stream inspect dom1.xl', 'what is in it'],
		['migrate-ctl stream inspect dom1.xl --memory-sum --json | jq -r .memorySha256', 'is it the same memory?'],
		['xz -dc dom1.xl.xz | migrate-ctl stream inspect - --json | jq \'select(.name == "HVM_PARAMS")\'', 'of a packed one'],
	]);
	addEntries(command, 'Exit status', STATUSES);
}

function addVerifyCommand(stream: Command, cli: Pick<Cli, 'io' | 'setExitStatus'>): void {
	const command = stream
		.command('verify')
		.summary('is a stream whole and right?')
		.description(
			'Checks a stream as strictly as the format permits: form and order of records, limits, reserved fields, and of a PV guest the frames it names. Says the byte offset of what is wrong first.',
		)
		.addArgument(argumentOf('file', '<file>', FILE_HELP))
		.option('--json', 'the answer as one JSON object {"result":…}')
		.option('--allow-sterna', "let Sterna's own optional records pass, which Xen rejects")
		.action(async (file: string, {json = false, allowSterna = false}: VerifyFlags) => {
			await withFile(cli, file, async (source, lines) => verifyStream(source, lines, {json, allowSterna}));
		});
	addExamples(command, [
		['migrate-ctl stream verify dom1.xl', 'can it be restored?'],
		['migrate-ctl stream verify tee.xl --allow-sterna', 'what two Sternas said to each other'],
	]);
	addEntries(command, 'Exit status', STATUSES);
}

async function withFile(
	{io, setExitStatus}: Pick<Cli, 'io' | 'setExitStatus'>,
	file: string,
	look: (source: ByteSource, lines: LineWriter) => Promise<number>,
): Promise<void> {
	using source = ByteSource.open(file, io.cwd);
	const lines = new LineWriter(io.stdout);
	const status = await look(source, lines);
	await lines.flush();
	setExitStatus(status);
}
