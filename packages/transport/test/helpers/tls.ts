import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {randomBytes, randomUUID} from 'node:crypto';
import type {ExecutionContext} from 'ava';
import {type IssueOptions, TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {connectData, DataListener, type DataSocket, type DataWorkerPool, TlsCredentials} from '../../src/index.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sterna-transport-tls-'));
process.once('exit', () => fs.rmSync(directory, {recursive: true, force: true}));

/** The authority that the hosts of these tests trust, and one that they do not. */
const AUTHORITIES = {known: TestAuthority.create(), stranger: TestAuthority.create('a stranger')};

export type HostOptions = Partial<IssueOptions> & {readonly authority?: keyof typeof AUTHORITIES};

/** Files of a host at 127.0.0.1 and ::1, who trusts the known authority. */
export async function makeTlsFiles({name = 'host-b', authority = 'known', ...options}: HostOptions = {}): Promise<TlsFiles> {
	const issued = await (await AUTHORITIES[authority]).issue({name, addresses: ['127.0.0.1', '::1'], ...options});
	return writeTlsFiles(fs.mkdtempSync(`${directory}/`), issued, (await AUTHORITIES.known).certificate);
}

/** Credentials of such a host, freed with the test. */
export async function makeCredentials(t: ExecutionContext, options?: HostOptions): Promise<TlsCredentials> {
	const credentials = new TlsCredentials(await makeTlsFiles(options), 'receiver');
	t.teardown(() => credentials[Symbol.dispose]());
	return credentials;
}

/**
 * The two ends of a data connection over TLS, handshake and preamble behind them. `through`: the port of a relay to the given one,
 * where the connection is to go through one.
 */
export async function connectTlsLinks(
	pool: DataWorkerPool,
	through: (port: number) => Promise<number> = async port => port,
): Promise<[DataSocket, DataSocket]> {
	using credentials = new TlsCredentials(await makeTlsFiles(), 'receiver');
	await using listener = await DataListener.open({
		host: '127.0.0.1',
		port: 0,
		tls: {credentials, pool, plainAllowed: false},
		onRefused: ({because}) => {
			throw new Error(because);
		},
	});
	const token = randomBytes(32);
	const migrationId = randomUUID();
	const [own, peer] = await Promise.all([
		connectData({
			host: '127.0.0.1',
			port: await through(listener.port),
			preamble: {token, migrationId, link: 0, channelIndex: 0, channelCount: 1},
			security: {kind: 'tls', context: credentials.context, peerName: 'host-b', pool},
		}),
		listener.expect({token, migrationId}),
	]);
	return [own, peer];
}
