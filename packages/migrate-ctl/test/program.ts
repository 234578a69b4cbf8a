import {Readable} from 'node:stream';
import test from 'ava';
import type {Command} from 'commander';
import {ERROR_CODES} from '@sterna/protocol';
import {wordKindOf} from '../src/completion/word-kind.ts';
import {EXIT_STATUSES} from '../src/exit-status.ts';
import type {CliIo} from '../src/io.ts';
import {createProgram, run} from '../src/program.ts';
import {Sink} from './helpers/sink.ts';

const ioOf = (env: CliIo['env']): CliIo & {readonly stdout: Sink; readonly stderr: Sink} => ({
	stdin: Readable.from([]),
	stdout: new Sink(),
	stderr: new Sink(),
	env,
	cwd: '/',
	unicode: false,
	now: () => 0,
	listen: () => new DisposableStack(),
});

/** One command line in this process: what needs no daemon. */
async function cli(args: readonly string[], env: CliIo['env'] = {}): Promise<{status: number; stdout: string; stderr: string}> {
	const io = ioOf(env);
	const status = await run(args, io);
	return {status, stdout: io.stdout.text, stderr: io.stderr.text};
}

const program = createProgram({
	io: ioOf({}),
	open: async () => Promise.reject(new TypeError('nothing is opened here')),
	setExitStatus: () => undefined,
});

function leaves(command: Command): Command[] {
	return command.commands.length === 0 ? [command] : command.commands.flatMap(child => leaves(child));
}

test('every error code has an exit status that --help explains', t => {
	const explained = new Set(EXIT_STATUSES.map(([status]) => status));
	for (const [code, {exitStatus}] of Object.entries(ERROR_CODES)) t.true(explained.has(exitStatus), code);
});

test('every command describes itself, its arguments and its options', t => {
	for (const command of leaves(program)) {
		t.regex(command.description(), /\.$/, command.name());
		t.not(command.summary(), '', command.name());
		for (const argument of command.registeredArguments) t.not(argument.description, '', `${command.name()} ${argument.name()}`);
		for (const option of command.options) t.not(option.description, '', `${command.name()} ${option.flags}`);
	}
});

test('every argument says what its words are, and so does every option that takes a file', t => {
	const none = new Set<string>();
	for (const command of [program, ...leaves(program)]) {
		for (const argument of command.registeredArguments)
			t.not(argument.argChoices ?? wordKindOf(argument, none), undefined, `${command.name()} ${argument.name()}`);
		for (const option of command.options)
			if (/<(file|dir|path|socket)>/.test(option.flags))
				t.regex(wordKindOf(option, none) ?? '', /^(file|directory)$/, `${command.name()} ${option.flags}`);
	}
});

test('the help of every command of the daemons has examples', async t => {
	for (const names of [
		'start',
		'status',
		'list',
		'watch',
		'abort',
		'stop-and-copy',
		'set',
		'save',
		'restore',
		'hosts',
		'domain create',
		'domain check',
	]) {
		const {status, stdout} = await cli([...names.split(' '), '--help']);
		t.is(status, 0, names);
		t.regex(stdout, /^Examples:\n {2}migrate-ctl /m, names);
	}
});

test('the help of the program has the exit statuses and says where configuration comes from', async t => {
	const {status, stdout} = await cli(['--help']);
	t.is(status, 0);
	for (const [exitStatus] of EXIT_STATUSES) t.regex(stdout, new RegExp(String.raw`^ +${exitStatus} {2}\S`, 'm'));
	t.regex(stdout, /^Configuration:\n.*\$STERNA_CONFIG/m);
});

test('a mistake on the command line has status 2, says what it is and does nothing', async t => {
	for (const args of [
		['start', 'dom1'],
		['start', 'dom1', 'host-b', '--stream', 'qemu'],
		['strat', 'dom1'],
		['start', 'a', 'b', 'c'],
		['domain'],
		[],
	]) {
		const {status, stdout, stderr} = await cli(args);
		t.is(status, 2, args.join(' '));
		t.is(stdout, '');
		t.regex(stderr, /ERR_USAGE|^Usage: migrate-ctl/, args.join(' '));
	}
});

test('a configuration that is wrong has status 2 and names its key', async t => {
	const {status, stderr} = await cli(['status', '--config', new URL('fixtures/wrong-key.toml', import.meta.url).pathname]);
	t.is(status, 2);
	t.regex(stderr, /^error ERR_CONFIG: .*wrong-key\.toml:2: sender\.max-concurent is not a known key: did you mean max-concurrent\?$/m);
});

test('the run directory comes from the configuration, $STERNA_CONFIG or the command line', async t => {
	const file = new URL('fixtures/run-dir.toml', import.meta.url).pathname;
	const asksAt = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string | undefined> =>
		/the daemon at (\S+)/.exec((await cli([...args, 'hosts'], env)).stderr)?.[1];
	t.is(await asksAt(['--config', file]), '/nonexistent/sterna/sender.sock');
	t.is(await asksAt([], {STERNA_CONFIG: file}), '/nonexistent/sterna/sender.sock');
	t.is(await asksAt(['--run-dir', '/nonexistent/other'], {STERNA_CONFIG: file}), '/nonexistent/other/sender.sock');
	t.is(await asksAt(['--socket', '/nonexistent/one.sock'], {STERNA_CONFIG: file}), '/nonexistent/one.sock');
});
