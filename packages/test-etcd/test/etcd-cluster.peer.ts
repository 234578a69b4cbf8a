import test from 'ava';
import {EtcdCluster} from '../src/etcd-cluster.ts';
import type {EtcdServer} from '../src/etcd-server.ts';

const KEY = Buffer.from('key').toString('base64');

async function ask({url}: EtcdServer, path: string, body: object): Promise<string> {
	const response = await fetch(`${url}/v3/${path}`, {method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(10_000)});
	return response.text();
}

test('what a server was told before it was killed is there when it is started again', async t => {
	await using cluster = await EtcdCluster.start();
	const {server} = cluster;
	await ask(server, 'kv/put', {key: KEY, value: Buffer.from('told').toString('base64')});
	await server.kill();
	await t.throwsAsync(ask(server, 'kv/range', {key: KEY}));
	server.restart();
	await server.ready();
	t.true((await ask(server, 'kv/range', {key: KEY})).includes(Buffer.from('told').toString('base64')));
});

test('a frozen server answers when it is thawed', async t => {
	await using cluster = await EtcdCluster.start();
	const {server} = cluster;
	server.freeze();
	let isThawed = false;
	const answered = ask(server, 'kv/range', {key: KEY}).then(() => isThawed);
	t.false(await server.isLeader());
	isThawed = true;
	server.thaw();
	t.true(await answered);
});

test('three servers have one leader, and another one when it is killed', async t => {
	await using cluster = await EtcdCluster.start({size: 3});
	const first = await cluster.leader();
	await first.kill();
	const second = await cluster.leader();
	t.not(second, first);
	t.true((await ask(second, 'kv/put', {key: KEY, value: ''})).includes('revision'));
});
