import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import tls from 'node:tls';
import type {TlsFiles} from '@sterna/test-certificates';

const CHUNK_BYTES = 1024 * 1024;

const optionsOf = ({certificate, key, ca}: TlsFiles): tls.SecureContextOptions => ({
	cert: readFileSync(certificate),
	key: readFileSync(key),
	ca: readFileSync(ca),
	minVersion: 'TLSv1.3',
});

/** Writes all of `bytes` to a Node TLS socket, as fast as it takes them; resolves when the other end has hung up. */
export async function sendOverNodeTls(bytes: Uint8Array, {port, files}: {readonly port: number; readonly files: TlsFiles}): Promise<void> {
	const socket = tls.connect({...optionsOf(files), host: '127.0.0.1', port});
	await once(socket, 'secureConnect');
	const closed = once(socket, 'close');
	for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
		if (!socket.write(bytes.subarray(at, at + CHUNK_BYTES))) await once(socket, 'drain');
	}

	socket.end();
	await closed;
}

export type NodeTlsReceiver = {
	readonly port: number;
	/** Resolves with the seconds from the first byte to the last. What comes is counted, and not even copied to its place. */
	readonly received: Promise<number>;
};

/** Waits for one connection and takes `byteCount` bytes from it. */
export async function receiveOverNodeTls(files: TlsFiles, byteCount: number): Promise<NodeTlsReceiver> {
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	const server = tls.createServer({...optionsOf(files), requestCert: true}, socket => {
		let received = 0;
		let began = 0n;
		socket.on('error', reject);
		socket.on('data', (chunk: Buffer) => {
			if (received === 0) began = process.hrtime.bigint();
			received += chunk.length;
			if (received !== byteCount) return;
			resolve(Number(process.hrtime.bigint() - began) / 1e9);
			socket.destroy();
			server.close();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {port: (server.address() as AddressInfo).port, received: promise};
}
