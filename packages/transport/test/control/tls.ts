import {once} from 'node:events';
import fs from 'node:fs';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {ControlServer, ControlServerOptions} from '../../src/control/index.ts';
import {ClientLink} from '../../src/control/client-link.ts';
import type {ConnectOptions} from '../../src/control/control-client.ts';
import {unreachableError} from '../../src/control/open-socket.ts';
import {TlsCredentials} from '../../src/index.ts';
import {connectTo, startServer} from '../helpers/control.ts';
import {type HostOptions, makeCredentials, makeTlsFiles} from '../helpers/tls.ts';

type Started = {readonly server: ControlServer; readonly nextRefused: Promise<string>};

async function start(t: ExecutionContext, own?: HostOptions, overrides: Partial<ControlServerOptions> = {}): Promise<Started> {
	const refused = Promise.withResolvers<string>();
	const server = await startServer(t, {
		tls: (await makeCredentials(t, own)).serverOptions,
		onRefused: ({because}) => refused.resolve(because),
		...overrides,
	});
	return {server, nextRefused: refused.promise};
}

test('two hosts with certificates of one authority talk, by name and by address', async t => {
	const {server} = await start(t);
	const client = await makeCredentials(t, {name: 'host-a'});
	for (const peerName of ['host-b', '127.0.0.1']) {
		const connection = await connectTo(t, server, {tls: client.clientOptions(peerName)});
		t.is(connection.peer.host, 'host-b');
		await connection.ask('go', {migrationId: 'm', incarnation: 1}, 'done');
	}
});

test('a server that cannot show the right certificate is not talked to', async t => {
	const client = await makeCredentials(t, {name: 'host-a'});
	for (const [own, peerName, why] of [
		[{authority: 'stranger'}, 'host-b', /UNABLE_TO|unable to/],
		[{}, 'host-c', /altnames/],
	] as const) {
		const {server} = await start(t, own);
		const error = await t.throwsAsync(connectTo(t, server, {tls: client.clientOptions(peerName)}), {
			code: 'ERR_TLS',
			message: /shows a certificate that is not accepted here/,
		});
		t.regex(String((error?.cause as Error | undefined)?.message), why);
		t.is(server.connectionCount, 0);
	}
});

test('a client that cannot show the right certificate is refused: it hears so, and the server says why', async t => {
	const {server, nextRefused} = await start(t);
	const stranger = await makeCredentials(t, {authority: 'stranger'});
	await t.throwsAsync(connectTo(t, server, {tls: stranger.clientOptions('host-b')}), {code: 'ERR_TLS'});
	t.regex(await nextRefused, /its certificate is not accepted: UNABLE_TO_/);
	const bare = await start(t);
	const {ca, servername} = stranger.clientOptions('host-b');
	await t.throwsAsync(connectTo(t, bare.server, {tls: {ca, servername}}), {code: 'ERR_TLS'});
	t.regex(await bare.nextRefused, /peer did not return a certificate/);
});

test('one end with TLS and the other without is told as that', async t => {
	const secured = await start(t);
	await t.throwsAsync(connectTo(t, secured.server), {
		code: 'ERR_HOST_UNREACHABLE',
		message: /hung up without a word: .*it has TLS, which this host has not$/,
	});
	t.regex(await secured.nextRefused, /http request|wrong version number/i);
	const plain = await startServer(t);
	const client = await makeCredentials(t);
	await t.throwsAsync(connectTo(t, plain, {tls: client.clientOptions('host-b')}), {code: 'ERR_TLS', message: /does not speak TLS/});
});

test('a connection that breaks off behind the first bytes of an answer is not taken for one to a server with TLS', async t => {
	const accepted = Promise.withResolvers<Socket>();
	const server = createServer(socket => accepted.resolve(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
	t.teardown(() => server.close());
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const options: ConnectOptions = {
		address: {host: '127.0.0.1', port},
		hello: {software: 'test', host: 'host-a', role: 'sender', features: []},
	};
	const link = new ClientLink(options);
	const failed = t.throwsAsync(link.opened);
	const socket = await accepted.promise;
	socket.write('HTTP/1.1 101 Switching');
	// Its end may take what was not read with it.
	while (!link.heard.hasAnswered) await nextTurn();
	socket.resetAndDestroy();
	const {code, message} = unreachableError(options, await failed, link.heard);
	t.is(code, 'ERR_HOST_UNREACHABLE');
	t.regex(message, /broke off in the middle of its answer$/);
});

test('without TLS no host beyond loopback is called', async t => {
	const server = await startServer(t);
	for (const host of ['192.0.2.1', '2001:db8::1']) {
		await t.throwsAsync(connectTo(t, server, {address: {host, port: 7440}}), {code: 'ERR_CONFIG', message: /loopback only/});
	}
});

test('a server shows other certificates to those who connect after it was given them', async t => {
	const {server} = await start(t, {authority: 'stranger'});
	const client = await makeCredentials(t);
	const tls = client.clientOptions('host-b');
	await t.throwsAsync(connectTo(t, server, {tls}), {code: 'ERR_TLS'});
	server.setCredentials((await makeCredentials(t)).serverOptions);
	t.is((await connectTo(t, server, {tls})).peer.host, 'host-b');
});

test('credentials that cannot be used name the file and what is wrong with it', async t => {
	const files = await makeTlsFiles();
	const other = await makeTlsFiles();
	const expired = await makeTlsFiles({notAfter: new Date('2021-06-01T00:00:00Z')});
	const empty = `${files.ca}.empty`;
	fs.writeFileSync(empty, '');
	for (const [changed, why] of [
		[{certificate: '/nonexistent.pem'}, /tls\.certificate \/nonexistent\.pem cannot be read/],
		[{key: '/nonexistent.pem'}, /tls\.key \/nonexistent\.pem cannot be read/],
		[{ca: empty}, /tls\.ca .*\.empty is not a certificate in PEM/],
		[{key: files.ca}, /tls\.key .* is not a private key/],
		[{key: other.key}, /tls\.key .* is not the key of tls\.certificate/],
		[expired, /tls\.certificate .* has expired on 2021-06-01/],
	] as const) {
		t.throws(() => new TlsCredentials({...files, ...changed}, 'sender'), {code: 'ERR_CONFIG', message: why});
	}
});

test('credentials that are read again are new ones, or the old ones where the files are wrong', async t => {
	const files = await makeTlsFiles();
	const renewed = await makeTlsFiles();
	using credentials = new TlsCredentials(files, 'sender');
	const before = credentials.serverOptions.cert;
	fs.copyFileSync(renewed.certificate, files.certificate);
	t.throws(() => credentials.reload(), {code: 'ERR_CONFIG', message: /is not the key of/});
	t.is(credentials.serverOptions.cert, before);
	fs.copyFileSync(renewed.key, files.key);
	credentials.reload();
	t.not(credentials.serverOptions.cert, before);
});
