import test, {type ExecutionContext} from 'ava';
import type {TargetDisks} from '@sterna/domain';
import type {DiskStreamRequest} from '@sterna/protocol/control';
import {ControlClient, openRemoteDisk, type RemoteDisk} from '@sterna/transport';
import type {Arrival} from '../src/arrivals.ts';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';

/** Says back what it is told, with the disk's name before it. */
const ECHOING: TargetDisks = {
	nodes: ['d0'],
	async serve(node, channel) {
		await channel.write(Buffer.from(`${node}: `));
		for await (const piece of channel) await channel.write(piece);
		await channel.end();
	},
};

/** A receiver where a guest comes in from host-a by the migration m1. */
async function startWithArrival(t: ExecutionContext, overrides: Partial<Arrival> = {}): Promise<TestReceiver> {
	const receiver = await startReceiver(t);
	const arrival: Arrival = {
		id: 'm1',
		domain: 'dom1',
		peer: 'host-a',
		incarnation: 3,
		state: 'receiving',
		link: 0,
		disks: ECHOING,
		firstStepNs: undefined,
		resumeMs: 0,
		go: async () => 'declined',
		decline: async () => 'declined',
		giveUp: async () => 'declined',
		stop: async () => undefined,
		status: () => {
			throw new TypeError('nobody asks');
		},
		...overrides,
	};
	receiver.services.arrivals.add(arrival);
	return receiver;
}

async function open(
	t: ExecutionContext,
	{address}: TestReceiver,
	{host = 'host-a', ...request}: Partial<DiskStreamRequest> & {readonly host?: string} = {},
): Promise<RemoteDisk> {
	const client = await ControlClient.connect({address, hello: {software: 'sterna-sender test', host, role: 'sender'}});
	t.teardown(async () => client.close());
	return openRemoteDisk(client, {migrationId: 'm1', incarnation: 3, node: 'd0', ...request}, new AbortController().signal);
}

async function read(disk: RemoteDisk): Promise<string> {
	let text = '';
	for await (const bytes of disk) text += Buffer.from(bytes).toString();
	return text;
}

test('the source of a guest that comes in speaks with the disk that it names', async t => {
	await using disk = await open(t, await startWithArrival(t));
	await disk.write(Buffer.from('hello'));
	await disk.end();
	t.is(await read(disk), 'd0: hello');
});

test('no other host, nor another migration, gets to the disk, nor anybody once the guest is whole', async t => {
	const receiver = await startWithArrival(t);
	for (const other of [{host: 'host-c'}, {incarnation: 4}, {migrationId: 'm2'}]) {
		const disk = await open(t, receiver, other);
		await t.throwsAsync(read(disk), {code: 'ERR_DOMAIN_UNKNOWN'}, JSON.stringify(other));
	}

	for (const state of ['ready', 'running', 'declined'] as const) {
		const disk = await open(t, await startWithArrival(t, {state}));
		await t.throwsAsync(read(disk), {code: 'ERR_DOMAIN_UNKNOWN'}, state);
	}
});

test('a guest without disks of its own has none to fill', async t => {
	const disk = await open(t, await startWithArrival(t, {disks: undefined}));
	await t.throwsAsync(read(disk), {code: 'ERR_NOT_SUPPORTED', message: /dom1 has no disk d0 of its own here/});
});
