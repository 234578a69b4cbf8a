import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {createLogger, operationError, orAborted, RecordingWriter} from '@sterna/host';
import {parseRecordLine} from '@sterna/host/record';
import test from 'ava';
import type {PrecopyPolicy} from '../src/engine/policy/decision.ts';
import {xenLimits} from '../src/engine/policy/xen-limits.ts';
import {migrateOut} from '../src/migrate-out.ts';
import {Migration, type MigrationEnd} from '../src/migration.ts';
import {MigrationRecording} from '../src/recording/migration-recording.ts';
import {GATES, Gates, type GateName} from './helpers/gates.ts';
import {SimulatedDomain, SimulatedChannels, SimulatedSession} from './helpers/simulated.ts';

const log = await createLogger({name: 'test', host: 'host-a', level: 'error', file: '/dev/null'});
const context = {side: 'sender', phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}} as const;

type Run = {
	readonly domain: SimulatedDomain;
	readonly channels: SimulatedChannels;
	readonly session: SimulatedSession;
	/** Of the link behind a lost one. */
	readonly later: {readonly session: SimulatedSession; readonly channels: SimulatedChannels};
	readonly gates: Gates;
	readonly migration: Migration;
	readonly journal: string[];
	readonly end: Promise<MigrationEnd>;
};

/** Starts a migration that is held at one point, or at none. */
function start(
	held?: GateName,
	{
		answer = 'running',
		outcome,
		prepareGo = async () => undefined,
		reconnectMs = 0,
		refusesReconnection = false,
		policy = xenLimits({maxIterations: 5, dirtyThresholdPages: 50}),
	}: {
		answer?: SimulatedSession['answer'];
		outcome?: 'running' | 'declined';
		prepareGo?: () => Promise<void>;
		/** Above 0, both daemons can resume. */
		reconnectMs?: number;
		refusesReconnection?: boolean;
		policy?: PrecopyPolicy;
	} = {},
): Run {
	const gates = new Gates(held);
	const domain = new SimulatedDomain(gates);
	const channels = new SimulatedChannels(gates);
	const session = new SimulatedSession(gates, reconnectMs > 0 ? ['resume'] : []);
	const later = {session: new SimulatedSession(new Gates(), ['resume']), channels: new SimulatedChannels(new Gates())};
	let sessions = 0;
	session.answer = answer;
	const journal: string[] = [];
	const note = (step: string) => async () => {
		journal.push(step);
	};
	const migration = new Migration({id: 'm1', domain: 'dom1', direction: 'outgoing', peer: 'host-b'});
	const end = migrateOut(
		{
			domain,
			policy,
			journal: {
				prepareGo,
				go: note('go'),
				withdrawGo: note('transferring'),
				handedOver: note('handed-over'),
				givenBack: note('given-back'),
				returned: async ({receiverKnows}) => note(receiverKnows ? 'returned' : 'returned, receiver does not know')(),
			},
			openSession: async signal => {
				await orAborted(gates.pass('session'), signal);
				sessions += 1;
				if (sessions > 1 && refusesReconnection) throw operationError('ERR_HOST_UNREACHABLE', 'nobody there', context);
				return sessions === 1 ? session : later.session;
			},
			openChannels: async ({link}, signal) => {
				await orAborted(gates.pass('link'), signal);
				return link === 0 ? channels : later.channels;
			},
			openDisk: async () => Promise.reject(new TypeError('a guest without disks of its own')),
			openChecker: () => {
				throw new TypeError('nothing is proved here');
			},
			queryOutcome: async () => outcome,
			beforeGo: async signal => orAborted(gates.pass('hook'), signal),
			host: 'host-a',
			log,
		},
		{
			request: {
				migrationId: 'm1',
				incarnation: 1,
				definitionJson: '{}',
				stream: 'sterna',
				guestType: 'hvm',
				streamVersion: 3,
				populatedPages: 1,
				paused: false,
				windowBytes: 1,
				channels: 1,
			},
			wasPaused: false,
			proof: 'wire',
			takesUp: false,
			downtimeBudgetMs: () => 500,
			reconnectMs,
		},
		migration,
	);
	return {domain, channels, session, later, gates, migration, journal, end};
}

test('a migration that nothing disturbs ends with the guest at the target', async t => {
	const {end, domain, journal, session, channels} = start();
	const {outcome, runsOn} = await end;
	t.deepEqual({outcome, runsOn}, {outcome: 'completed', runsOn: 'host-b'});
	t.is(domain.state, 'destroyed');
	t.deepEqual(journal, ['go', 'handed-over']);
	t.true(session.closed);
	t.deepEqual(channels.ignoredLimitsMs, [500]); // Once, for the last pass.
	t.true(channels.destroyed);
});

/** Where the stream is with the receiver and `go` was not sent yet. */
const AHEAD_OF_GO: ReadonlySet<GateName> = new Set(['ready', 'hook']);

for (const state of GATES.filter(gate => gate !== 'go')) {
	test(`an abort at the ${state} gives the guest back, once, however often it is said`, async t => {
		const {end, gates, migration, domain, journal, channels, session} = start(state);
		await gates.reached;
		for (let times = 0; times < 3; times++) t.true(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', `abort ${times}`, context)));
		gates.open();
		const {outcome, runsOn, error} = await end;
		migration.end({outcome, runsOn, error});
		t.is(outcome, 'aborted');
		t.is(runsOn, 'host-a');
		t.is(error?.code, 'ERR_ABORTED_BY_OPERATOR');
		t.is(error?.message, 'abort 0'); // The first failure wins.
		t.is(domain.state, 'running');
		// `go` is in the journal ahead of its time, and is taken back.
		t.deepEqual(journal, AHEAD_OF_GO.has(state) ? ['go', 'given-back', 'returned'] : ['given-back', 'returned']);
		t.is(session.gos, 0);
		t.is(channels.writesAfterEnd, 0); // Every task had stopped.
		t.true(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', 'late', context))); // Ended already: harmless.
		if (state !== 'session') t.is(session.aborts, 1); // The receiver is told.
	});
}

test('an abort while an earlier one is still carried out is heard as well', async t => {
	const {end, gates, migration, session} = start('pages');
	const telling = Promise.withResolvers<void>();
	const told = Promise.withResolvers<void>();
	session.abort = async () => {
		telling.resolve();
		await told.promise;
		return true;
	};
	await gates.reached;
	t.true(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', 'first', context)));
	gates.open();
	await telling.promise;
	t.true(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', 'second', context)));
	told.resolve();
	t.is((await end).error?.message, 'first');
});

test('once go may have left, an abort is refused and the handover decides', async t => {
	const {end, gates, migration, domain} = start('go');
	await gates.reached;
	t.false(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', 'too late', context)));
	gates.open();
	t.is((await end).outcome, 'completed');
	t.is(domain.state, 'destroyed');
});

test('a lost data connection in any state before go gives the guest back', async t => {
	for (const state of ['pages', 'pause', 'device-state', 'tail', 'ready'] as const) {
		const {end, gates, channels, domain, journal, session} = start(state);
		await gates.reached;
		channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
		gates.open();
		const {outcome, error} = await end;
		t.is(outcome, 'failed', state);
		t.is(error?.code, 'ERR_CONNECTION_LOST', state);
		t.is(error?.fault.runsOn.kind, 'host', state);
		t.is(domain.state, 'running', state);
		t.deepEqual(journal, AHEAD_OF_GO.has(state) ? ['go', 'given-back', 'returned'] : ['given-back', 'returned'], state);
		t.is(session.gos, 0, state);
	}
});

test('a data connection that is lost before the receiver has the whole guest is made anew, and the guest runs meanwhile', async t => {
	for (const state of ['pages', 'pause', 'device-state', 'tail', 'ready'] as const) {
		const {end, gates, channels, domain, journal, session, later, migration} = start(state, {reconnectMs: 10_000});
		await gates.reached;
		channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
		gates.open();
		const {outcome} = await end;
		t.is(outcome, 'completed', state);
		t.is(domain.state, 'destroyed', state);
		t.is(domain.resumes, state === 'pages' ? 0 : 1, state);
		t.deepEqual(journal, state === 'ready' ? ['go', 'transferring', 'go', 'handed-over'] : ['go', 'handed-over'], state);
		t.is(session.gos + later.session.gos, 1, state);
		t.like(later.session.resumed, [{migrationId: 'm1', incarnation: 1, link: 1}], state);
		t.is(migration.status().interruptions, 1, state);
		t.true(session.closed, state);
		// What was acknowledged as applied is not sent again.
		t.is(later.channels.pages, state === 'pages' ? 4096 : 0, state);
	}
});

test('a receiver that cannot be reached any more leaves the guest at the source, with the reason of the loss', async t => {
	const {end, gates, channels, domain, journal} = start('pages', {reconnectMs: 250, refusesReconnection: true});
	await gates.reached;
	channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
	gates.open();
	const {outcome, error} = await end;
	t.is(outcome, 'failed');
	t.is(error?.code, 'ERR_CONNECTION_LOST');
	t.true(error?.fault.causes.some(cause => cause.includes('nobody there')));
	t.is(domain.state, 'running');
	t.deepEqual(journal, ['given-back', 'returned']);
});

test('an abort while a lost link is made anew gives the guest back', async t => {
	const {end, gates, channels, domain, migration} = start('pages', {reconnectMs: 60_000, refusesReconnection: true});
	await gates.reached;
	channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
	gates.open();
	while (migration.phase !== 'reconnecting') await nextTurn();
	t.true(migration.abort(operationError('ERR_ABORTED_BY_OPERATOR', 'enough', context)));
	t.is((await end).error?.code, 'ERR_ABORTED_BY_OPERATOR');
	t.is(domain.state, 'running');
});

test('a deadline that comes while there is no link is a decision of the recording, as one behind a batch is', async t => {
	let isLate = false;
	const policy: PrecopyPolicy = () => (isLate ? {action: 'abort', because: 'too late'} : {action: 'continue', because: 'in time'});
	const {end, gates, channels, migration} = start('pages', {reconnectMs: 60_000, refusesReconnection: true, policy});
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-migrate-out-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const file = path.join(directory, 'm1.sender.jsonl');
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => Date.now()});
	migration.recording = new MigrationRecording(writer, {earlierMs: 0, onEnd: () => undefined});
	await gates.reached;
	channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
	gates.open();
	while (migration.phase !== 'reconnecting') await nextTurn();
	isLate = true;
	t.is((await end).error?.code, 'ERR_ABORTED_BY_POLICY');
	t.like(migration.latestDecision, {action: 'abort', because: 'too late'});
	await writer.flush();
	const lines = readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.map(text => parseRecordLine(text));
	t.like(
		lines.findLast(line => line?.kind === 'decision'),
		{action: 'abort', because: 'too late'},
	);
	t.is(lines.filter(line => line?.kind === 'decision' && line.action === 'abort').length, 1);
});

test('a data connection that ends when the receiver has the whole guest changes nothing', async t => {
	const {end, gates, channels, domain} = start('hook');
	await gates.reached;
	channels.lose(operationError('ERR_CONNECTION_LOST', 'cut', context));
	gates.open();
	t.is((await end).outcome, 'completed');
	t.is(domain.state, 'destroyed');
});

test('a journal that cannot be prepared is no reason to give up', async t => {
	const {end, journal} = start(undefined, {prepareGo: async () => Promise.reject(new Error('no room'))});
	t.is((await end).outcome, 'completed');
	t.deepEqual(journal, ['go', 'handed-over']);
});

test('a guest that exits in precopy ends its migration with nobody running it', async t => {
	const {end, gates, domain} = start('pages');
	await gates.reached;
	domain.onGuestEvent?.({kind: 'exited', detail: 'status 3'});
	const {outcome, runsOn, error} = await end;
	t.deepEqual(
		{outcome, runsOn, code: error?.code, on: error?.fault.runsOn.kind},
		{outcome: 'failed', runsOn: '', code: 'ERR_GUEST_EXITED', on: 'nowhere'},
	);
});

test('a guest that exits where it was coming in runs on where it was', async t => {
	const {end, gates, channels, domain, journal} = start('pages', {reconnectMs: 60_000});
	await gates.reached;
	channels.lose(operationError('ERR_GUEST_EXITED', 'its QEMU is gone', {...context, side: 'receiver'}));
	gates.open();
	const {outcome, runsOn, error} = await end;
	t.deepEqual({outcome, runsOn}, {outcome: 'failed', runsOn: 'host-a'});
	t.like(error?.fault, {code: 'ERR_GUEST_EXITED', side: 'receiver', runsOn: {kind: 'host', host: 'host-a'}});
	t.is(domain.state, 'running');
	t.deepEqual(journal, ['given-back', 'returned']);
});

test('a target that declines go gives the guest back, and why is told', async t => {
	const {end, domain, journal, session} = start(undefined, {answer: 'declined'});
	session.reason = operationError('ERR_DOMAIN_STATE', 'its disk is locked', {...context, side: 'receiver'});
	const {outcome, runsOn, error} = await end;
	t.deepEqual({outcome, runsOn}, {outcome: 'failed', runsOn: 'host-a'});
	t.is(error?.code, 'ERR_TARGET_REFUSED');
	t.is(error?.message, 'host-b declined the guest at the handover: its disk is locked');
	t.deepEqual(error?.fault.causes, ['receiver: ERR_DOMAIN_STATE: its disk is locked']);
	t.is(domain.state, 'running');
	t.deepEqual(journal, ['go', 'given-back', 'returned']);
});

test('a lost answer to go is settled by asking, and is undecided while nobody knows', async t => {
	const expected = {running: ['completed', 'destroyed'], declined: ['failed', 'running'], undefined: ['undecided', 'paused']} as const;
	for (const outcome of ['running', 'declined', undefined] as const) {
		const run = start(undefined, {answer: 'lost', ...(outcome === undefined ? {} : {outcome})});
		const end = await run.end;
		t.deepEqual([end.outcome, run.domain.state], [...expected[`${outcome}`]], `outcome ${outcome}`);
		if (outcome === undefined) t.is(end.runsOn, '?');
		t.is(end.downtimeParts, undefined, 'nobody has told of the first step');
	}
});
