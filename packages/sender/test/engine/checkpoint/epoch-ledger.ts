import test from 'ava';
import * as fc from 'fast-check';
import {EpochLedger} from '../../../src/engine/checkpoint/epoch-ledger.ts';

const ledgerOf = (inFlight: number, committedEpoch = 0): EpochLedger => new EpochLedger({inFlight, committedEpoch, nowMs: 0});

test('epochs are numbered on from what the standby has, and committed in their order', t => {
	const ledger = ledgerOf(2, 7);
	t.is(ledger.committedEpoch, 7);
	t.is(ledger.cut(10), 8);
	ledger.written(8);
	t.is(ledger.cut(30), 9);
	ledger.written(9);
	t.deepEqual(ledger.committed({epoch: 8}, 42), {epoch: 8, beganMs: 0, cutMs: 10, isWritten: true, ackLagMs: 32});
	t.deepEqual(ledger.committed({epoch: 9}, 45), {epoch: 9, beganMs: 10, cutMs: 30, isWritten: true, ackLagMs: 15});
	t.is(ledger.committedEpoch, 9);
	t.is(ledger.pendingEpochs, 0);
	t.is(ledger.oldestPendingCutMs, undefined);
});

test('no more epochs are cut than may be in flight', t => {
	const ledger = ledgerOf(2);
	ledger.written(ledger.cut(1));
	ledger.written(ledger.cut(2));
	t.false(ledger.hasRoom);
	t.is(ledger.oldestPendingCutMs, 1);
	t.throws(() => ledger.cut(3), {instanceOf: TypeError});
	ledger.committed({epoch: 1}, 4);
	t.true(ledger.hasRoom);
	t.is(ledger.cut(5), 3);
});

test('a ledger without room for one epoch is none', t => {
	t.throws(() => ledgerOf(0), {instanceOf: RangeError});
	t.throws(() => ledgerOf(1.5), {instanceOf: RangeError});
});

const refused = [
	{title: 'of an epoch that was never cut', epoch: 3},
	{title: 'of the second before the first', epoch: 2},
	{title: 'of an epoch before the first', epoch: 0},
] as const;
for (const {title, epoch} of refused) {
	test(`an acknowledgement ${title} is a fault of the stream`, t => {
		const ledger = ledgerOf(2);
		ledger.written(ledger.cut(1));
		ledger.written(ledger.cut(2));
		t.throws(() => ledger.committed({epoch}, 3), {code: 'ERR_STREAM', message: new RegExp(`epoch ${epoch} is committed`)});
		t.is(ledger.committedEpoch, 0);
		t.is(ledger.pendingEpochs, 2);
	});
}

test('an acknowledgement that comes twice, or before the checkpoint was written, is a fault of the stream', t => {
	const ledger = ledgerOf(2);
	ledger.cut(1);
	t.throws(() => ledger.committed({epoch: 1}, 2), {code: 'ERR_STREAM'});
	ledger.written(1);
	ledger.committed({epoch: 1}, 2);
	t.throws(() => ledger.committed({epoch: 1}, 3), {code: 'ERR_STREAM'});
});

test('whatever comes, what is committed was written before, in order, and never more than the limit is pending', t => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 4}),
			fc.array(fc.oneof(fc.constantFrom('cut' as const, 'write' as const), fc.record({epoch: fc.nat(12)})), {maxLength: 60}),
			(inFlight, steps) => {
				const ledger = ledgerOf(inFlight);
				let written = 0;
				for (const [nowMs, step] of steps.entries()) {
					if (step === 'cut') {
						if (ledger.hasRoom) ledger.cut(nowMs);
					} else if (step === 'write') {
						if (written < ledger.cutEpoch) ledger.written((written += 1));
					} else {
						const expected = ledger.committedEpoch + 1;
						try {
							t.is(ledger.committed(step, nowMs).epoch, expected);
							t.true(expected <= written);
						} catch (error) {
							t.is((error as {code?: string}).code, 'ERR_STREAM');
							t.true(step.epoch !== expected || expected > written);
						}
					}

					t.true(ledger.pendingEpochs <= inFlight);
					t.is(ledger.pendingEpochs, ledger.cutEpoch - ledger.committedEpoch);
				}
			},
		),
	);
});
