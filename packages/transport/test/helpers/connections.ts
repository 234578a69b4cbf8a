import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import {detachDescriptor} from '../../src/data/tcp-options.ts';

/** A real TCP connection over loopback: a descriptor for a link on one side, a socket of the test's own on the other. */
export type HalfRaw = {readonly fd: number; readonly peer: net.Socket};

/** The peer is paused: nothing of what the link sends is read before the test does. */
export async function connectToLink(): Promise<HalfRaw> {
	const server = net.createServer({pauseOnConnect: true, allowHalfOpen: true});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const accepted = once(server, 'connection') as Promise<[net.Socket]>;
	const own = new net.Socket();
	own.pause();
	const connected = once(own, 'connect');
	own.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
	await connected;
	const [peer] = await accepted;
	// Resets are what some tests are about.
	peer.on('error', () => {});
	const closed = once(server, 'close');
	server.close();
	// The server closes for good once its connections have: nobody waits for it.
	closed.catch(() => {});
	return {fd: detachDescriptor(own), peer};
}

/** Two descriptors for links at both ends of one connection. */
export async function connectLinks(): Promise<[fd: number, fd: number]> {
	const {fd, peer} = await connectToLink();
	return [fd, detachDescriptor(peer)];
}

/** Reads exactly so many bytes from a paused socket; fewer when it ends before. */
export async function readExactly(socket: net.Socket, byteLength: number): Promise<Buffer> {
	const parts: Buffer[] = [];
	let left = byteLength;
	while (left > 0) {
		const wanted = Math.min(left, Math.max(1, socket.readableLength));
		const part = socket.read(wanted) as Buffer | null;
		if (part !== null) {
			parts.push(part);
			left -= part.length;
			continue;
		}

		if (socket.readableEnded || socket.destroyed) break;
		const over = new AbortController();
		const events = ['readable', 'end', 'close'].map(async name => once(socket, name, {signal: over.signal}));
		await Promise.race(events);
		over.abort();
		await Promise.allSettled(events);
	}

	return Buffer.concat(parts);
}

/** Reads a paused socket to its end, and closes it. */
export async function readToEnd(socket: net.Socket): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of socket) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** What a descriptor of this process names, `socket:[inode]` for one; undefined where it is closed. */
export function whatIs(fd: number): string | undefined {
	try {
		return fs.readlinkSync(`/proc/self/fd/${fd}`);
	} catch {
		return undefined;
	}
}
