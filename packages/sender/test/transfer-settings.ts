import test from 'ava';
import {loadConfig} from '@sterna/host';
import {transferSettings} from '../src/transfer-settings.ts';

const CONFIG = loadConfig({side: 'sender', env: {}, systemFile: '/nonexistent/sterna.toml'});
const REQUEST = {stream: 'sterna', tee: ''} as const;

test('what a migration was not asked for is as configured', t => {
	t.deepEqual(transferSettings(CONFIG, REQUEST), {
		channels: 1,
		compression: 'auto',
		deltaCacheBytes: 0,
		bandwidthBytesPerSecond: undefined,
		downtimeBudgetMs: 500,
		proof: 'wire',
		reconnectMs: 60_000,
	});
});

test('what a migration was asked for counts more than the configuration', t => {
	const transfer = {
		channels: 4,
		compression: 'lz4',
		deltaCacheBytes: 4096,
		bandwidthBytesPerSecond: 1e6,
		downtimeBudgetMs: 0,
		proof: 'full',
		reconnectMs: 0,
	} as const;
	t.deepEqual(transferSettings(CONFIG, {...REQUEST, transfer}), transfer);
});

test('a limit of 0 is none', t => {
	const transfer = {compression: '', bandwidthBytesPerSecond: 0} as const;
	t.is(transferSettings(CONFIG, {...REQUEST, transfer}).bandwidthBytesPerSecond, undefined);
});

test("Xen's stream takes nothing that is Sterna's, whatever is configured", t => {
	const data = {...CONFIG.data, channels: 4, compression: 'zstd', deltaCacheBytes: 4096} as const;
	t.like(transferSettings({...CONFIG, data}, {...REQUEST, stream: 'xen'}), {
		channels: 1,
		compression: 'none',
		deltaCacheBytes: 0,
		proof: 'off',
		reconnectMs: 0,
	});
});

test('a teed stream goes over one connection, once, whatever is configured', t => {
	const data = {...CONFIG.data, channels: 4};
	t.like(transferSettings({...CONFIG, data}, {...REQUEST, tee: '/tmp/tee'}), {channels: 1, reconnectMs: 0});
});

for (const [title, request] of [
	["Xen's stream over several connections", {stream: 'xen', tee: '', transfer: {channels: 2, compression: ''}}],
	["Xen's stream, compressed", {stream: 'xen', tee: '', transfer: {compression: 'zstd'}}],
	["Xen's stream with differences", {stream: 'xen', tee: '', transfer: {compression: '', deltaCacheBytes: 4096}}],
	["Xen's stream, proved", {stream: 'xen', tee: '', transfer: {compression: '', proof: 'wire'}}],
	["Xen's stream that goes on behind a lost connection", {stream: 'xen', tee: '', transfer: {compression: '', reconnectMs: 1000}}],
	['a tee that goes on behind a lost connection', {stream: 'sterna', tee: '/tmp/tee', transfer: {compression: '', reconnectMs: 1000}}],
	['a tee of several connections', {stream: 'sterna', tee: '/tmp/tee', transfer: {channels: 2, compression: ''}}],
] as const) {
	test(`${title} is refused`, t => {
		t.throws(() => transferSettings(CONFIG, request), {code: 'ERR_USAGE'});
	});
}
