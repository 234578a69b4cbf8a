import test from 'ava';
import {judgeQemu, machineNames, type QemuFacts, qemuFacts} from '../../src/doctor/qemu.ts';
import {
	judgeLease,
	judgeName,
	judgeService,
	judgeSilentDaemon,
	leaseFacts,
	nameFacts,
	type ServiceFacts,
	silentDaemonFacts,
} from '../../src/doctor/services.ts';
import {systemCodeOf} from '../../src/doctor/system-code.ts';
import {ManualLeaseStore} from '../../src/lease/manual-lease-store.ts';
import {openLeaseStore} from '../../src/lease/open-lease-store.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const SERVICE: ServiceFacts = {role: 'sender', hasSystemd: true, isUnit: true, enabled: 'enabled'};
const QEMU: QemuFacts = {
	name: 'qemu-system-x86_64',
	program: '/usr/bin/qemu-system-x86_64',
	version: '7.2',
	machines: ['pc-q35-7.2'],
	guests: [],
};

test('a unit that does not start with its host is worth a warning', t => {
	const rows: readonly [Partial<ServiceFacts>, Expected][] = [
		[{}, {state: 'ok'}],
		[
			{hasSystemd: false, enabled: undefined},
			{state: 'ok', detail: /no systemd/},
		],
		[{enabled: 'not-found', isUnit: false}, {state: 'ok'}],
		[{enabled: 'disabled'}, {state: 'warning', detail: /is disabled/, fix: /systemctl enable sterna-sender/}],
		[{enabled: 'masked'}, {state: 'warning'}],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgeService({...SERVICE, ...facts}), [expected], JSON.stringify(facts));
});

test('a daemon that does not answer is a fault, with the end of its log', t => {
	assertJudged(
		t,
		judgeSilentDaemon({role: 'receiver', error: 'ENOENT', listens: false, lastLines: 'one\ntwo'}),
		[{state: 'fault', detail: /ENOENT; its log ends with: one \| two$/, fix: /systemctl start sterna-receiver/}],
		'down',
	);
	assertJudged(
		t,
		judgeSilentDaemon({role: 'sender', error: 'no answer', listens: true, lastLines: undefined}),
		[{state: 'fault', detail: /no answer$/, fix: /systemctl restart sterna-sender/}],
		'hangs',
	);
});

test("whether something listens at a socket is seen by the system's error at the bottom", async t => {
	const refused = Object.assign(new Error('connect'), {code: 'ECONNREFUSED'});
	t.like(await silentDaemonFacts('sender', new Error('not reached', {cause: refused})), {
		role: 'sender',
		listens: false,
		error: 'not reached: connect',
	});
	t.like(await silentDaemonFacts('sender', new Error('no answer within 3000 ms')), {listens: true});
	t.is(systemCodeOf(new Error('all of them', {cause: new AggregateError([refused])})), 'ECONNREFUSED');
});

test('a lease store that does not answer is a fault', async t => {
	await using manual = new ManualLeaseStore({side: 'sender'});
	assertJudged(t, judgeLease(await leaseFacts(manual, AbortSignal.timeout(1000))), [{state: 'ok'}], 'manual');
	await using nowhere = openLeaseStore(
		{
			store: 'etcd',
			endpoints: ['http://127.0.0.1:1'],
			ttlMs: 2000,
			prefix: 'sterna/',
			tls: {ca: undefined, client: undefined},
			login: undefined,
		},
		{side: 'sender'},
	);
	assertJudged(
		t,
		judgeLease(await leaseFacts(nowhere, AbortSignal.timeout(4000))),
		[{state: 'fault', detail: /does not answer/, fix: /endpoints/}],
		'nobody there',
	);
	assertJudged(t, judgeLease({kind: 'etcd', error: undefined}), [{state: 'ok'}], 'answers');
});

test('a name that cannot be resolved is a fault of the configuration or of DNS', async t => {
	assertJudged(t, judgeName(await nameFacts({name: 'host-b', address: '127.0.0.1'})), [{state: 'ok'}], 'an address');
	assertJudged(
		t,
		judgeName({name: 'host-b', address: 'host-b.invalid', error: 'ENOTFOUND'}),
		[{state: 'fault', detail: /ENOTFOUND/, fix: /hosts\.host-b\.address/}],
		'a name of nobody',
	);
});

test('a QEMU that is not there is a fault where guests are run by it, or where it was configured', async t => {
	const missing = {version: undefined, machines: []};
	const rows: readonly [Partial<QemuFacts>, Expected][] = [
		[{}, {state: 'ok', detail: /7\.2, 1 machine types$/}],
		[missing, {state: 'ok', detail: /no QEMU guests/}],
		[
			{...missing, guests: ['vm1']},
			{state: 'fault', detail: /vm1 would be started/, fix: /qemu\.binaries/},
		],
		[
			{...missing, program: '/opt/qemu'},
			{state: 'fault', fix: /install it/},
		],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgeQemu([{...QEMU, ...facts}]), [expected], JSON.stringify(facts));
	t.deepEqual(machineNames([QEMU]), ['qemu-system-x86_64 pc-q35-7.2']);
	const [nowhere] = await qemuFacts(new Map([['qemu', '/nowhere/qemu']]), new Map([['qemu', ['vm1']]]), AbortSignal.timeout(1000));
	t.deepEqual(nowhere, {name: 'qemu', program: '/nowhere/qemu', version: undefined, machines: [], guests: ['vm1']});
});
