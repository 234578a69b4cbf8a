/**
 * One end of a bare TLS pump, as a process: `node-tls-end.ts send|receive BYTES`. The receiver is told key and certificate by its parent
 * and says its port; the sender is told the port. Both hold all of the bytes in one buffer that was written beforehand, and say what it took.
 */
import {randomFillSync} from 'node:crypto';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {connect, createServer, type TLSSocket} from 'node:tls';

/** Bytes of one write: as many as the memory pump's. */
const CHUNK_BYTES = 1024 * 1024;

export type ReceiverMessage = {readonly key: string; readonly cert: string};
export type SenderMessage = {readonly port: number; readonly cert: string};
export type PortMessage = {readonly port: number};
/** `cpuSeconds` of the transfer alone; `elapsedMs` is the receiver's, from the first byte to the last. */
export type EndMessage = {readonly elapsedMs: number; readonly cpuSeconds: number; readonly protocol: string};

async function heard<Message>(): Promise<Message> {
	const [message] = (await once(process, 'message')) as [Message];
	return message;
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
	const {user, system} = process.cpuUsage(since);
	return (user + system) / 1e6;
}

/** Memory that is resident, cold, and does not compress. */
function filled(bytes: number): Buffer {
	const memory = Buffer.allocUnsafeSlow(bytes);
	randomFillSync(memory, 0, Math.min(bytes, 64 * CHUNK_BYTES));
	for (let at = 64 * CHUNK_BYTES; at < bytes; at += 64 * CHUNK_BYTES) memory.copyWithin(at, 0, Math.min(64 * CHUNK_BYTES, bytes - at));
	return memory;
}

async function send(bytes: number): Promise<EndMessage> {
	const memory = filled(bytes);
	const {port, cert} = await heard<SenderMessage>();
	const socket = connect({host: '127.0.0.1', port, ca: cert, minVersion: 'TLSv1.3', checkServerIdentity: () => undefined});
	await once(socket, 'secureConnect');
	const began = performance.now();
	const usage = process.cpuUsage();
	for (let at = 0; at < bytes; at += CHUNK_BYTES) {
		if (!socket.write(memory.subarray(at, Math.min(bytes, at + CHUNK_BYTES)))) await once(socket, 'drain');
	}

	const finished = once(socket, 'finish');
	socket.end();
	await finished;
	const end = {elapsedMs: performance.now() - began, cpuSeconds: cpuSeconds(usage), protocol: socket.getProtocol() ?? ''};
	socket.destroy();
	return end;
}

async function receive(bytes: number): Promise<EndMessage> {
	const memory = filled(bytes);
	const {key, cert} = await heard<ReceiverMessage>();
	const server = createServer({key, cert, minVersion: 'TLSv1.3'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	process.send?.({port: (server.address() as AddressInfo).port} satisfies PortMessage);
	const [socket] = (await once(server, 'secureConnection')) as [TLSSocket];
	const protocol = socket.getProtocol() ?? '';
	const usage = process.cpuUsage();
	let began = 0;
	let at = 0;
	socket.on('data', (chunk: Buffer) => {
		began ||= performance.now();
		memory.set(chunk, at);
		at += chunk.length;
	});
	await once(socket, 'end');
	const end = {elapsedMs: performance.now() - began, cpuSeconds: cpuSeconds(usage), protocol};
	socket.destroy();
	server.close();
	if (at !== bytes) throw new Error(`${at} bytes of ${bytes} came`);
	return end;
}

const [role, size] = process.argv.slice(2);
const end = await (role === 'send' ? send : receive)(Number(size));
process.send?.(end, () => process.disconnect());
