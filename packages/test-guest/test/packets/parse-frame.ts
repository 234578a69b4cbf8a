import test from 'ava';
import {parseFrame} from '../../src/index.ts';

/** A datagram of the guest as it was on the wire: `SEQ 1 gen 2`. */
const DATAGRAM = Buffer.from(
	'ffffffffffff5254000000020800450000279c3840004011897b0a0900020a0900ffe5131b5800130d3e53455120312067656e2032',
	'hex',
);
/** What QEMU's announce-self sends: RARP, padded to 60 bytes. */
const RARP = Buffer.from('ffffffffffff5254000000028035000108000604000352540000000200000000525400000002'.padEnd(120, '0'), 'hex');
const MACS = {sourceMac: '52:54:00:00:00:02', destinationMac: 'ff:ff:ff:ff:ff:ff'};

test('a datagram is read, with padding behind it as well', t => {
	const expected = {
		kind: 'udp',
		...MACS,
		source: '10.9.0.2',
		destination: '10.9.0.255',
		destinationPort: 7000,
		payload: Uint8Array.from(Buffer.from('SEQ 1 gen 2')),
	};
	for (const padding of [0, 7]) {
		const frame = parseFrame(Uint8Array.from([...DATAGRAM, ...Buffer.alloc(padding)]));
		t.deepEqual(frame, expected as typeof frame);
	}
});

test('an announcement is told from other traffic', t => {
	t.deepEqual(parseFrame(RARP), {kind: 'rarp', ...MACS});
	t.like(parseFrame(Buffer.concat([DATAGRAM.subarray(0, 12), Buffer.from('86dd6000', 'hex')])), {kind: 'other', etherType: 0x86_dd});
});

test('what claims to be a datagram and is cut short, a fragment or of another protocol is not taken for one', t => {
	for (let bytes = 14; bytes < DATAGRAM.length; bytes++) t.is(parseFrame(DATAGRAM.subarray(0, bytes))?.kind, 'other', `${bytes} bytes`);
	for (const [offset, value] of [
		[14, 0x65], // IPv6 in an IPv4 frame.
		[14, 0x44], // A header of 16 bytes.
		[20, 0x20], // More fragments.
		[21, 0x01], // Not the first one.
		[23, 6], // TCP.
		[39, 7], // A UDP length without its own header.
		[39, 60], // One beyond the packet.
	] as const) {
		const changed = Buffer.from(DATAGRAM);
		changed[offset] = value;
		t.is(parseFrame(changed)?.kind, 'other', `byte ${offset} = ${value}`);
	}

	t.is(parseFrame(DATAGRAM.subarray(0, 13)), undefined);
});
