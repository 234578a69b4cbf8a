import test from 'ava';
import {judgeFeatures, judgeMachines, judgeRoom, judgeVersions} from '../../src/doctor/judge-fit.ts';

const GIB = 1024 ** 3;

test('two versions that understand each other are worth a warning', t => {
	const same = {host: 'host-b', own: 'sterna-sender 0.1.0', peer: 'sterna-receiver 0.1.0', protocol: 1};
	t.like(judgeVersions(same), {state: 'ok', fix: ''});
	const other = judgeVersions({...same, peer: 'sterna-receiver 0.2.0'});
	t.is(other.state, 'warning');
	t.regex(other.fix, /same version/);
});

test('each feature that one host lacks is named, with the host and the library', t => {
	const all = ['channels', 'zstd', 'lz4', 'proof'];
	t.like(judgeFeatures({host: 'host-b', own: all, peer: all}), {length: 1, 0: {state: 'ok', fix: ''}});
	const found = judgeFeatures({host: 'host-b', own: [...all, 'plain-data'], peer: ['channels', 'lz4', 'proof', 'teleport']});
	t.true(found.every(({state, fix}) => state === 'warning' && fix !== ''));
	t.regex(found.find(({detail}) => detail.includes('zstd'))?.fix ?? '', /libzstd1/);
	t.deepEqual(found.map(({detail}) => detail).toSorted(), [
		'host-b has no plain-data: it is not used between the two',
		'host-b has no zstd: it is not used between the two',
		'this host has no teleport: it is not used between the two',
	]);
});

test('room: a guest that does not fit is a warning, none that fits a fault', t => {
	const guests = [
		{name: 'small', memoryBytes: GIB},
		{name: 'large', memoryBytes: 8 * GIB},
	];
	const at = (roomBytes: number): ReturnType<typeof judgeRoom> => judgeRoom({host: 'host-b', roomBytes, guests});
	t.regex(at(16 * GIB).detail, /enough for the largest guest here, large/);
	t.is(at(16 * GIB).state, 'ok');
	t.is(at(4 * GIB).state, 'warning');
	t.regex(at(4 * GIB).detail, /not for large \(8(\.00)? GiB\)$/);
	t.is(at(1024).state, 'fault');
	t.regex(at(1024).fix, /receiver\.memory-limit on host-b/);
	t.like(judgeRoom({host: 'host-b', roomBytes: 0, guests: []}), {state: 'ok'});
	t.like(judgeRoom({host: 'host-b', roomBytes: undefined, guests}), {state: 'warning'});
});

test('machine types: a guest whose type the other host lacks cannot go there', t => {
	const own = ['qemu pc-q35-7.2', 'qemu pc-q35-8.0'];
	const judge = (peer: readonly string[], machines: readonly string[], ours = own): ReturnType<typeof judgeMachines> =>
		judgeMachines({host: 'host-b', own: ours, peer, guests: machines.map((machine, index) => ({name: `vm${index}`, machine}))});
	t.like(judge([], [], []), {state: 'ok', detail: 'there are no QEMU guests here to be moved'});
	t.like(judge(own, ['qemu pc-q35-8.0']), {state: 'ok', detail: '2 machine types are on both hosts'});
	t.is(judge(['qemu pc-q35-7.2'], ['qemu pc-q35-7.2', 'qemu pc-q35-8.0']).state, 'warning');
	const stuck = judge(['qemu pc-q35-7.2'], ['qemu pc-q35-8.0']);
	t.is(stuck.state, 'fault');
	t.regex(stuck.detail, /vm0 is a qemu pc-q35-8\.0/);
	t.regex(stuck.fix, /install a QEMU on host-b/);
	t.is(judge([], []).state, 'warning');
});
