import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openQemuConsole} from '../../../src/drivers/qemu/console.ts';

/** A serial port as QEMU has it on a socket, and the directory that the socket is in; both gone after the test. */
async function listen(
	t: ExecutionContext,
): Promise<{readonly directory: string; readonly socketPath: string; readonly client: Promise<Socket>}> {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-console-'));
	const socketPath = path.join(directory, 'console.sock');
	const server: Server = createServer().listen(socketPath);
	t.teardown(() => {
		server.close();
		rmSync(directory, {recursive: true, force: true});
	});
	const client = once(server, 'connection').then(([socket]: Socket[]) => {
		if (socket === undefined) throw new TypeError('a connection without a socket');
		t.teardown(() => socket.destroy());
		return socket;
	});
	await once(server, 'listening');
	return {directory, socketPath, client};
}

test('what is written comes to the serial port, and what comes from there is read off', async t => {
	const {socketPath, client} = await listen(t);
	await using console = await openQemuConsole({socketPath});
	const port = await client;
	await console.write(Buffer.from('root\r'));
	const [typed] = (await once(port, 'data')) as [Buffer];
	t.is(typed.toString(), 'root\r');
	// Far more than sockets hold: who writes it never waits for long.
	const written = Promise.withResolvers<void>();
	port.write(Buffer.alloc(8 * 1024 * 1024), () => written.resolve());
	await written.promise;
	t.pass();
});

test('what a guest writes that nobody else logs is appended to its output', async t => {
	const {directory, socketPath, client} = await listen(t);
	const output = path.join(directory, 'output');
	writeFileSync(output, 'before\n');
	const console = await openQemuConsole({socketPath, appendTo: output});
	const port = await client;
	port.end('login: ');
	await once(port, 'close').catch(() => undefined);
	await console[Symbol.asyncDispose]();
	t.is(readFileSync(output, 'utf8'), 'before\nlogin: ');
});

test('a guest that is gone takes nothing', async t => {
	const {socketPath, client} = await listen(t);
	await using console = await openQemuConsole({socketPath});
	const port = await client;
	const closed = once(port, 'close');
	port.destroy();
	await closed;
	await t.throwsAsync(
		async () => {
			for (;;) await console.write(Buffer.from('x'));
		},
		{code: 'ERR_GUEST_EXITED'},
	);
	await t.throwsAsync(openQemuConsole({socketPath: `${socketPath}.none`}), {code: 'ERR_GUEST_EXITED', message: /nobody is at the console/});
});
