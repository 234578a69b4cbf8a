import test from 'ava';
import {leaseMarginMs, leaseUntilBootNs} from '../../src/lease/lease-term.ts';

test('a tenth of a term is given up, and a quarter of a second at least', t => {
	t.is(leaseMarginMs(60_000), 6000);
	t.is(leaseMarginMs(5000), 500);
	t.is(leaseMarginMs(2000), 250);
});

test('a lease is relied on from when it was asked for to its margin', t => {
	t.is(leaseUntilBootNs(1_000_000_000_007n, 5000), 1_004_500_000_007n);
	t.is(leaseUntilBootNs(0n, 2000), 1_750_000_000n);
});
