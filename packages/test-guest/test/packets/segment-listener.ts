import test from 'ava';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {randomSegment, SEGMENT_INTERFACE, SegmentListener} from '../../src/index.ts';

const FRAME = Buffer.from(`ffffffffffff5254000000028035${'00'.repeat(46)}`, 'hex');

test('frames on a segment are heard in their order, with the time at which each came', async t => {
	const segment = randomSegment();
	await using listener = await SegmentListener.join(segment);
	const socket = createSocket({type: 'udp4', reuseAddr: true});
	t.teardown(() => socket.close());
	socket.bind();
	await once(socket, 'listening');
	socket.setMulticastInterface(SEGMENT_INTERFACE);
	const before = process.hrtime.bigint();
	for (const last of [1, 2, 3]) {
		const frame = Uint8Array.from(FRAME);
		frame[11] = last;
		socket.send(frame, segment.port, segment.address);
	}

	while (listener.arrivals.length < 3) await sleep(5);
	const after = process.hrtime.bigint();
	t.deepEqual(
		listener.arrivals.map(({frame}) => frame.sourceMac.slice(-2)),
		['01', '02', '03'],
	);
	for (const {ns} of listener.arrivals) t.true(ns > before && ns < after);
	listener.clear();
	t.deepEqual(listener.arrivals, []);
});

test('a segment that is no multicast group cannot be joined', async t => {
	await t.throwsAsync(SegmentListener.join({address: '127.0.0.1', port: randomSegment().port}), {
		message: /cannot hear the segment 127\.0\.0\.1:/,
	});
});
