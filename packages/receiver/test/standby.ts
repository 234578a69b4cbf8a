import {driverFor} from '@sterna/domain';
import {DomainLock, type DomainRecord} from '@sterna/host';
import type {FailoverReply, FailoverRequest, ServerMessage} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {createOperatorController} from '../src/controller.ts';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';
import {workloadDefinition} from './helpers/source.ts';
import {checkGuest, removeGuest, until} from './helpers/standby-guest.ts';
import {StandbySource} from './helpers/standby-source.ts';
import {TestLeaseStore} from './helpers/test-lease-store.ts';

const PAGES = 1024;

type Scene = {readonly receiver: TestReceiver; readonly source: StandbySource};

async function startScene(t: ExecutionContext): Promise<Scene> {
	const receiver = await startReceiver(t);
	t.teardown(async () => removeGuest(receiver.services));
	const source = await StandbySource.start(t, receiver.address, workloadDefinition(PAGES));
	return {receiver, source};
}

/** What an operator of the receiver's host types. */
async function operator(
	{services}: TestReceiver,
	message: Parameters<ReturnType<typeof createOperatorController>>[0],
): Promise<ServerMessage> {
	const reply = {signal: new AbortController().signal} as Reply;
	return createOperatorController(services)(message, reply, {} as ControlConnection);
}

async function failover(receiver: TestReceiver, request: Partial<FailoverRequest> = {}): Promise<FailoverReply> {
	const body = {domain: 'dom1', sourceIsDead: false, planned: false, ...request};
	const answer = await operator(receiver, {kind: 'failover', body});
	if (answer.kind !== 'failedOver') throw new TypeError(answer.kind);
	return answer.body;
}

function phaseAt({services}: TestReceiver): string | undefined {
	return services.standbys.statuses('dom1')[0]?.phase;
}

test.serial('a planned failover: the guest goes on from its last checkpoint, and everybody who asks hears of it', async t => {
	const {receiver, source} = await startScene(t);
	const {reply, ended, wanted} = await source.protect();
	t.like(reply, {hasBase: false, committedEpoch: 0});
	for (let count = 2; count <= 5; count++) t.is(await source.checkpoint(), count);
	t.like(await receiver.services.registry.get('dom1'), {state: 'standby', protection: {step: 'holding'}});
	t.like(receiver.services.standbys.statuses()[0], {phase: 'protected', committedEpoch: 5, role: 'standby', peer: 'host-a'});
	const asked = failover(receiver, {planned: true});
	await wanted;
	const epoch = await source.checkpoint({stays: true});
	t.is((await source.go(epoch)).kind, 'running');
	t.is(await ended, 'done');
	t.like(await asked, {planned: true, because: 'planned', epoch: 6, incarnation: 2, runsOn: 'host-b'});
	t.is((await source.query()).state, 'promoted');
	t.is(await source.outcome(true), 'running');
	t.is(await checkGuest(receiver.services), 0);
	await until(() => receiver.services.standbys.find('dom1') === undefined);
	t.like(await receiver.services.registry.get('dom1'), {state: 'running', incarnation: 2, protection: undefined});
	t.like(await source.go(epoch), {kind: 'outcome', body: {state: 'running'}});
	t.is((await source.query()).state, 'promoted', 'of a standby that is history, too');
	await t.throwsAsync(failover(receiver), {code: 'ERR_DOMAIN_STATE', message: /has no standby of it/});
});

test.serial('a go is obeyed for the checkpoint that is held, over the latest link, and not behind its decline', async t => {
	const {receiver, source} = await startScene(t);
	await source.protect();
	t.like(await source.go(7), {kind: 'outcome', body: {state: 'declined', fault: {code: 'ERR_TARGET_REFUSED'}}});
	t.like(await source.go(2, 5), {kind: 'outcome', body: {state: 'declined'}}, 'of another incarnation');
	const epoch = await source.checkpoint();
	t.is(await source.outcome(false), 'ready');
	t.is(await source.outcome(true), 'declined');
	t.like(await source.go(epoch), {kind: 'outcome', body: {state: 'declined'}}, 'it was declined before it came');
	t.like(await receiver.services.registry.get('dom1'), {protection: {step: 'holding', epoch}});
	const next = await source.checkpoint();
	await source.connect();
	await until(() => phaseAt(receiver) === 'holding');
	t.like(await source.go(next), {kind: 'outcome', body: {state: 'declined'}}, 'it came over no link');
	t.is((await source.query()).state, 'holding');
});

test.serial('a failover without its source is refused until a person answers for it', async t => {
	const {receiver, source} = await startScene(t);
	await source.protect();
	const planned = await t.throwsAsync(failover(receiver), {code: 'ERR_DOMAIN_STATE', message: /host-a has a link to the standby of dom1/});
	t.like(planned, {fault: {next: 'migrate-ctl failover dom1 --planned', phase: 'failover'}});
	await t.throwsAsync(failover(receiver, {sourceIsDead: true}), {code: 'ERR_DOMAIN_STATE'}, 'it is not dead');
	await source.checkpoint();
	await source.write({whole: false});
	await source.disconnect();
	await until(() => phaseAt(receiver) === 'holding');
	await t.throwsAsync(failover(receiver, {planned: true}), {code: 'ERR_DOMAIN_STATE', message: /it cannot hand the guest over/});
	const refused = await t.throwsAsync(failover(receiver), {code: 'ERR_DOMAIN_STATE', message: /no fence command is configured/});
	t.like(refused, {fault: {next: 'migrate-ctl failover dom1 --source-is-dead # once you know that host-a is off'}});
	t.like(await failover(receiver, {sourceIsDead: true}), {because: 'source-is-dead', planned: false, epoch: 2, incarnation: 2});
	t.is(await checkGuest(receiver.services), 0);
	await source.connect();
	await t.throwsAsync(source.standby().ended, {code: 'ERR_DOMAIN_EXISTS'});
	t.is((await source.query()).state, 'promoted');
});

test.serial('another link of the source goes on from what is held, and only from that', async t => {
	const {receiver, source} = await startScene(t);
	await source.protect();
	await source.checkpoint();
	await source.write({whole: false});
	await source.connect();
	const again = source.standby();
	const reply = await again.prepared;
	t.like(reply, {hasBase: true, committedEpoch: 2});
	t.is((await source.pageHashes()).length, PAGES * 8);
	await source.open(reply);
	t.is(await source.checkpoint(), 3);
	t.is(phaseAt(receiver), 'protected');
	// The guest went on alone meanwhile: what is held is out of date, and its pages are a base.
	source.incarnation = 2;
	await source.connect();
	const later = source.standby();
	const base = await later.prepared;
	t.like(base, {hasBase: true, committedEpoch: 0});
	t.is(phaseAt(receiver), 'starting');
	t.like(await receiver.services.registry.get('dom1'), {protection: {step: 'receiving', incarnation: 2}});
	await t.throwsAsync(failover(receiver, {sourceIsDead: true}), {code: 'ERR_DOMAIN_STATE', message: /has no whole checkpoint yet/});
	await source.open(base);
	t.is(await source.checkpoint(), 1);
	await until(() => phaseAt(receiver) === 'protected');
	source.incarnation = 1;
	await source.connect();
	await t.throwsAsync(source.standby().ended, {code: 'ERR_TARGET_REFUSED', message: /of incarnation 2/});
});

test.serial('a standby without a whole checkpoint goes with its link, and one that is ended leaves nothing', async t => {
	const {receiver, source} = await startScene(t);
	await source.connect();
	await source.standby().prepared;
	t.is(phaseAt(receiver), 'starting');
	await source.disconnect();
	await until(() => receiver.services.standbys.find('dom1') === undefined);
	t.is(await receiver.services.registry.get('dom1'), undefined);
	await source.protect();
	await source.end(true);
	await until(() => phaseAt(receiver) === 'holding');
	t.regex(
		receiver.services.standbys.statuses('dom1')[0]?.reason ?? '',
		/host-a says that its guest is gone, and leaves dom1 to its standby/,
	);
	await source.end();
	t.is(await receiver.services.registry.get('dom1'), undefined);
	t.is((await source.query()).state, 'unknown');
	(await receiver.services.budget.reserve('dom1', 1))[Symbol.dispose]();
});

test.serial('a standby whose process dies is lost, and its source hears of it', async t => {
	const {receiver, source} = await startScene(t);
	const {ended} = await source.protect();
	const {handle} = await receiver.services.registry.need('dom1');
	if (handle.kind === 'process') process.kill(handle.pid, 'SIGKILL');
	await t.throwsAsync(ended, {code: 'ERR_STANDBY_LOST'});
	await until(() => receiver.services.standbys.find('dom1') === undefined);
	t.is(await receiver.services.registry.get('dom1'), undefined);
	t.like(receiver.services.standbys.statuses('dom1')[0], {phase: 'ended', error: {code: 'ERR_STANDBY_LOST'}});
});

test.serial('the copy that was left behind by a failover is memory for the next standby, and gone by that', async t => {
	const {receiver, source} = await startScene(t);
	const {services} = receiver;
	const place = services.directories.guestPlace('dom1');
	const stale = await driverFor('workload').create(source.definition, place, {paused: true});
	const record: DomainRecord = {
		version: 1,
		definition: source.definition,
		handle: stale,
		state: 'stale',
		incarnation: 0,
		createdAt: new Date().toISOString(),
	};
	{
		using lock = DomainLock.acquire(services.directories, 'dom1', {side: 'receiver', what: 'test'});
		await services.registry.put(record, lock);
	}

	await source.connect();
	const {prepared, ended} = source.standby();
	ended.catch(() => undefined);
	const reply = await prepared;
	t.like(reply, {hasBase: true, committedEpoch: 0});
	t.false(driverFor('workload').isAlive(stale));
	const hashes = await source.pageHashes();
	t.true(hashes.some(byte => byte !== 0));
	await source.open(reply);
	t.is(await source.checkpoint(), 1);
	await source.disconnect();
	await until(() => phaseAt(receiver) === 'holding');
	await failover(receiver, {sourceIsDead: true});
	t.is(await checkGuest(services), 0);
});

test.serial('with a lease store the standby takes over by itself, once it has the lease and not before', async t => {
	const store = new TestLeaseStore();
	const receiver = await startReceiver(t, undefined, undefined, store);
	t.teardown(async () => removeGuest(receiver.services));
	const source = await StandbySource.start(t, receiver.address, workloadDefinition(PAGES));
	store.holder = {host: 'host-a', incarnation: 1};
	source.lease = {leaseStore: 'etcd', leaseTtlMs: 500};
	const {ended} = await source.protect();
	await source.checkpoint();
	await source.disconnect();
	await t.throwsAsync(ended);
	await until(() => store.refused > 2);
	t.is(phaseAt(receiver), 'holding');
	await t.throwsAsync(failover(receiver), {code: 'ERR_LEASE_HELD'});
	store.holder = undefined;
	await until(() => receiver.services.standbys.find('dom1') === undefined);
	t.is(await checkGuest(receiver.services), 0);
	t.like(await receiver.services.registry.get('dom1'), {state: 'running', incarnation: 2});
	await until(() => store.keptBy !== undefined);
	t.deepEqual(store.keptBy, {host: 'host-b', incarnation: 3});
});

test.serial('a standby that its source leaves to itself takes over with the lease, however long that would have lasted', async t => {
	const store = new TestLeaseStore();
	const receiver = await startReceiver(t, undefined, undefined, store);
	t.teardown(async () => removeGuest(receiver.services));
	const source = await StandbySource.start(t, receiver.address, workloadDefinition(PAGES));
	source.lease = {leaseStore: 'etcd', leaseTtlMs: 60_000};
	store.holder = {host: 'host-a', incarnation: 1};
	const {ended} = await source.protect();
	ended.catch(() => undefined);
	await source.checkpoint();
	store.holder = undefined;
	// Its link is open, and far from silent for as long as a lease lasts.
	await source.end(true);
	await until(() => receiver.services.standbys.find('dom1') === undefined);
	t.is(await checkGuest(receiver.services), 0);
	t.like(await receiver.services.registry.get('dom1'), {state: 'running', incarnation: 2});
	t.like(await source.query(), {state: 'promoted', incarnation: 2});
});

test.serial('a host says of a guest that it protects whether it is there', async t => {
	const {receiver, source} = await startScene(t);
	const {services} = receiver;
	const {definition} = source;
	const put = async (state: DomainRecord['state'], incarnation: number): Promise<void> => {
		using lock = DomainLock.acquire(services.directories, 'dom1', {side: 'receiver', what: 'test'});
		await services.registry.put(
			{version: 1, definition, handle: source.handle, state, incarnation, createdAt: new Date().toISOString()},
			lock,
		);
	};
	t.teardown(async () => {
		using lock = DomainLock.acquire(services.directories, 'dom1', {side: 'receiver', what: 'test'});
		await services.registry.remove('dom1', lock);
	});
	await source.connect();
	t.is((await source.query()).state, 'unknown');
	await put('protected', 1);
	t.is((await source.query()).state, 'source');
	await put('protected', 2);
	t.like(await source.query(), {state: 'promoted', incarnation: 2}, 'it went on alone, or runs here since');
	await put('stale', 1);
	t.is((await source.query()).state, 'source-gone');
	await put('protected', 1);
	await driverFor('workload').remove(source.handle, services.directories.guestPlace('elsewhere'));
	t.is((await source.query()).state, 'source-gone');
});

test.serial('what is no business of a standby says so', async t => {
	const {receiver, source} = await startScene(t);
	await source.protect();
	const refused = await t.throwsAsync(operator(receiver, {kind: 'command', body: {id: 'dom1', action: 'abort'}}), {
		code: 'ERR_DOMAIN_STATE',
	});
	t.like(refused, {message: 'dom1 is a standby on host-b, of the guest on host-a'});
	const answer = await operator(receiver, {kind: 'protections', body: {domain: 'dom1'}});
	t.like(answer, {kind: 'protections', body: {host: 'host-b', protections: [{domain: 'dom1', role: 'standby'}]}});
	t.throws(() => DomainLock.acquire(receiver.services.directories, 'dom1', {side: 'sender', what: 'destroy'}), {
		code: 'ERR_DOMAIN_BUSY',
		message: /standby of host-a/,
	});
	source.lease = {leaseStore: 'etcd', leaseTtlMs: 500};
	await source.connect();
	await t.throwsAsync(source.standby().ended, {code: 'ERR_TARGET_REFUSED', message: /lease.store must be the same on both hosts/});
});
