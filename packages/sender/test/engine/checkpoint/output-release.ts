import {DomainError, type OutputGate} from '@sterna/domain';
import test from 'ava';
import type {CommittedEpoch} from '../../../src/engine/checkpoint/epoch-ledger.ts';
import {OutputRelease} from '../../../src/engine/checkpoint/output-release.ts';

const committed = (epoch: number): CommittedEpoch => ({epoch, beganMs: epoch, cutMs: epoch + 1, isWritten: true, ackLagMs: 1});

/** A gate that lets out before `untilBootNs`, and then as often as it is told to fails. */
function open(untilBootNs: bigint | undefined, failures: readonly (Error | undefined)[] = []) {
	const asked: Array<readonly [epoch: number, untilBootNs: bigint | undefined]> = [];
	const released: number[] = [];
	const failed: unknown[] = [];
	const gate: Pick<OutputGate, 'release'> = {
		async release(epoch, until) {
			const failure = failures[asked.length];
			asked.push([epoch, until]);
			if (failure !== undefined) throw failure;
		},
	};
	const output = new OutputRelease({
		gate,
		untilBootNs: () => untilBootNs,
		onReleased: ({epoch}) => released.push(epoch),
		onFailed: error => failed.push(error),
	});
	return {output, asked, released, failed};
}

test('output is let out in the order of the epochs, not behind the deadline of the lease', async t => {
	const {output, asked, released} = open(77n);
	output.release(committed(1));
	output.release(committed(2));
	await output.settled();
	t.deepEqual(asked, [
		[1, 77n],
		[2, 77n],
	]);
	t.deepEqual(released, [1, 2]);
});

test('what is held for want of the lease goes with the next epoch, and is no failure until then', async t => {
	const lost = new DomainError('ERR_LEASE_LOST', 'too late');
	const {output, released, failed} = open(77n, [lost]);
	output.release(committed(1));
	await t.throwsAsync(output.settled(), {code: 'ERR_LEASE_LOST', message: /the last output of the guest is held back/});
	output.release(committed(2));
	await output.settled();
	t.deepEqual(released, [2]);
	t.deepEqual(failed, []);
});

test('a guest that cannot let its output out is a failure', async t => {
	const gone = new DomainError('ERR_GUEST_EXITED', 'gone');
	const {output, failed} = open(undefined, [gone]);
	output.release(committed(1));
	await t.throwsAsync(output.settled(), {is: gone});
	t.deepEqual(failed, [gone]);
});
