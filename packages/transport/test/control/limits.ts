import {once} from 'node:events';
import {createServer as createTlsServer} from 'node:tls';
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net';
import test from 'ava';
import {getSocketOption} from '@sterna/system';
import {heartbeatLimits} from '../../src/index.ts';
import {DEFAULT_CONTROL_LIMITS, silenceMsOf} from '../../src/control/limits.ts';
import {openSocket} from '../../src/control/open-socket.ts';
import {SENDER} from '../helpers/control.ts';
import {makeCredentials} from '../helpers/tls.ts';

test('a silent peer is given up after the silence timeout, or at the first ping behind it', t => {
	t.deepEqual(heartbeatLimits({heartbeatIntervalMs: 2000, silenceTimeoutMs: 10_000}), {heartbeatMs: 2000, heartbeatMisses: 5});
	t.deepEqual(heartbeatLimits({heartbeatIntervalMs: 300, silenceTimeoutMs: 1000}), {heartbeatMs: 300, heartbeatMisses: 4});
	t.is(silenceMsOf({...DEFAULT_CONTROL_LIMITS, heartbeatMs: 300, heartbeatMisses: 4}), 1200);
});

for (const carrier of ['plain', 'TLS'] as const) {
	test(`${carrier}: the kernel gives a host up that acknowledges nothing for as long`, async t => {
		const credentials = carrier === 'TLS' ? await makeCredentials(t) : undefined;
		const server: Server = credentials === undefined ? createServer() : createTlsServer(credentials.serverOptions);
		t.teardown(() => server.close());
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const tls = credentials?.clientOptions('host-b');
		const socket: Socket = openSocket({address: {host: '127.0.0.1', port}, hello: SENDER, tls}, 3000);
		t.teardown(() => socket.destroy());
		await once(socket, 'connect');
		const {fd} = Reflect.get(socket, '_handle') as {readonly fd: number};
		t.is(getSocketOption(fd, 'tcpUserTimeoutMs'), 3000);
	});
}
