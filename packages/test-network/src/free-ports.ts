import {createSocket} from 'node:dgram';
import {createServer} from 'node:net';
import {once} from 'node:events';

/** Below Linux's default range of ephemeral ports (32768 on), so that no outgoing connection takes one between the check and its use. */
const LOWEST_PORT = 20_000;
const PORT_COUNT = 12_000;
const TRIES = 200;

async function isFreeForUdp(port: number): Promise<boolean> {
	const socket = createSocket('udp4').bind(port, '0.0.0.0');
	try {
		await once(socket, 'listening');
	} catch {
		return false;
	}

	socket.close();
	await once(socket, 'close');
	return true;
}

async function isFreeForTcp(port: number): Promise<boolean> {
	const server = createServer();
	server.listen({port, host: '0.0.0.0', exclusive: true});
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}

	server.close();
	await once(server, 'close');
	return true;
}

/** `count` different ports, TCP and UDP, that nobody listens on, on any address of this machine, chosen at random so that labs at the same time rarely meet. */
export async function freePorts(count: number): Promise<number[]> {
	const ports = new Set<number>();
	for (let tried = 0; ports.size < count; tried++) {
		if (tried === TRIES) throw new Error(`found only ${ports.size} of ${count} free ports in ${TRIES} tries`);
		const port = LOWEST_PORT + Math.floor(Math.random() * PORT_COUNT);
		if (!ports.has(port) && (await isFreeForTcp(port)) && (await isFreeForUdp(port))) ports.add(port);
	}

	return [...ports];
}
