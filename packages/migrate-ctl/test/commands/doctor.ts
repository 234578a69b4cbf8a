import test from 'ava';
import type {Finding} from '@sterna/protocol/control';
import {jsonLines} from '../helpers/cli.ts';
import {fault, type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';

const finding = (rest: Partial<Finding>): Finding => ({
	check: 'disk',
	state: 'ok',
	host: 'host-a',
	side: 'sender',
	detail: '10 GiB free',
	fix: '',
	...rest,
});

const FULL = finding({state: 'fault', side: 'receiver', host: 'host-b', detail: '1 MiB free', fix: 'make room'});
const CORES = finding({check: 'cores', state: 'warning', host: 'host-b', detail: 'one core', fix: 'another core'});

const answering = (findings: readonly Finding[]): Script => ({
	doctor: async () => ({kind: 'doctor', body: {host: 'host-a', findings, dataPort: 0, roomBytes: 0, qemuMachines: []}}),
});

test('findings are shown by host, the worst first, with their fixes; what both daemons find alike is one line', async t => {
	const alike = [finding({}), finding({side: 'receiver'})];
	await using host = await ScriptedHost.listen({sender: answering([...alike, CORES, finding({host: 'host-b'}), FULL])});
	const {status, stdout} = await host.ctl('doctor', 'host-b');
	t.is(status, 5);
	t.is(
		stdout,
		[
			'host-a',
			'  ok       1 check',
			'',
			'host-b',
			'  fault    disk (receiver): 1 MiB free',
			'           fix: make room',
			'  warning  cores (sender): one core',
			'           fix: another core',
			'  ok       1 check',
			'',
			'1 fault, 1 warning',
			'',
		].join('\n'),
	);
	t.deepEqual(host.sender.bodies('doctor'), [{host: 'host-b'}]);
	const verbose = await host.ctl('doctor', 'host-b', '--verbose');
	t.regex(verbose.stdout, /^ {2}ok {7}disk \(sender, receiver\): 10 GiB free$/m);
	t.regex(verbose.stdout, /^ {2}ok {7}disk \(sender\): 10 GiB free$/m);
});

test('warnings alone are no failure', async t => {
	await using host = await ScriptedHost.listen({sender: answering([CORES])});
	const {status, stdout} = await host.ctl('doctor');
	t.is(status, 0);
	t.regex(stdout, /no fault, 1 warning/);
	t.deepEqual(host.sender.bodies('doctor'), [{host: ''}]);
});

test('--json has every finding, and how many of them are bad', async t => {
	await using host = await ScriptedHost.listen({sender: answering([FULL, CORES, finding({})])});
	const {status, stdout} = await host.ctl('doctor', 'host-b', '--json');
	t.is(status, 5);
	t.deepEqual(jsonLines(stdout), [{host: 'host-a', faults: 1, warnings: 1, findings: [FULL, CORES, finding({})]}]);
});

test('what other hosts say is made safe for the terminal', async t => {
	await using host = await ScriptedHost.listen({sender: answering([{...FULL, detail: 'a\u001B[2Jb', fix: 'c\u001B]0;d\u0007'}])});
	const {stdout} = await host.ctl('doctor', 'host-b');
	t.true(stdout.includes(String.raw`a\x1b[2Jb`) && stdout.includes(String.raw`c\x1b]0;d\x07`));
});

test('a sender that is down is a finding; its receiver is asked all the same, and the other host is said not to be', async t => {
	const own = finding({side: 'receiver', detail: 'of the receiver'});
	await using host = await ScriptedHost.listen({
		receiver: {
			peerDoctor: async () => ({kind: 'doctor', body: {host: 'host-a', findings: [own], dataPort: 7441, roomBytes: 0, qemuMachines: []}}),
		},
	});
	const {status, stdout} = await host.ctl('doctor', 'host-b', '--json');
	t.is(status, 5);
	const [{findings}] = jsonLines(stdout) as unknown as readonly [{readonly findings: readonly Finding[]}];
	t.like(findings[0], {check: 'daemon', state: 'fault', side: 'sender'});
	t.regex(findings[0]?.fix ?? '', /systemctl start sterna-sender/);
	t.like(
		findings.find(({check}) => check === 'connection'),
		{state: 'warning', fix: 'systemctl start sterna-sender; migrate-ctl doctor host-b'},
	);
	t.true(findings.some(({detail}) => detail === 'of the receiver'));
});

test('with both daemons down both are findings', async t => {
	await using host = await ScriptedHost.listen({});
	const {status, stdout} = await host.ctl('doctor', '--json');
	t.is(status, 5);
	const [{findings}] = jsonLines(stdout) as unknown as readonly [{readonly findings: readonly Finding[]}];
	t.deepEqual(
		findings.filter(({check}) => check === 'daemon').map(({side, state}) => [side, state]),
		[
			['sender', 'fault'],
			['receiver', 'fault'],
		],
	);
});

test('a refusal is an error, as of every command', async t => {
	await using host = await ScriptedHost.listen({
		sender: {doctor: async () => Promise.reject(fault('ERR_HOST_UNKNOWN', 'there is no host host-z'))},
	});
	const {status, stderr} = await host.ctl('doctor', 'host-z');
	t.is(status, 4);
	t.regex(stderr, /ERR_HOST_UNKNOWN: there is no host host-z/);
});
