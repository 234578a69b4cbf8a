/**
 * How near the data links come to a bare C loop: moves random memory between two processes over one loopback connection, interleaved
 * with `memory-pump.c`, and prints both with their CPU seconds. With `--tls`, over TLS and beside a bare pump of Node's own `tls`; with `--proof`,
 * beside the same links with the pages hashed at both ends.
 *
 *   node bench/pump.ts [--mib 2048] [--rounds 5] [--pump memory-pump.c] [--window-mib 32] [--in-flight 8] [--scattered] [--tls] [--proof]
 *     [--send-buffer-kib N] [--receive-buffer-kib N] [--zeros] [--compression auto|zstd|lz4]
 */
import {execFileSync, fork, type ChildProcess} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {Advice, adviseMemory, setSocketOption} from '@sterna/system';
import {TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {
	type CompressionMode,
	connectData,
	DataListener,
	DataWorkerPool,
	openReceiveLink,
	openSendLink,
	PageHashes,
	TlsCredentials,
} from '../src/index.ts';
import {TestMemory} from '../test/helpers/guest-memory.ts';
import {LAST_END, streamEnd, streamStart} from '../test/helpers/stream.ts';
import {receiveOverNodeTls, sendOverNodeTls} from './node-tls-pump.ts';

const {values: flags} = parseArgs({
	options: {
		mib: {type: 'string', default: '2048'},
		rounds: {type: 'string', default: '5'},
		pump: {type: 'string'},
		'window-mib': {type: 'string', default: '32'},
		'in-flight': {type: 'string', default: '8'},
		scattered: {type: 'boolean', default: false},
		zeros: {type: 'boolean', default: false},
		compression: {type: 'string'},
		tls: {type: 'boolean', default: false},
		proof: {type: 'boolean', default: false},
		'send-buffer-kib': {type: 'string'},
		'receive-buffer-kib': {type: 'string'},
	},
});

const MIB = 2 ** 20;
const BATCH_PAGES = 1024;
const memoryBytes = Number(flags.mib) * MIB;
const pages = memoryBytes / 4096;
const gib = memoryBytes / 2 ** 30;

type Run = {readonly gigabytesPerSecond: number; readonly sendCpu: number; readonly receiveCpu: number};
type LinkOrder = {
	readonly kind: 'link';
	readonly port: number;
	readonly token: string;
	readonly migrationId: string;
	readonly files?: TlsFiles;
	/** Of the page hashes; undefined = no proof. */
	readonly hashKey?: number;
};
type NodeTlsOrder = {readonly kind: 'node-tls'; readonly port: number; readonly files: TlsFiles};
type SendOrder = LinkOrder | NodeTlsOrder;

function cpuSeconds(since?: NodeJS.CpuUsage): number {
	const {user, system} = process.cpuUsage(since);
	return (user + system) / 1e6;
}

async function sendAll(memory: TestMemory, pool: DataWorkerPool, {port, token, migrationId, files, hashKey}: LinkOrder): Promise<number> {
	using credentials = files === undefined ? undefined : new TlsCredentials(files, 'sender');
	const connection = await connectData({
		host: '127.0.0.1',
		port,
		preamble: {token: Buffer.from(token, 'hex'), migrationId, link: 0, channelIndex: 0, channelCount: 1},
		security: credentials === undefined ? {kind: 'loopback'} : {kind: 'tls', context: credentials.context, peerName: 'host', pool},
	});
	const {fd} = connection;
	if (flags['send-buffer-kib'] !== undefined) setSocketOption(fd, 'sendBufferBytes', Number(flags['send-buffer-kib']) * 1024);
	const before = process.cpuUsage();
	await using link = openSendLink(pool, {
		...connection,
		kind: 'socket',
		memory,
		pageTypes: undefined,
		windowBytes: Number(flags['window-mib']) * MIB,
		teeFd: undefined,
		pageHashes: hashKey === undefined ? undefined : new PageHashes({pageLimit: pages, key: hashKey}),
		compression: flags.compression === undefined ? undefined : {mode: flags.compression as CompressionMode, codecs: ['zstd', 'lz4']},
	});
	await link.writeBytes(streamStart());
	const inFlight: Promise<number>[] = [];
	for (let pfn = 0; pfn < pages; pfn += BATCH_PAGES) {
		inFlight.push(link.writePages(batchAt(pfn), {zeroPages: flags.zeros ? 'allocate' : 'in-full'}));
		if (inFlight.length >= Number(flags['in-flight'])) await inFlight.shift();
	}

	void link.writeBytes(streamEnd().subarray(0, -LAST_END.length));
	void link.writeDigest();
	await link.applied(await link.writeBytes(LAST_END));
	return cpuSeconds(before);
}

/** A batch of consecutive pages, or of every second page of twice the range. */
function batchAt(pfn: number): Uint32Array {
	if (!flags.scattered) return Uint32Array.of(pfn, BATCH_PAGES);
	const base = Math.floor(pfn / (2 * BATCH_PAGES)) * 2 * BATCH_PAGES + (pfn % (2 * BATCH_PAGES) === 0 ? 0 : 1);
	return Uint32Array.from({length: BATCH_PAGES * 2}, (_, index) => (index % 2 === 0 ? base + index : 1));
}

async function child(): Promise<void> {
	using memory = new TestMemory(pages);
	memory.fillRandom();
	await using pool = new DataWorkerPool({maxWorkers: 1});
	process.send?.('filled');
	for await (const [message] of onMessages()) {
		if (message === 'end') break;
		const order = message as SendOrder;
		const before = process.cpuUsage();
		if (order.kind === 'node-tls') await sendOverNodeTls(memory.bytes, order);
		process.send?.({sendCpu: order.kind === 'link' ? await sendAll(memory, pool, order) : cpuSeconds(before)});
	}

	process.disconnect();
}

async function* onMessages(): AsyncGenerator<[unknown]> {
	for (;;) yield (await once(process, 'message')) as [unknown];
}

async function ours(
	sender: ChildProcess,
	memory: TestMemory,
	pool: DataWorkerPool,
	files: TlsFiles | undefined,
	hashKey?: number,
): Promise<Run> {
	using credentials = files === undefined ? undefined : new TlsCredentials(files, 'receiver');
	await using listener = await DataListener.open({
		host: '127.0.0.1',
		port: 0,
		tls: credentials === undefined ? undefined : {credentials, pool, plainAllowed: false},
		onRefused: refused => console.error(refused),
	});
	const token = randomBytes(32);
	const migrationId = randomUUID();
	const expected = listener.expect({token, migrationId});
	const reported = once(sender, 'message');
	const order: SendOrder = {
		kind: 'link',
		port: listener.port,
		token: token.toString('hex'),
		migrationId,
		...(files === undefined ? {} : {files}),
		...(hashKey === undefined ? {} : {hashKey}),
	};
	sender.send(order);
	const connection = await expected;
	const {fd} = connection;
	if (flags['receive-buffer-kib'] !== undefined) setSocketOption(fd, 'receiveBufferBytes', Number(flags['receive-buffer-kib']) * 1024);
	const before = process.cpuUsage();
	const start = process.hrtime.bigint();
	const ended = Promise.withResolvers<void>();
	await using link = openReceiveLink(pool, {
		...connection,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory,
		pageTypes: undefined,
		populatedPagesLimit: pages,
		pageHashes: hashKey === undefined ? undefined : new PageHashes({pageLimit: pages, key: hashKey}),
		backChannel: true,
		onEvent(event) {
			if (event.kind === 'end') ended.resolve();
			if (event.kind === 'failed') ended.reject(event.error);
		},
	});
	link.markPopulated(0, pages);
	await ended.promise;
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	const receiveCpu = cpuSeconds(before);
	const [{sendCpu}] = (await reported) as [{sendCpu: number}];
	return {gigabytesPerSecond: memoryBytes / seconds / 1e9, sendCpu: sendCpu / gib, receiveCpu: receiveCpu / gib};
}

/** The same bytes by Node's own TLS streams, which end in a counter. */
async function nodeTls(sender: ChildProcess, files: TlsFiles): Promise<Run> {
	const {port, received} = await receiveOverNodeTls(files, memoryBytes);
	const reported = once(sender, 'message');
	const before = process.cpuUsage();
	sender.send({kind: 'node-tls', port, files} satisfies SendOrder);
	const seconds = await received;
	const receiveCpu = cpuSeconds(before);
	const [{sendCpu}] = (await reported) as [{sendCpu: number}];
	return {gigabytesPerSecond: memoryBytes / seconds / 1e9, sendCpu: sendCpu / gib, receiveCpu: receiveCpu / gib};
}

async function makeTlsFiles(directory: string): Promise<TlsFiles> {
	const authority = await TestAuthority.create();
	return writeTlsFiles(directory, await authority.issue({name: 'host', addresses: ['127.0.0.1']}), authority.certificate);
}

function pump(binary: string): Run {
	const text = execFileSync(binary, [String(MIB), flags.mib], {encoding: 'utf8'});
	const [, speed = 'NaN', send = 'NaN', receive = 'NaN'] = /([\d.]+) GB\/s.*send ([\d.]+), receive ([\d.]+)/.exec(text) ?? [];
	return {gigabytesPerSecond: Number(speed), sendCpu: Number(send), receiveCpu: Number(receive)};
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const cpuOf = ({sendCpu, receiveCpu}: Run): number => sendCpu + receiveCpu;
const show = (name: string, run: Run): void => {
	const {gigabytesPerSecond, sendCpu, receiveCpu} = run;
	console.log(
		`${name}  ${gigabytesPerSecond.toFixed(3)} GB/s  CPU ${cpuOf(run).toFixed(3)} s/GiB (send ${sendCpu.toFixed(3)}, receive ${receiveCpu.toFixed(3)})`,
	);
};

function add(runs: Run[], run: Run): Run {
	runs.push(run);
	return run;
}

function compare(peer: string, links: readonly Run[], theirs: readonly Run[]): void {
	if (theirs.length === 0) return;
	const speed = median(links.map(run => run.gigabytesPerSecond)) / median(theirs.map(run => run.gigabytesPerSecond));
	const cpu = median(links.map(cpuOf)) / median(theirs.map(cpuOf));
	console.log(`medians beside ${peer}: ${speed.toFixed(2)} × the throughput, ${cpu.toFixed(2)} × the CPU seconds`);
}

async function parent(): Promise<void> {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sterna-pump-'));
	const sender = fork(import.meta.filename, process.argv.slice(2), {env: {...process.env, STERNA_PUMP_CHILD: '1'}});
	try {
		const binary = flags.pump === undefined ? undefined : path.join(directory, 'memory-pump');
		if (binary !== undefined) execFileSync('cc', ['-O2', '-pthread', '-o', binary, String(flags.pump)]);
		const files = flags.tls ? await makeTlsFiles(directory) : undefined;
		using memory = new TestMemory(pages);
		adviseMemory(memory.address, memoryBytes, Advice.populateWrite);
		await using pool = new DataWorkerPool({maxWorkers: 1});
		await once(sender, 'message');
		const runs: Run[] = [];
		const pumps: Run[] = [];
		const nodes: Run[] = [];
		const proven: Run[] = [];
		for (let round = 0; round < Number(flags.rounds); round++) {
			if (binary !== undefined) show('pump    ', add(pumps, pump(binary)));
			if (files !== undefined) show('node tls', add(nodes, await nodeTls(sender, files)));
			show('links   ', add(runs, await ours(sender, memory, pool, files)));
			if (flags.proof) show('proof   ', add(proven, await ours(sender, memory, pool, files, PageHashes.randomKey())));
		}

		compare('the pump', runs, pumps);
		if (flags.proof) compare('links without a proof', proven, runs);
		compare("Node's TLS", runs, nodes);
	} finally {
		if (sender.connected) sender.send('end');
		fs.rmSync(directory, {recursive: true});
	}
}

await (process.env['STERNA_PUMP_CHILD'] === undefined ? parent() : child());
