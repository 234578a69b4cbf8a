import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import type {DomainInfo, HistoryEntry} from '@sterna/protocol/control';
import {complete, type Offer} from '../../src/completion/complete.ts';
import {wordKindOf} from '../../src/completion/word-kind.ts';
import {openDaemon} from '../../src/open-daemon.ts';
import {createProgram} from '../../src/program.ts';
import {status} from '../helpers/frames.ts';
import {protection} from '../helpers/protections.ts';
import {type Script, ScriptedHost, untilGone} from '../helpers/scripted-daemon.ts';
import {closedIo, commandTree, unopenedCli} from '../helpers/unopened.ts';

const CONFIG = fileURLToPath(new URL('../fixtures/hosts.toml', import.meta.url));

/** Far longer than anything here takes, on a loaded machine too. */
const PATIENCE_MS = 60_000;

const domain = (name: string, state: DomainInfo['state']): DomainInfo => ({
	name,
	state,
	uuid: '7f3a0000-0000-4000-8000-000000000000',
	kind: 'workload',
	memoryBytes: 512 * 1024 * 1024,
	pid: 1,
	incarnation: 1,
	detailJson: '',
});

const entry = (over: Partial<HistoryEntry>): HistoryEntry => ({
	id: 'm-old',
	domain: 'dom0',
	direction: 'outgoing',
	peer: 'host-b',
	outcome: 'completed',
	runsOn: 'host-b',
	startedAtMs: Date.UTC(2026, 10, 28, 5, 0),
	totalMs: 3462,
	iterations: 5,
	bytesSent: 87_195_069,
	because: '',
	errorCode: '',
	errorMessage: '',
	hasRecord: true,
	...over,
});

/** A host with something of everything. */
const SENDER: Script = {
	domainList: async () => ({kind: 'domainList', body: {host: 'host-a', domains: [domain('dom1', 'running'), domain('dom2', 'image')]}}),
	status: async () => ({
		kind: 'status',
		body: {migrations: [status({id: 'm-out', domain: 'dom1'}), status({id: 'm-done', domain: 'dom3', phase: 'completed', startedAtMs: 0})]},
	}),
	protections: async () => ({
		kind: 'protections',
		body: {host: 'host-a', protections: [protection({domain: 'dom4', role: 'source', phase: 'protected'})]},
	}),
	history: async () => ({
		kind: 'history',
		body: {host: 'host-a', entries: [entry({}), entry({id: 'm-gone', hasRecord: false, domain: 'dom9'})]},
	}),
};
const RECEIVER: Script = {
	status: async () => ({kind: 'status', body: {migrations: [status({id: 'm-in', domain: 'dom5', direction: 'incoming'})]}}),
	protections: async () => ({
		kind: 'protections',
		body: {
			host: 'host-a',
			protections: [
				protection({domain: 'dom6', role: 'standby', phase: 'protected'}),
				protection({domain: 'dom7', role: 'standby', phase: 'ended'}),
			],
		},
	}),
	history: async () => ({kind: 'history', body: {host: 'host-a', entries: [entry({id: 'm-came', direction: 'incoming'})]}}),
};

/** What is offered for the last of some words, by the daemons of a host. */
async function offer(host: ScriptedHost, ...words: readonly string[]): Promise<Offer> {
	const cli = {
		...unopenedCli(),
		open: async (...[role, globals, options]: Parameters<ReturnType<typeof unopenedCli>['open']>) =>
			openDaemon(role, globals, {io: closedIo(), ...options}),
	};
	return complete(words, {program: createProgram(cli), cli, globals: {config: CONFIG, runDir: host.runDir}, patienceMs: PATIENCE_MS});
}

async function values(host: ScriptedHost, ...words: readonly string[]): Promise<readonly string[]> {
	return (await offer(host, ...words)).candidates.map(({value}) => value);
}

const startHost = async (): Promise<ScriptedHost> => ScriptedHost.listen({sender: SENDER, receiver: RECEIVER});

test('each kind of word is completed by what the daemons and the configuration know', async t => {
	await using host = await startHost();
	const offered = async (...words: readonly string[]): Promise<readonly string[]> => values(host, ...words);
	t.deepEqual(await offered('start', ''), ['dom1', 'dom2']);
	t.deepEqual(await offered('start', 'dom1', ''), ['host-b']);
	t.deepEqual(await offered('abort', ''), ['dom1', 'dom5', 'm-out', 'm-in']);
	t.deepEqual(await offered('pause', ''), ['dom1', 'm-out']);
	t.deepEqual(await offered('status', ''), ['dom4', 'dom6', 'dom1', 'dom5', 'dom3', 'm-out', 'm-in', 'm-done']);
	t.deepEqual(await offered('unprotect', ''), ['dom4']);
	t.deepEqual(await offered('failover', ''), ['dom4', 'dom6']);
	t.deepEqual(await offered('history', ''), ['dom0', 'dom9']);
	t.deepEqual(await offer(host, 'report', ''), {
		paths: 'files',
		candidates: [
			{value: 'm-old', description: 'dom0: outgoing to host-b, completed, 2026-11-28T05:00:00.000Z'},
			{value: 'm-came', description: 'dom0: incoming from host-b, completed, 2026-11-28T05:00:00.000Z'},
			{value: 'dom0', description: 'its latest: outgoing to host-b, completed, 2026-11-28T05:00:00.000Z'},
		],
	});
	t.deepEqual(await offered('set', ''), ['dom1', 'm-out']);
	t.deepEqual(await offered('set', '--daemon', ''), ['bandwidth=']);
	t.true((await offered('set', 'dom1', '')).includes('max-downtime='));
	t.deepEqual(await offered('set', 'dom1', 'on-stall='), ['on-stall=advise', 'on-stall=stop-and-copy', 'on-stall=abort']);
	t.deepEqual(await offered('start', '--policy', 'xen,'), ['xen,deadline', 'xen,downtime', 'xen,stall', 'xen,nights']);
	t.deepEqual(await offered('start', '--stream=x'), ['--stream=sterna', '--stream=xen']);
	t.deepEqual(await offered('man', 'stream', ''), ['inspect', 'verify']);
	t.deepEqual(await offer(host, 'restore', ''), {paths: 'files', candidates: []});
	t.deepEqual(await offer(host, '--run-dir', ''), {paths: 'directories', candidates: []});
});

test('every argument of every command is completed, but for what only its writer knows', async t => {
	await using host = await startHost();
	for (const command of commandTree(createProgram(unopenedCli()))) {
		const path: string[] = [];
		for (let one: typeof command | null = command; one?.parent; one = one.parent) path.unshift(one.name());
		for (const [index, argument] of command.registeredArguments.entries()) {
			const {paths, candidates} = await offer(host, ...path, ...Array<string>(index).fill('x'), '');
			const isKnown = argument.argChoices !== undefined || wordKindOf(argument, new Set()) !== 'word';
			t.is(candidates.length > 0 || paths !== 'none', isKnown, `${path.join(' ')} ${argument.name()}`);
		}
	}
});

test('options are offered with what they do, those of the whole program too, and none twice that counts once', async t => {
	await using host = await startHost();
	const {candidates} = await offer(host, 'start', '--json', 'dom1', '-');
	const offered = new Set(candidates.map(({value}) => value));
	t.true(offered.has('--tee') && offered.has('--config') && offered.has('--help'));
	t.false(offered.has('--json'));
	t.is(candidates.find(({value}) => value === '--channels')?.description, 'data connections');
	t.true((await values(host, 'domain', 'adopt', '--disk', 'd0=mirror', '-')).includes('--disk'));
	t.false((await values(host, 'comp')).includes('complete'));
});

/** A run of `complete` as the shells have it: words, and nothing else anywhere. */
async function asked(t: ExecutionContext, host: ScriptedHost, words: readonly string[], patience = '1min'): Promise<string> {
	const {status: exitStatus, stdout, stderr} = await host.ctl('complete', '--patience', patience, '--', ...words);
	t.is(exitStatus, 0, stderr);
	t.is(stderr, '');
	return stdout;
}

test('without a daemon, with a configuration that is wrong, or on a line that is, nothing is offered and nothing said', async t => {
	await using host = await ScriptedHost.listen({});
	t.is(await asked(t, host, ['start', '']), 'none\n');
	t.is(await asked(t, host, ['report', '']), 'files\n');
	t.is(await asked(t, host, ['--config', '/nonexistent.toml', 'start', 'dom1', '']), 'none\n');
	t.is(await asked(t, host, ['strat', '']), 'none\n');
});

test('a daemon that does not answer is given up', async t => {
	await using host = await ScriptedHost.listen({
		sender: {domainList: async (_body, reply) => untilGone(reply)},
		receiver: {},
	});
	t.is(await asked(t, host, ['start', ''], '2s'), 'none\n');
	t.is(host.sender.bodies('domainList').length, 1);
});

test('what one daemon knows is offered where the other one is down', async t => {
	await using host = await ScriptedHost.listen({receiver: RECEIVER});
	t.is(await asked(t, host, ['abort', '']), 'none\ndom5\tdom5 from host-b: precopy\nm-in\tdom5 from host-b: precopy\n');
});

test('a word that would mean something to a shell is not offered, and a description moves no cursor', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			domainList: async () => ({
				kind: 'domainList',
				body: {
					host: 'host-a',
					domains: [
						domain('$(reboot)', 'running'),
						domain('a b', 'running'),
						{...domain('dom1', 'running'), kind: 'work\u001B[2J\nload\t'},
					],
				},
			}),
		},
	});
	t.is(await asked(t, host, ['start', '']), 'none\ndom1\trunning, work\\x1b[2J\\x0aload\\x09, 512 MiB\n');
});

test('the configuration of the line that is being written counts', async t => {
	await using host = await ScriptedHost.listen({});
	t.is(await asked(t, host, [`--config=${CONFIG}`, 'start', 'dom1', '']), 'none\nhost-b\t192.0.2.7:7440\n');
	t.is(await asked(t, host, ['start', 'dom1', '--config', CONFIG, '']), 'none\nhost-b\t192.0.2.7:7440\n');
});
