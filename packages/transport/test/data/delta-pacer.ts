import test from 'ava';
import {DeltaPacer} from '../../src/data/delta-pacer.ts';

const MIB = 1024 * 1024;

/** Sends so many MiB, as differences of this share while that is active; returns how many MiB went so. */
function send(pacer: DeltaPacer, mib: number, share: number): number {
	let asDelta = 0;
	for (let index = 0; index < mib; index++) {
		if (pacer.active) {
			asDelta += 1;
			pacer.sent(MIB, MIB * share);
		} else pacer.rested(MIB);
	}

	return asDelta;
}

test('differences that are small are sent for ever', t => {
	t.is(send(new DeltaPacer(), 5000, 0.1), 5000);
	t.is(send(new DeltaPacer(), 5000, 0.79), 5000);
});

test('differences that are as large as their pages are given up after a trial, and tried again more and more rarely', t => {
	t.is(send(new DeltaPacer(), 8 + 256, 1), 8);
	t.is(send(new DeltaPacer(), 8 + 256 + 8 + 512 + 8 + 1024, 1), 24);
	t.true(send(new DeltaPacer(), 100_000, 1) < 300);
});

test('contents that change are found out', t => {
	const pacer = new DeltaPacer();
	send(pacer, 8 + 256, 1);
	t.is(send(pacer, 1000, 0.1), 1000);
	t.is(send(pacer, 8 + 256, 1), 8);
});
