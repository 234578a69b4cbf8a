/** The thread that hears a segment: nothing else happens in it, so that a frame's time is when it came. Data: a `Segment`. Says undefined when it has joined, then each frame. */
import {createSocket} from 'node:dgram';
import {parentPort, workerData} from 'node:worker_threads';
import {type Segment, SEGMENT_INTERFACE} from './segment.ts';

/** A frame that this thread has heard. `bytes` is a copy of its own. */
export type Heard = {readonly ns: bigint; readonly bytes: Uint8Array};

const {address, port} = workerData as Segment;
const socket = createSocket({type: 'udp4', reuseAddr: true, recvBufferSize: 4 * 1024 * 1024});
socket.on('message', bytes => {
	const ns = process.hrtime.bigint();
	parentPort?.postMessage({ns, bytes: Uint8Array.from(bytes)} satisfies Heard);
});
socket.bind({port, address}, () => {
	socket.addMembership(address, SEGMENT_INTERFACE);
	parentPort?.postMessage(undefined);
});
