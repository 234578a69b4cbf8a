import {existsSync, readFileSync, statSync} from 'node:fs';
import test from 'ava';
import {boolean, nat, sample, tuple, uint8Array} from 'fast-check';
import {spawnDiskServer} from '../../../../../src/drivers/qemu/disks/server/spawn-disk-server.ts';
import {makeImage, startDiskServer} from '../../../../helpers/qemu/disk-server.ts';
import {Ask, NbdClient} from '../../../../helpers/qemu/nbd-client.ts';
import {until} from '../../../../helpers/workshop.ts';

const MIB = 2 ** 20;
const EINVAL = 22;

test('a disk says how large it is, what it can do and how much may be asked for', async t => {
	const {nbd} = await startDiskServer(t, {sizes: [4 * MIB, 8 * MIB]});
	using client = await NbdClient.connect(nbd);
	client.flags(1);
	const [exported, blocks, ack] = await client.query(6, 'd1');
	t.is(exported?.data.readUInt16BE(0), 0);
	t.is(exported?.data.readBigUInt64BE(2), BigInt(8 * MIB));
	t.is(exported?.data.readUInt16BE(10), 0x4d);
	t.deepEqual(
		[2, 6, 10].map(at => blocks?.data.readUInt32BE(at)),
		[1, 4096, MIB],
	);
	t.is(ack?.type, 1);
	// And is not had by that.
	t.is((await client.query(7, 'd0')).at(-1)?.type, 1);
	t.is((await client.read(0, 6)).toString(), 'disk 0');
});

test('an option that is not known, and a disk that is not there, are refused by their names and can be followed by others', async t => {
	const {nbd} = await startDiskServer(t);
	using client = await NbdClient.connect(nbd);
	client.flags(3);
	client.option(8, new Uint8Array(0)); // STRUCTURED_REPLY
	t.is((await client.optionReply()).type, 0x8000_0001);
	t.is((await client.query(7, 'd7')).at(-1)?.type, 0x8000_0006);
	client.option(7, Buffer.from([0, 0, 0xff, 0xff, 0, 0]));
	t.is((await client.optionReply()).type, 0x8000_0003);
	t.is((await client.query(7, 'd0')).at(-1)?.type, 1);
});

test('reads and writes of any place and length are as of a file', async t => {
	const {nbd, images} = await startDiskServer(t, {sizes: [MIB + 512]});
	const model = Buffer.alloc(MIB + 512);
	model.write('disk 0');
	using client = await NbdClient.open(nbd, 'd0');
	const place = tuple(nat(MIB + 511), nat(20_000), nat(255), boolean());
	for (const [offset, wanted, value, isRead] of sample(place, {numRuns: 300, seed: 1})) {
		const length = Math.min(wanted, model.length - offset);
		if (isRead) t.true((await client.read(offset, length)).equals(model.subarray(offset, offset + length)));
		else {
			t.is(await client.write(offset, Buffer.alloc(length, value)), 0);
			model.fill(value, offset, offset + length);
		}
	}

	t.true(readFileSync(images[0] ?? '').equals(model));
});

test('requests that are sent ahead are all answered, with their own handles', async t => {
	const {nbd} = await startDiskServer(t);
	using client = await NbdClient.open(nbd, 'd0');
	const asked = new Map<bigint, 'read' | 'write' | 'flush'>();
	for (let at = 0; at < 300; at++) {
		const offset = (at % 64) * 65_536;
		asked.set(client.request(Ask.write, offset, 65_536, {data: Buffer.alloc(65_536, at)}), 'write');
		asked.set(client.request(Ask.read, offset, 65_536), 'read');
		if (at % 10 === 0) asked.set(client.request(Ask.flush, 0, 0), 'flush');
	}

	for (let left = asked.size; left > 0; left--) {
		const {handle, error} = await client.reply();
		t.is(error, 0);
		const kind = asked.get(handle);
		t.true(asked.delete(handle));
		if (kind === 'read') await client.take(65_536);
	}
});

test('what the disk does not have is refused, and the next request is served', async t => {
	const {nbd} = await startDiskServer(t);
	using client = await NbdClient.open(nbd, 'd0');
	const faulty: [number, number | bigint, number, number?][] = [
		[Ask.read, 4 * MIB - 1, 2],
		[Ask.read, 4 * MIB, 1],
		[Ask.read, 2n ** 63n, 4096],
		[Ask.read, 0, 2 * MIB],
		[Ask.read, 0, 4096, 0x80],
		[Ask.writeZeroes, 4 * MIB - 4096, 8192],
		[Ask.writeZeroes, 0, 2 ** 32 - 1],
		[Ask.trim, 0, 4096],
		[77, 0, 0],
	];
	for (const [command, offset, length, flags] of faulty) {
		client.request(command, offset, length, {flags: flags ?? 0});
		t.is((await client.reply()).error, EINVAL, `${command} ${offset} ${length}`);
	}

	t.is(await client.write(4 * MIB - 4096, Buffer.alloc(8192)), EINVAL);
	t.is(await client.write(0, Buffer.alloc(4096), 0x80), EINVAL);
	t.is((await client.read(0, 6)).toString(), 'disk 0');
});

test('zeros are written where there is data, and leave a hole as it is', async t => {
	const {nbd, images} = await startDiskServer(t, {sizes: [64 * MIB]});
	const [file = ''] = images;
	using client = await NbdClient.open(nbd, 'd0');
	await client.write(8 * MIB, Buffer.alloc(MIB, 1));
	const {blocks} = statSync(file);
	client.request(Ask.writeZeroes, 0, 64 * MIB, {flags: 2});
	t.is((await client.reply()).error, 0);
	t.true(readFileSync(file).every(byte => byte === 0));
	t.true(statSync(file).blocks <= blocks);
});

test('a client that does not speak as it must is cut off, whatever it claims to send', async t => {
	const {nbd} = await startDiskServer(t);
	// Keeps the server.
	using other = await NbdClient.open(nbd, 'd0');
	const cases: readonly ((client: NbdClient) => void)[] = [
		client => client.flags(0),
		client => client.flags(0xff),
		client => client.send(Buffer.alloc(64, 0xaa)),
		client => {
			client.flags(1);
			client.option(7, new Uint8Array(0), 0xffff_ffff);
		},
		client => {
			client.flags(1);
			client.send(Buffer.alloc(16, 1));
		},
		client => {
			client.flags(1);
			client.option(1, Buffer.from('d0'));
		},
	];
	for (const act of cases) {
		using client = await NbdClient.connect(nbd);
		act(client);
		await client.ended();
	}

	for (const act of [
		(client: NbdClient) => client.send(Buffer.alloc(28, 9)),
		(client: NbdClient) => void client.request(Ask.write, 0, 0xffff_ffff),
		(client: NbdClient) => void client.request(Ask.write, 0, MIB + 1),
		(client: NbdClient) => void client.request(Ask.disconnect, 0, 0),
	]) {
		using client = await NbdClient.open(nbd, 'd0');
		act(client);
		await client.ended();
	}

	t.is((await other.read(0, 6)).toString(), 'disk 0');
});

test('no bytes of a client end the server', async t => {
	const {nbd} = await startDiskServer(t);
	using other = await NbdClient.open(nbd, 'd0');
	for (const [isOpen, bytes] of sample(tuple(boolean(), uint8Array({minLength: 1, maxLength: 300})), {numRuns: 200, seed: 2})) {
		using client = isOpen ? await NbdClient.open(nbd, 'd0') : await NbdClient.connect(nbd);
		client.send(bytes);
	}

	t.is((await other.read(0, 6)).toString(), 'disk 0');
});

test('the server ends with its last client, not with one of several', async t => {
	const {nbd, control} = await startDiskServer(t, {sizes: [MIB, MIB]});
	const first = await NbdClient.open(nbd, 'd0');
	const second = await NbdClient.open(nbd, 'd1');
	first[Symbol.dispose]();
	t.is((await second.read(0, 6)).toString(), 'disk 1');
	// Its last write is half there: none of it is made.
	second.request(Ask.write, 0, 4096, {data: Buffer.alloc(100, 1)});
	second[Symbol.dispose]();
	await until(() => !existsSync(control));
	t.false(existsSync(nbd));
});

test('an image that is in use, is missing or is no disk is refused', async t => {
	const server = await startDiskServer(t);
	const [file = ''] = server.images;
	const other = async (image: string): Promise<void> =>
		spawnDiskServer(
			{
				name: 'vm2',
				nbdSocket: `${server.nbd}2`,
				controlSocket: `${server.control}2`,
				disks: [{node: 'd0', file: image}],
				logLimitBytes: MIB,
			},
			{log: server.log},
		);
	await t.throwsAsync(other(file), {code: 'ERR_TARGET_REFUSED', message: /in use/});
	await t.throwsAsync(other(`${file}.none`), {code: 'ERR_FILE', message: /ENOENT/});
	makeImage(`${file}.odd`, 1000);
	await t.throwsAsync(other(`${file}.odd`), {code: 'ERR_TARGET_REFUSED', message: /1000 bytes/});
	await t.throwsAsync(other('/dev/null'), {code: 'ERR_TARGET_REFUSED'});
});
