import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {inspect} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {bootTimeNs} from '@sterna/system';
import type {LeaseSettings} from '../../src/config/lease-section.ts';
import {EtcdLeaseStore} from '../../src/lease/etcd/etcd-lease-store.ts';
import type {LeaseStore} from '../../src/lease/lease-store.ts';
import {openLeaseStore} from '../../src/lease/open-lease-store.ts';
import {claimOf, never, startEtcd} from '../helpers/etcd.ts';
import {temporaryDirectory} from '../helpers/host.ts';

type EtcdSettings = Extract<LeaseSettings, {store: 'etcd'}>;

const settings = (endpoints: readonly string[], more: Partial<EtcdSettings> = {}): EtcdSettings => ({
	store: 'etcd',
	endpoints,
	ttlMs: 5000,
	prefix: 'test/',
	tls: {ca: undefined, client: undefined},
	login: undefined,
	...more,
});

function open(t: ExecutionContext, wanted: LeaseSettings, onReload?: (reread: () => void) => void): LeaseStore {
	const store = openLeaseStore(wanted, {side: 'sender', ...(onReload === undefined ? {} : {onReload})});
	t.teardown(async () => store[Symbol.asyncDispose]());
	return store;
}

const fromFiles = ({ca, certificate, key}: TlsFiles): EtcdSettings['tls'] => ({ca, client: {certificate, key}});

test('etcd is spoken to by TLS, each end by its certificate, and not by those of another authority', async t => {
	const directory = temporaryDirectory(t);
	const [authority, stranger] = await Promise.all([TestAuthority.create(), TestAuthority.create('a stranger')]);
	const issue = {name: 'etcd', addresses: ['127.0.0.1']};
	const server = writeTlsFiles(path.join(directory, 'server'), await authority.issue(issue), authority.certificate);
	const host = writeTlsFiles(path.join(directory, 'host'), await authority.issue({name: 'host-a'}), authority.certificate);
	const other = writeTlsFiles(path.join(directory, 'other'), await stranger.issue(issue), stranger.certificate);
	const {urls} = await startEtcd(t, {tls: server});
	const lease = await open(t, settings(urls, {tls: fromFiles(host)})).acquire(claimOf('host-a', 1), never);
	await lease.renew(never);
	const refused = {code: 'ERR_LEASE_STORE'};
	await t.throwsAsync(open(t, settings(urls, {tls: fromFiles(other)})).look('x', never), refused, 'it does not trust the server');
	await t.throwsAsync(open(t, settings(urls, {tls: fromFiles({...other, ca: host.ca})})).look('x', never), refused, 'nor is it trusted');
	await t.throwsAsync(
		open(t, settings(urls, {tls: {ca: host.ca, client: undefined}})).look('x', never),
		refused,
		'it shows no certificate',
	);

	let reread = (): void => {};
	const renewed = open(t, settings(urls, {tls: fromFiles(other)}), given => {
		reread = given;
	});
	await t.throwsAsync(renewed.look('x', never), refused);
	writeTlsFiles(path.join(directory, 'other'), await authority.issue({name: 'host-b'}), authority.certificate);
	reread();
	t.deepEqual(await renewed.look('x', never), {owner: undefined, isHeld: false});
});

test('etcd with users is spoken to by name and password, beyond the end of a token, and no error has the password in it', async t => {
	const password = 'a-very-secret-word';
	const directory = temporaryDirectory(t);
	const file = (name: string, text: string): string => {
		const where = path.join(directory, name);
		writeFileSync(where, text, {mode: 0o600});
		return where;
	};
	const {server} = await startEtcd(t);
	const ask = async (what: string, body: object): Promise<void> => {
		const response = await fetch(`${server.url}/v3/auth/${what}`, {method: 'POST', body: JSON.stringify(body)});
		t.is(response.status, 200, what);
	};
	const base64 = (text: string): string => Buffer.from(text).toString('base64');
	await ask('role/add', {name: 'sterna'});
	await ask('role/grant', {name: 'sterna', perm: {permType: 'READWRITE', key: base64('test/'), range_end: base64('test0')}});
	for (const name of ['root', 'sterna']) await ask('user/add', {name, password});
	await ask('role/add', {name: 'root'});
	await ask('user/grant', {user: 'root', role: 'root'});
	await ask('user/grant', {user: 'sterna', role: 'sterna'});
	await ask('enable', {});

	const login = {user: 'sterna', passwordFile: file('right', `${password}\n`)};
	const store = open(t, settings([server.url], {login}));
	const lease = await store.acquire(claimOf('host-a', 1), never);
	await lease.renew(never);
	// A restarted server knows no token that it gave before.
	await server.kill();
	server.restart();
	await server.ready();
	await lease.renew(never);
	t.true(lease.untilBootNs > bootTimeNs());

	const refused = [
		settings([server.url]),
		settings([server.url], {login: {user: 'sterna', passwordFile: file('wrong', `${password}!`)}}),
		settings([server.url], {login, prefix: 'elsewhere/'}),
	];
	for (const wanted of refused) {
		const error = await t.throwsAsync(open(t, wanted).acquire(claimOf('host-a', 1), never), {code: 'ERR_LEASE_STORE'});
		t.false(inspect(error, {depth: Infinity, showHidden: true}).includes(password));
	}
});

test('files that are not there are a fault of the configuration', t => {
	const missing = settings(['https://127.0.0.1:1'], {tls: {ca: '/nowhere/ca.pem', client: undefined}});
	t.throws(() => openLeaseStore(missing, {side: 'sender'}), {code: 'ERR_CONFIG', message: /lease\.ca, \/nowhere\/ca\.pem, cannot be read/});
	t.is(open(t, {store: 'manual'}).kind, 'manual');
	t.true(open(t, settings(['https://127.0.0.1:1'])) instanceof EtcdLeaseStore);
});
