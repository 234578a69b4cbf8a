import test from 'ava';
import {readSerial} from '../../src/index.ts';

const report = (generation: number, {bad = 0, record = 0}: {bad?: number; record?: number} = {}): string =>
	`${bad > 0 ? 'CORRUPT' : 'OK'} gen=${generation} written=${generation * 50} verified=${generation * 60} bad=${bad} seq=${generation - 1} rec=${record} t=${(generation / 50).toFixed(2)}`;
const text = (...lines: string[]): string => lines.map(line => `${line}\r\n`).join('');
const faultsOf = (...lines: string[]): readonly string[] => readSerial(text('GUEST UP', ...lines)).boots[0]?.faults ?? ['no boot'];

test('a guest that counts and reports without a gap has nothing wrong, and a line without its end does not count', t => {
	const lines = [
		'SeaBIOS',
		'GUEST UP',
		'COUNT 0',
		'memcheck: pages=8192 rate=50',
		report(20, {record: 1}),
		'COUNT 1',
		report(30, {record: 2}),
	];
	const {preamble, boots} = readSerial(`${text(...lines)}COUNT 7`);
	t.deepEqual(preamble, ['SeaBIOS\r']);
	t.is(boots.length, 1);
	t.like(boots[0], {counts: 2, faults: [], remarks: [], report: {generation: 30, record: 2, packet: 29, guestSeconds: 0.6}});
});

test('a number that is missing and one that comes again are found, from the first on', t => {
	t.deepEqual(faultsOf('COUNT 0', 'COUNT 2', 'COUNT 3'), ['COUNT 1 to 1 are missing']);
	t.deepEqual(faultsOf('COUNT 1'), ['COUNT 0 to 0 are missing']);
	t.deepEqual(faultsOf('COUNT 0', 'COUNT 1', 'COUNT 1', 'COUNT 2'), ['COUNT 1 came again behind COUNT 1']);
});

test('memory that the guest finds wrong is a fault each time that more of it is', t => {
	const page = 'CORRUPT page=5 has pfn=5 gen=3 want gen=4';
	t.deepEqual(faultsOf(report(4), page, report(5, {bad: 1}), report(6, {bad: 1})), [page, 'bad=1 in the report of generation 5']);
});

test('a report that is missing or comes again shows in the records, and a packet that was skipped in the generations', t => {
	t.regex(faultsOf(report(5, {record: 1}), report(9, {record: 3})).join('\n'), /rec=3 follows rec=1/);
	t.regex(faultsOf(report(5, {record: 1}), report(5, {record: 1})).join('\n'), /rec=1 follows rec=1[^]*generation went from 5 to 5/);
	t.regex(faultsOf(report(5, {record: 1}), report(6)).join('\n'), /rec=0 follows rec=1/);
	t.regex(faultsOf(report(5).replace('seq=4', 'seq=5')).join('\n'), /seq=5 is not one packet a generation/);
});

test('a guest that boots again begins anew, and what is none of ours is kept', t => {
	const {boots} = readSerial(text('GUEST UP', 'COUNT 0', report(9), 'GUEST UP', 'COUNT 0', '[    3.1] Kernel panic'));
	t.is(boots.length, 2);
	t.deepEqual(
		boots.map(({faults}) => faults),
		[[], []],
	);
	t.deepEqual(boots[1]?.remarks, ['[    3.1] Kernel panic']);
});

test('a guest that was up before the text begins may go on with any numbers, and with those that follow them', t => {
	const firstReport = report(70, {record: 9});
	const {boots} = readSerial(text('NT 40', 'COUNT 41', firstReport, 'COUNT 42', report(71, {record: 10})), {isUp: true});
	t.is(boots.length, 1);
	t.like(boots[0], {counts: 43, faults: [], report: {record: 10}});
	const [faulty] = readSerial(text('', 'COUNT 41', firstReport, 'COUNT 43', report(72, {record: 11})), {isUp: true}).boots;
	t.deepEqual(faulty?.faults, ['COUNT 42 to 42 are missing', 'rec=11 follows rec=9 in the report of generation 72']);
	t.is(readSerial(text('', 'COUNT 7', 'GUEST UP', 'COUNT 0'), {isUp: true}).boots.length, 2);
});

test('a guest that its host has no time for reports that it came to nothing, which is no fault; that it came to less is', t => {
	const idle = report(6).replace('written=300', 'written=250').replace('verified=360', 'verified=300');
	t.deepEqual(faultsOf(report(5), idle), []);
	t.deepEqual(faultsOf(report(5), idle.replace('written=250', 'written=249')), [
		'written went from 250 to 249 in the report of generation 6',
	]);
});
