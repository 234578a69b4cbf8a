import test from 'ava';
import type {Arrival} from '@sterna/test-guest';
import {readHeard, type Takeover} from '../../src/qemu/heard-over-takeovers.ts';

const MAC = '52:54:00:5e:00:01';

/** A packet each 20 ns, with these numbers; undefined: nothing came. */
function arrivals(...numbers: readonly (number | undefined)[]): Arrival[] {
	return numbers.flatMap((number, index) =>
		number === undefined
			? []
			: [
					{
						ns: BigInt(index) * 20n,
						frame: {
							kind: 'udp',
							sourceMac: MAC,
							destinationMac: 'ff:ff:ff:ff:ff:ff',
							source: '10.9.0.2',
							destination: '10.9.0.255',
							destinationPort: 7000,
							payload: Buffer.from(`SEQ ${number} gen ${number + 1}`),
						},
					} as const,
				],
	);
}

const faultsOf = (heard: Arrival[], ...takeovers: Takeover[]): readonly string[] => readHeard(heard, {mac: MAC, takeovers}).faults;

test('numbers that nobody heard belong to a takeover, one hole to each', t => {
	const heard = arrivals(1, 2, 3, 6, 7, 9);
	const first = {fromNs: 41n, toNs: 59n};
	const second = {fromNs: 81n, toNs: 99n};
	t.deepEqual(readHeard(heard, {mac: MAC, takeovers: [first, second]}), {faults: [], last: 9, unheard: 3});
	t.deepEqual(faultsOf(heard, first), ['packets 8 to 8 are missing, where nothing took the guest over']);
	t.deepEqual(faultsOf(heard, {fromNs: 0n, toNs: 30n}, second), ['packets 4 to 5 are missing, where nothing took the guest over']);
});

test('a number that is heard again, late or with another generation is a fault, whenever it comes', t => {
	const takeover = {fromNs: 0n, toNs: 1000n};
	t.regex(faultsOf(arrivals(1, 2, 3, 3), takeover).join('\n'), /1 packets came twice: 3/);
	t.regex(faultsOf(arrivals(1, 3, 2, 4), takeover).join('\n'), /1 packets came late: 2/);
	t.regex(faultsOf(arrivals(2, 3), takeover).join('\n'), /the first packet was 2/);
	t.deepEqual(faultsOf(arrivals(1, 2, undefined, 3)), []);
});
