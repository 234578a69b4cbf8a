/** The guest as it is, in a QEMU of this test's own: the readers understand what it really writes, sends and stores. */
import test from 'ava';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {
	buildTestGuest,
	kernelArguments,
	randomSegment,
	readDiskRecords,
	readSequence,
	readSerial,
	SEGMENT_INTERFACE,
	SegmentListener,
} from '../src/index.ts';

const MAC = '52:54:00:00:00:02';

test('a guest under load in a QEMU of its own is read without a fault', async t => {
	const {vmlinuz, initrd} = await buildTestGuest();
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-guest-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const [serial, disk] = ['serial', 'disk.img'].map(name => path.join(directory, name)) as [string, string];
	writeFileSync(serial, '');
	writeFileSync(disk, '');
	truncateSync(disk, 8 * 4096); // Small enough that the records go around.
	const segment = randomSegment();
	await using listener = await SegmentListener.join(segment);
	const qemu = spawn(
		'qemu-system-x86_64',
		[
			...'-accel tcg -machine pc-q35-7.2 -m 160M -nodefaults -no-user-config -display none'.split(' '),
			'-kernel',
			vmlinuz,
			'-initrd',
			initrd,
			'-append',
			kernelArguments({sendsPackets: true, disk: '/dev/vda'}),
			'-serial',
			`file:${serial}`,
			'-netdev',
			`socket,id=n0,mcast=${segment.address}:${segment.port},localaddr=${SEGMENT_INTERFACE}`,
			'-device',
			`virtio-net-pci,netdev=n0,mac=${MAC},romfile=`,
			'-drive',
			`if=none,id=d0,format=raw,file=${disk}`,
			'-device',
			'virtio-blk-pci,drive=d0',
		],
		{stdio: ['ignore', 'ignore', 'inherit']},
	);
	const ended = once(qemu, 'exit');
	const records = (): number => readSerial(readFileSync(serial, 'utf8')).boots[0]?.report?.record ?? 0;
	while (records() < 12 && qemu.exitCode === null) await sleep(100);
	qemu.kill();
	await ended;

	const {boots} = readSerial(readFileSync(serial, 'utf8'));
	t.is(boots.length, 1);
	t.like(boots[0], {faults: [], remarks: []});
	t.true((boots[0]?.counts ?? 0) > 5);
	const {oldest, newest, faults} = readDiskRecords(disk);
	t.deepEqual(faults, []);
	t.true((newest ?? 0) >= 12 && (oldest ?? 0) === (newest ?? 0) - 7);
	const sequence = readSequence(listener.arrivals, {mac: MAC});
	t.like(sequence, {first: 1, missing: [], repeated: [], late: [], isInStep: true});
	t.true((sequence.last ?? 0) >= (boots[0]?.report?.packet ?? Infinity));
});
