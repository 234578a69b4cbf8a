import {spawnSync} from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import {
	EMULATOR_CONTEXT,
	HVM_CONTEXT,
	HVM_END,
	hvmFile,
	libxc,
	libxl,
	page,
	pageData,
	pvStream,
	streamCommand,
	tablePage,
	TemporaryDirectory,
	TSC,
} from '../helpers/streams.ts';

// Xen's own verifier, of Debian's xen-utils-4.17: as it is, and with its known defects repaired. Both are wrapped beside the checkout.
const TOOLS = path.join(import.meta.dirname, '../../../../../shared/tools');

type Peer = {readonly status: number | null; readonly output: string};

function xenVerify(format: 'libxc' | 'libxl' | 'xl', file: string): Peer {
	const {status, stdout, stderr} = spawnSync(path.join(TOOLS, 'xen-verify.sh'), [format, file], {encoding: 'utf8'});
	return {status, output: stdout + stderr};
}

function xenVerifyFixed(format: 'libxc' | 'libxl' | 'remus' | 'xl', file: string): Peer {
	const {status, stdout, stderr} = spawnSync('python3', [path.join(TOOLS, 'xen-verify-fixed.py'), format, file], {
		encoding: 'utf8',
		env: {...process.env, PYTHONDONTWRITEBYTECODE: '1'},
	});
	return {status, output: stdout + stderr};
}

for (const name of ['pv-save-c.xl', 'hvm-save-c.xl']) {
	test.serial(`${name}: Xen's verifier and ours both accept it`, async t => {
		using directory = new TemporaryDirectory();
		const file = await directory.golden(name);
		const peer = xenVerify('xl', file);
		t.is(peer.status, 0, peer.output);
		t.is((await streamCommand('verify', file)).status, 0);
	});
}

test.serial('pvh-remus.stream: the repaired verifier of Xen counts the same whole checkpoints as ours', async t => {
	using directory = new TemporaryDirectory();
	const file = await directory.golden('pvh-remus.stream');
	const peer = xenVerifyFixed('remus', file);
	t.is(peer.status, 0, peer.output);
	t.regex(peer.output, /whole checkpoints: 5, /);
	const {status, stdout} = await streamCommand('verify', file);
	t.is(status, 3);
	t.regex(stdout, /after 5 whole checkpoints/);
});

const XENSTORE = libxl('EMULATOR_XENSTORE_DATA', Buffer.from('\u0002\0\0\0\0\0\0\0physmap/f0000000/name\0vga.vram\0', 'latin1'));
const WRITTEN: readonly (readonly [what: string, format: 'xl' | 'libxc', bytes: Uint8Array])[] = [
	['an HVM guest of all page types', 'xl', hvmFile(pageData([1, 0, page(1)], [2, 0xd], [3, 0xe], [4, 0xf]), HVM_END)],
	[
		'a PV guest',
		'libxc',
		pvStream({
			width: 8,
			endPfn: 3,
			p2mFrames: [3],
			pages: [
				[0, 0],
				[1, 0xc, tablePage(2)],
				[2, 3],
				[3, 0],
			],
			vcpu: {5008: 1n << 12n},
		}),
	],
	[
		'a 32-bit PV guest',
		'libxc',
		pvStream({
			width: 4,
			endPfn: 3,
			p2mFrames: [3],
			pages: [
				[0, 0],
				[2, 3, tablePage(1)],
				[1, 2],
				[3, 0],
			],
			vcpu: {2728: 2n << 12n},
		}),
	],
];
for (const [what, format, bytes] of WRITTEN) {
	test(`Xen's verifier and ours accept what our encoders write of ${what}`, async t => {
		using directory = new TemporaryDirectory();
		const file = directory.file('written', bytes);
		const peer = xenVerify(format, file);
		t.is(peer.status, 0, peer.output);
		t.is((await streamCommand('verify', file)).status, 0);
	});
}

test("xenstore data, which Xen's verifier rejects by a defect, passes the repaired one and ours", async t => {
	using directory = new TemporaryDirectory();
	const file = directory.file('written', hvmFile(TSC, HVM_CONTEXT, libxc('END'), XENSTORE, EMULATOR_CONTEXT, libxl('END')));
	t.is(xenVerify('xl', file).status, 1);
	const peer = xenVerifyFixed('xl', file);
	t.is(peer.status, 0, peer.output);
	t.is((await streamCommand('verify', file)).status, 0);
});

test("whatever Xen's verifier rejects of a stream with one byte changed, ours rejects too", async t => {
	using directory = new TemporaryDirectory();
	const whole = hvmFile(pageData([1, 0, page(1)], [2, 0xf]), HVM_END);
	// Everything but the configuration and the page: there both accept what comes.
	const places = Array.from({length: whole.length}, (_, at) => at).filter(
		at => (at < 48 || at >= 80) && (at < 200 || at >= 4270) && at % 7 === 0,
	);
	let rejected = 0;
	for (const at of places) {
		const changed = Uint8Array.from(whole);
		changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
		const file = directory.file('changed', changed);
		if (xenVerify('xl', file).status === 0) continue;
		rejected++;
		t.is((await streamCommand('verify', file)).status, 1, `byte ${at}`);
	}

	t.true(rejected > 10, `${rejected} of ${places.length}`);
});
