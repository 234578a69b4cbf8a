import test from 'ava';
import {announcements, type Arrival, readSequence} from '../../src/index.ts';

const MAC = '52:54:00:00:00:02';

function packet(number: number, ms: number, {mac = MAC, generation = number + 1}: {mac?: string; generation?: number} = {}): Arrival {
	return {
		ns: BigInt(ms) * 1_000_000n,
		frame: {
			kind: 'udp',
			sourceMac: mac,
			destinationMac: 'ff:ff:ff:ff:ff:ff',
			source: '10.9.0.2',
			destination: '10.9.0.255',
			destinationPort: 7000,
			payload: Buffer.from(`SEQ ${number} gen ${generation}`),
		},
	};
}

test('numbers that come one behind the other have no gap but in time', t => {
	t.deepEqual(readSequence([packet(3, 100), packet(4, 120), packet(5, 165), packet(6, 185)]), {
		first: 3,
		last: 6,
		missing: [],
		holes: [],
		repeated: [],
		late: [],
		longestGapMs: 45,
		gapBefore: 5,
		isInStep: true,
	});
});

test('what is missing, came twice or came late is found', t => {
	t.like(readSequence([packet(1, 0), packet(4, 20), packet(3, 25), packet(4, 40)]), {
		missing: [2],
		holes: [{first: 2, last: 2, afterNs: 0n, beforeNs: 25_000_000n}],
		repeated: [4],
		late: [3],
		first: 1,
		last: 4,
	});
	t.false(readSequence([packet(1, 0), packet(2, 20, {generation: 9})]).isInStep);
});

test("other guests' datagrams and other traffic are passed over", t => {
	const arp: Arrival = {ns: 5n, frame: {kind: 'arp', sourceMac: MAC, destinationMac: 'ff:ff:ff:ff:ff:ff'}};
	const other = packet(77, 10, {mac: '52:54:00:00:00:03'});
	t.like(readSequence([arp, packet(1, 0), other, packet(2, 20)], {mac: MAC}), {first: 1, last: 2, missing: []});
	t.like(readSequence([]), {first: undefined, last: undefined, missing: [], longestGapMs: 0});
});

test('an announcement is of one guest', t => {
	const rarp = (sourceMac: string, ns: bigint): Arrival => ({ns, frame: {kind: 'rarp', sourceMac, destinationMac: 'ff:ff:ff:ff:ff:ff'}});
	t.deepEqual(announcements([rarp(MAC, 7n), rarp('52:54:00:00:00:03', 8n), packet(1, 0)], MAC), [7n]);
});
