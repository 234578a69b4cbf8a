import {once} from 'node:events';
import {createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {GuestClient} from '../../../src/drivers/workload/control-client.ts';
import {temporaryDirectory} from '../../helpers/workshop.ts';

/** A server that answers each connection in its own way, in place of a guest. */
const servedBy = async (t: ExecutionContext, serve: (socket: Socket) => void): Promise<GuestClient> => {
	const socketPath = join(temporaryDirectory(t), 's');
	const server: Server = createServer(socket => {
		socket.on('error', () => undefined);
		serve(socket);
	}).listen(socketPath);
	await once(server, 'listening');
	const client = await GuestClient.connect(socketPath);
	t.teardown(() => {
		client[Symbol.dispose]();
		server.close();
	});
	return client;
};

test('what is no message of a guest ends the connection, and every request with it', async t => {
	const nonsense = [
		'nonsense\n',
		'{}\n',
		'null\n',
		'{"id":1,"ok":true}\n',
		'{"id":1,"ok":false,"code":"ERR_NO_SUCH","message":""}\n',
		'{"event":"promoted"}\n',
		'{"event":"resized","memoryBytes":-1}\n',
		'x'.repeat(140_000),
	];
	for (const text of nonsense) {
		const client = await servedBy(t, socket => socket.once('data', () => socket.write(text)));
		await t.throwsAsync(client.request('pause'), {name: 'DomainError', code: 'ERR_INTERNAL'}, text.slice(0, 50));
		await t.throwsAsync(client.request('show'), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
	}
});

test('an answer of the wrong form is refused', async t => {
	const client = await servedBy(t, socket => {
		let id = 0;
		socket.on('data', () => {
			id += 1;
			socket.write(`{"id":${id},"ok":true,"result":{"lastStepNs":${id === 1 ? '"12.5"' : '"12"'}}}\n`);
		});
	});
	await t.throwsAsync(client.request('pause'), {name: 'DomainError', code: 'ERR_INTERNAL'});
	t.deepEqual(await client.request('pause'), {lastStepNs: 12n});
});

test('answers come in any order, and one that nobody waits for is passed over', async t => {
	const client = await servedBy(t, socket => {
		let asked = '';
		socket.on('data', (chunk: Buffer) => {
			asked += chunk.toString();
			if (asked.split('\n').length < 3) return;
			socket.write('{"id":99,"ok":true,"result":{}}\n');
			socket.write('{"id":2,"ok":false,"code":"ERR_DOMAIN_STATE","message":"no"}\n{"id":1,"ok":true,"result":{"firstStepNs":"7"}}\n');
		});
	});
	const [first, second] = await Promise.allSettled([client.request('resume'), client.request('warm')]);
	t.like(first, {status: 'fulfilled', value: {firstStepNs: 7n}});
	t.like(second, {status: 'rejected', reason: {code: 'ERR_DOMAIN_STATE', message: 'no'}});
});

test('a guest that goes away is told once, and not when we left', async t => {
	const sockets: Socket[] = [];
	const client = await servedBy(t, socket => sockets.push(socket));
	const gone = new Promise<void>(resolve => {
		client.onGone = resolve;
	});
	const waiting = client.request('check');
	sockets[0]?.destroy();
	await t.throwsAsync(waiting, {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
	await gone;
	const leaving = await servedBy(t, () => undefined);
	leaving.onGone = () => t.fail();
	leaving[Symbol.dispose]();
	await t.throwsAsync(leaving.request('show'), {code: 'ERR_GUEST_EXITED'});
});
