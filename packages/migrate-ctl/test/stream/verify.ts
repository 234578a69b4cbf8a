import {closeSync, ftruncateSync, openSync, writeSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {encodeRecord, pageDataHeadBytes, writePageDataHead} from '@sterna/protocol';
import {jsonLines, migrateCtl} from '../helpers/cli.ts';
import {GO, HVM_END, hvmFile, libxc, page, pageData, streamCommand, TemporaryDirectory} from '../helpers/streams.ts';

async function verdict(
	directory: TemporaryDirectory,
	bytes: Uint8Array,
	...flags: readonly string[]
): Promise<{status: number; code: unknown; offset: unknown}> {
	const {status, stdout} = await streamCommand('verify', directory.file('stream', bytes), '--json', ...flags);
	const result = jsonLines(stdout).at(-1)?.['result'] as {fault: {code: string; offset: number} | null} | undefined;
	return {status, code: result?.fault?.code, offset: result?.fault?.offset};
}

test('a whole stream, and a capture of a migration, are right', async t => {
	using directory = new TemporaryDirectory();
	const whole = hvmFile(pageData([1, 0]), HVM_END);
	t.deepEqual(await verdict(directory, whole), {status: 0, code: undefined, offset: undefined});
	t.is((await verdict(directory, Buffer.concat([whole, GO]))).status, 0);
});

test('the first fault is named with its byte offset', async t => {
	using directory = new TemporaryDirectory();
	const bytes = Buffer.from(hvmFile(pageData([1, 0]), HVM_END));
	bytes[152 + 12] = 1;
	t.deepEqual(await verdict(directory, bytes), {status: 1, code: 'ERR_RECORD_RESERVED', offset: 164});
	const {stdout} = await streamCommand('verify', path.join(directory.path, 'stream'));
	t.true(stdout.includes('wrong at byte 164 (0xa4): ERR_RECORD_RESERVED: the reserved field of PAGE_DATA is reserved, but is 0x1'), stdout);
});

test('a stream cut anywhere is wrong', async t => {
	using directory = new TemporaryDirectory();
	const bytes = hvmFile(pageData([1, 0], [2, 0, page(3)]), HVM_END);
	for (let end = 0; end < bytes.length; end += 97) t.is((await verdict(directory, bytes.subarray(0, end))).status, 1, `cut to ${end}`);
});

test("Sterna's own records are wrong, unless they are allowed", async t => {
	using directory = new TemporaryDirectory();
	const bytes = hvmFile(encodeRecord({layer: 'libxc', type: 0xd374_0000, body: page(1)}), HVM_END);
	t.deepEqual(await verdict(directory, bytes), {status: 1, code: 'ERR_RECORD_UNKNOWN', offset: 152});
	t.is((await verdict(directory, bytes, '--allow-sterna')).status, 0);
	const foreign = hvmFile(encodeRecord({layer: 'libxc', type: 0x8000_0000, body: page(1)}), HVM_END);
	t.is((await verdict(directory, foreign, '--allow-sterna')).status, 1);
});

test('pages behind VERIFY are compared with those before', async t => {
	using directory = new TemporaryDirectory();
	const memory = pageData([1, 0, page(1)], [2, 0, page(2)], [3, 0xf]);
	const later = pageData([2, 0, page(4)]);
	const same = hvmFile(memory, later, libxc('VERIFY'), pageData([1, 0, page(1)], [2, 0, page(4)], [3, 0xf]), HVM_END);
	t.is((await verdict(directory, same)).status, 0);
	const stale = hvmFile(memory, later, libxc('VERIFY'), memory, HVM_END);
	// The second page of the record behind VERIFY.
	const offset = 152 + memory.length + later.length + 8 + (8 + 8 + 3 * 8) + 4096;
	t.deepEqual(await verdict(directory, stale), {status: 1, code: 'ERR_VERIFY_MISMATCH', offset});
	const unsent = hvmFile(memory, libxc('VERIFY'), pageData([9, 0, page(1)]), HVM_END);
	t.is((await verdict(directory, unsent)).code, 'ERR_VERIFY_MISMATCH');
});

test('a file that is not there, or cannot be read, is an error of its own', async t => {
	using directory = new TemporaryDirectory();
	for (const file of [path.join(directory.path, 'none'), directory.path]) {
		const {status, stderr} = await streamCommand('verify', file);
		t.is(status, 7);
		t.regex(stderr, /ERR_FILE/);
	}
});

test('an empty file, and one of no known kind, are wrong', async t => {
	using directory = new TemporaryDirectory();
	t.deepEqual(await verdict(directory, new Uint8Array(0)), {status: 1, code: 'ERR_STREAM_TRUNCATED', offset: 0});
	t.deepEqual(await verdict(directory, page(0x41)), {status: 1, code: 'ERR_STREAM_UNRECOGNISED', offset: 0});
});

test('memory stays flat on a file of gigabytes', async t => {
	using directory = new TemporaryDirectory();
	const file = path.join(directory.path, 'large');
	const batches = 1024;
	const fd = openSync(file, 'w');
	// Pages are holes of the file: only the heads of the records are there.
	let at = writeSync(fd, hvmFile(), 0, undefined, 0);
	const head = new Uint8Array(pageDataHeadBytes(1024));
	for (let batch = 0; batch < batches; batch++) {
		writePageDataHead(head, Uint32Array.of(batch * 1024, 1024), undefined);
		writeSync(fd, head, 0, head.length, at);
		at += head.length + 1024 * 4096;
	}

	at += writeSync(fd, HVM_END, 0, HVM_END.length, at);
	ftruncateSync(fd, at);
	closeSync(fd);
	const report = 'process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)))';
	for (const command of ['inspect', 'verify']) {
		const {status, stderr} = await migrateCtl(['stream', command, file], {
			NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(report)}`,
		});
		t.is(status, 0);
		const maxRssKiB = Number(stderr);
		t.true(maxRssKiB > 0 && maxRssKiB < 200 * 1024, `${command}: ${maxRssKiB} KiB`);
	}
});
