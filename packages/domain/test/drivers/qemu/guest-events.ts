import test from 'ava';
import type {GuestEvent} from '@sterna/domain';
import {GuestEvents} from '../../../src/drivers/qemu/guest-events.ts';
import {GuestRun} from '../../../src/drivers/qemu/guest-run.ts';
import {QmpClient} from '../../../src/drivers/qemu/qmp/qmp-client.ts';
import {scriptedMonitor} from '../../helpers/scripted-monitor.ts';
import {newPlace} from '../../helpers/workshop.ts';

type Said = {readonly event: string; readonly data: object};

const said = (event: string, data: object): Said & {readonly timestamp: object} => ({
	event,
	data,
	timestamp: {seconds: 0, microseconds: 0},
});

/** What is told of a QEMU that says these things one after the other. */
async function toldOf(t: Parameters<typeof scriptedMonitor>[0], ...messages: Said[]): Promise<GuestEvent[]> {
	const {socketPath} = await scriptedMonitor(t, {
		onCommand: ({send, close}, {id}) => {
			send(...messages, {return: {}, id});
			close();
		},
	});
	using monitor = await QmpClient.connect(socketPath);
	const run = new GuestRun(monitor, newPlace(t));
	using events = new GuestEvents(monitor, run);
	const told: GuestEvent[] = [];
	const gone = Promise.withResolvers<void>();
	events.listener = event => {
		told.push(event);
		if (event.kind === 'exited') gone.resolve();
	};
	await Promise.allSettled([run.stop(), gone.promise]);
	return told;
}

test('each kind of event is told once, and the end of QEMU is one', async t => {
	const told = await toldOf(
		t,
		said('RESET', {guest: true, reason: 'guest-reset'}),
		said('RESET', {guest: true, reason: 'guest-reset'}),
		said('BALLOON_CHANGE', {actual: 4096}),
		said('STOP', {}),
		said('DEVICE_DELETED', {device: 'net1', path: '/machine/peripheral/net1'}),
	);
	t.like(told, [{kind: 'rebooted'}, {kind: 'resized', memoryBytes: 4096}, {kind: 'device-added'}, {kind: 'exited'}]);
	t.is(told.length, 4);
});

test('a guest that somebody else pauses is one, and told again when it has run meanwhile', async t => {
	const {socketPath} = await scriptedMonitor(t, {
		onCommand: ({send}, {execute, id}) => {
			if (execute === 'stop') send(said('STOP', {}), {return: {}, id});
			else if (execute === 'cont') send(said('RESUME', {}), {return: {}, id});
			else if (execute === 'query-status') send(said('STOP', {}), said('STOP', {}), {return: {}, id});
			else send({return: {}, id});
		},
	});
	using monitor = await QmpClient.connect(socketPath);
	const run = new GuestRun(monitor, newPlace(t));
	using events = new GuestEvents(monitor, run);
	const told: Array<GuestEvent['kind']> = [];
	events.listener = ({kind}) => void told.push(kind);
	for (let round = 1; round <= 2; round++) {
		const stopped = run.stop();
		t.true(run.isStill);
		const resumed = run.resume({heedsOthers: true}, async () => monitor.execute('cont'));
		events.wake();
		t.false(run.isStill);
		await Promise.all([stopped, resumed]);
		t.true(run.isKnownToRun);
		await monitor.execute('query-status');
		t.false(run.isKnownToRun);
		t.is(told.length, round);
		await run.resume({heedsOthers: true}, async () => Promise.reject(new Error('it is another who lets it run')));
		await run.resume({heedsOthers: false}, async () => monitor.execute('cont'));
	}

	t.deepEqual(told, ['paused', 'paused']);
});

test('a guest that shuts down has exited for its own reason, not that of its QEMU', async t => {
	t.deepEqual(await toldOf(t, said('SHUTDOWN', {guest: true, reason: 'guest-shutdown'})), [
		{kind: 'exited', detail: 'the guest shut down (guest-shutdown)'},
	]);
	t.deepEqual(await toldOf(t, said('GUEST_PANICKED', {action: 'pause'})), [{kind: 'exited', detail: "the guest's kernel panicked"}]);
});
