import {join} from 'node:path';
import test from 'ava';
import {OperationError} from '@sterna/protocol';
import {jsonLines} from '../../helpers/cli.ts';
import {domain} from '../../helpers/frames.ts';
import {type Script, ScriptedHost} from '../../helpers/scripted-daemon.ts';

const NOTE = 'of this host alone, and not taken over: -qmp';
const COMMAND = ['/usr/bin/qemu-system-x86_64', '-name', 'guest=vm1', '-append', "console=ttyS0 it's", '-incoming', 'defer'];

const ADOPTS: Script = {
	domainAdopt: async ({name}) => ({
		kind: 'domainAdopted',
		body: {domain: domain({name: name === '' ? 'vm1' : name, kind: 'qemu'}), notes: [NOTE], command: COMMAND},
	}),
};

test('domain adopt asks for the guest by its monitor, with what was chosen for its networks and disks', async t => {
	await using host = await ScriptedHost.listen({sender: ADOPTS});
	const chosen = ['--network', 'n0=lan', '--network', 'n1=dmz', '--disk', 'd0=mirror', '--disk', 'cd=read-only'];
	const {status, stdout} = await host.ctl('domain', 'adopt', 'dom1', '--qmp', 'vm.qmp', ...chosen);
	t.is(status, 0);
	t.regex(stdout, /^dom1 +running +qemu/m);
	t.true(stdout.endsWith(`note: ${NOTE}\n`));
	t.deepEqual(host.sender.bodies('domainAdopt'), [
		{
			qmp: join(process.cwd(), 'vm.qmp'),
			name: 'dom1',
			networks: [
				{netdev: 'n0', network: 'lan'},
				{netdev: 'n1', network: 'dmz'},
			],
			disks: [
				{drive: 'd0', sharing: 'mirror'},
				{drive: 'cd', sharing: 'read-only'},
			],
			dryRun: false,
		},
	]);
});

test('a dry run shows the command of the other host, as it can be pasted into a shell', async t => {
	await using host = await ScriptedHost.listen({sender: ADOPTS});
	const {status, stdout} = await host.ctl('domain', 'adopt', '--qmp', '/run/vm.qmp', '--dry-run');
	t.is(status, 0);
	t.is(
		stdout,
		[
			'vm1 can be migrated; nothing was changed',
			`note: ${NOTE}`,
			'another host would start it by:',
			String.raw`/usr/bin/qemu-system-x86_64 -name guest=vm1 -append 'console=ttyS0 it'\''s' -incoming defer`,
			'',
		].join('\n'),
	);
	t.like(host.sender.bodies('domainAdopt')[0], {name: '', dryRun: true, networks: [], disks: []});
});

test('domain adopt --json prints the domain, the notes and the words of the command', async t => {
	await using host = await ScriptedHost.listen({sender: ADOPTS});
	const {stdout} = await host.ctl('domain', 'adopt', '--qmp', '/run/vm.qmp', '--dry-run', '--json');
	t.like(jsonLines(stdout)[0], {domain: {name: 'vm1', kind: 'qemu'}, dryRun: true, notes: [NOTE], command: COMMAND});
});

test('a guest that cannot be migrated is refused with every reason', async t => {
	const causes = ['anonymous memory (cure: share it)', 'network n0: user networking (cure: a bridge)'];
	await using host = await ScriptedHost.listen({
		sender: {
			async domainAdopt() {
				const message = 'the guest of process 7 cannot be migrated, for 2 reasons';
				const runsOn = {kind: 'unknown'} as const;
				throw new OperationError({code: 'ERR_NOT_SUPPORTED', message, side: 'sender', phase: 'request', runsOn, next: undefined, causes});
			},
		},
	});
	const {status, stderr} = await host.ctl('domain', 'adopt', '--qmp', '/run/vm.qmp');
	t.is(status, 4);
	t.regex(stderr, /^error ERR_NOT_SUPPORTED: the guest of process 7 cannot be migrated, for 2 reasons$/m);
	for (const cause of causes) t.true(stderr.includes(`  cause: sender: ${cause}\n`));
	t.true(stderr.includes('  the guest runs where it did: nothing was changed\n'));
});

test('domain adopt refuses what makes no sense before it asks anybody', async t => {
	await using host = await ScriptedHost.listen({});
	for (const [options, complaint] of [
		[[], /required option '--qmp <socket>'/],
		[['--qmp', '/q', '--network', 'n0'], /such as n0=lan/],
		[['--qmp', '/q', '--disk', 'd0='], /such as d0=mirror/],
		[['--qmp', '/q', '--disk', 'd0=copy'], /one of shared, mirror, read-only/],
	] as const) {
		const {status, stderr} = await host.ctl('domain', 'adopt', ...options);
		t.is(status, 2, options.join(' '));
		t.regex(stderr, complaint);
	}
});
