import test from 'ava';
import {jsonLines} from '../helpers/cli.ts';
import {
	EMULATOR_CONTEXT,
	GO,
	HVM_CONTEXT,
	HVM_END,
	hvmFile,
	libxc,
	libxl,
	page,
	pageData,
	streamCommand,
	TemporaryDirectory,
	TSC,
} from '../helpers/streams.ts';
import {encodeHvmParams, encodeRecord} from '@sterna/protocol';

const PARAMS = libxc(
	'HVM_PARAMS',
	encodeHvmParams({
		name: 'HVM_PARAMS',
		params: [
			{index: 1n, value: 0xfeffcn},
			{index: 99n, value: 2n ** 60n},
		],
	}),
);
const MEMORY = pageData([0x10, 0, page(1)], [0x11, 0xf], [0x400, 0xe]);

test('every record is one JSON object a line, with what it says in short', async t => {
	using directory = new TemporaryDirectory();
	const file = directory.file('a.xl', hvmFile(MEMORY, PARAMS, HVM_END));
	const {status, stdout} = await streamCommand('inspect', file, '--json');
	t.is(status, 0);
	const lines = jsonLines(stdout);
	t.deepEqual(lines.at(0), {
		layer: 'xl',
		offset: 0,
		type: null,
		name: 'XL_HEADER',
		length: 80,
		mandatoryFlags: 3,
		optionalFlags: 0,
		optionalDataLength: 32,
		configIsJson: true,
	});
	t.deepEqual(
		lines.find(({name}) => name === 'PAGE_DATA'),
		{
			layer: 'libxc',
			offset: 152,
			type: 1,
			name: 'PAGE_DATA',
			length: 4128,
			count: 3,
			dataPages: 1,
			lowestPfn: 0x10,
			highestPfn: 0x400,
			types: {NOTAB: 1, XALLOC: 1, XTAB: 1},
		},
	);
	t.like(
		lines.find(({name}) => name === 'HVM_PARAMS'),
		{type: 10, length: 40, count: 2, params: {STORE_PFN: 0xfeffc, 99: '0x1000000000000000'}},
	);
	t.deepEqual(lines.at(-1), {
		result: {file, outcome: 'whole', exitStatus: 0, wholeCheckpoints: 0, bytes: 4424, fault: null, notChecked: []},
	});
});

test('people read one line a record, hexadecimal offsets, and a summary', async t => {
	using directory = new TemporaryDirectory();
	const file = directory.file('a.xl', hvmFile(MEMORY, PARAMS, HVM_END));
	const {status, stdout} = await streamCommand('inspect', file, '--memory-sum');
	t.is(status, 0);
	for (const line of [
		'        98  libxc PAGE_DATA 4128: 3 pages, pfn 0x10 to 0x400: NOTAB 1, XALLOC 1, XTAB 1',
		'memory so far: 1 pages with data, sha256 ',
		'HVM_PARAMS 40: STORE_PFN=0xfeffc 99=0x1000000000000000',
		'page entries: 3; NOTAB 1, XALLOC 1, XTAB 1',
		'whole and right, 4424 bytes',
	]) {
		t.true(stdout.includes(line), `${line}\n${stdout}`);
	}
});

test('a capture of a migration is recognised by the go message behind it', async t => {
	using directory = new TemporaryDirectory();
	const capture = Buffer.concat([hvmFile(HVM_END), GO]);
	const {status, stdout} = await streamCommand('inspect', directory.file('capture', capture), '--json');
	t.is(status, 0);
	t.like(jsonLines(stdout).at(-2), {layer: 'xl', offset: capture.length - 44, type: null, name: 'GO', length: 44});
	t.is((await streamCommand('inspect', directory.file('cut', capture.subarray(0, -1)))).status, 1);
	t.is((await streamCommand('inspect', directory.file('more', Buffer.concat([capture, page(0)])))).status, 1);
});

test('what only a strict reader refuses is said, and the rest still listed', async t => {
	using directory = new TemporaryDirectory();
	const odd = encodeRecord({layer: 'libxc', type: 0x8000_0001, body: page(3)});
	const {status, stdout} = await streamCommand('inspect', directory.file('odd.xl', hvmFile(odd, HVM_END)));
	t.is(status, 1);
	t.true(stdout.includes('UNKNOWN_0x80000001 4096: unknown and optional'));
	t.true(stdout.includes('libxl END 0'));
	t.true(stdout.includes('wrong at byte 152 (0x98): ERR_RECORD_UNKNOWN: libxc record type 0x80000001 is unknown (optional)'), stdout);
});

test('what comes before a fault is listed, then the fault with its offset', async t => {
	using directory = new TemporaryDirectory();
	const bytes = hvmFile(MEMORY, libxc('TOOLSTACK'));
	const {status, stdout} = await streamCommand('inspect', directory.file('bad.xl', bytes), '--json');
	t.is(status, 1);
	t.deepEqual(
		jsonLines(stdout)
			.slice(-2)
			.map(line => line['name'] ?? line['result']),
		[
			'PAGE_DATA',
			{
				file: `${directory.path}/bad.xl`,
				outcome: 'wrong',
				exitStatus: 1,
				wholeCheckpoints: 0,
				bytes: 4296,
				fault: {code: 'ERR_RECORD_OBSOLETE', offset: 4288, message: 'TOOLSTACK records are obsolete and must not be sent'},
				notChecked: [],
			},
		],
	);
});

test('the pages of each checkpoint are counted, and a break names the whole ones', async t => {
	using directory = new TemporaryDirectory();
	const round = Buffer.concat([MEMORY, TSC, HVM_CONTEXT, libxc('CHECKPOINT'), EMULATOR_CONTEXT, libxl('CHECKPOINT_END')]);
	const {status, stdout} = await streamCommand('inspect', directory.file('remus', hvmFile(round, round, MEMORY)), '--memory-sum');
	t.is(status, 3);
	t.true(stdout.includes('page entries per checkpoint: 3 3, then 3'));
	t.regex(stdout, /breaks off at byte \d+ \(0x[\da-f]+\) after 2 whole checkpoints/);
	t.is(stdout.match(/memory so far: 1 pages/g)?.length, 2);
});

test('an entry without data takes a page out of the memory sum, one with data puts it back', async t => {
	using directory = new TemporaryDirectory();
	const sums = async (name: string, ...records: Uint8Array[]): Promise<unknown> => {
		const {stdout} = await streamCommand('inspect', directory.file(name, hvmFile(...records, HVM_END)), '--json', '--memory-sum');
		const {memoryPages, memorySha256} = jsonLines(stdout).find(line => 'memorySha256' in line) ?? {};
		return [memoryPages, memorySha256];
	};
	const once = await sums('once', pageData([5, 0, page(7)], [6, 0, page(8)]));
	t.deepEqual(await sums('again', pageData([5, 0, page(9)], [6, 0, page(8)]), pageData([5, 0xf]), pageData([5, 0, page(7)])), once);
	t.deepEqual(await sums('twice', pageData([6, 0, page(8)], [5, 0, page(9)], [5, 0, page(7)])), once);
	t.notDeepEqual(await sums('less', pageData([5, 0, page(7)], [6, 0, page(8)]), pageData([6, 0xf])), once);
});
