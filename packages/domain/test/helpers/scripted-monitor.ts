import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {LineReader} from '../../src/drivers/line-reader.ts';
import {temporaryDirectory} from './workshop.ts';

export const GREETING = {QMP: {version: {qemu: {major: 7, minor: 2, micro: 22}, package: 'Debian 7.2'}, capabilities: ['oob']}};

/** A command as it arrived. */
export type Arrived = {readonly execute: string; readonly arguments?: unknown; readonly id: number};

export type ScriptedMonitor = {
	readonly socketPath: string;
	/** Commands in the order in which they came, `qmp_capabilities` excluded. */
	readonly arrived: readonly Arrived[];
};

export type MonitorLink = {
	/** Sends objects as lines, in one write. */
	readonly send: (...messages: readonly object[]) => void;
	/** Sends bytes as they are. */
	readonly sendRaw: (text: string | Uint8Array) => void;
	/** Ends the connection. */
	readonly close: () => void;
};

/**
 * A monitor on a socket of its own that does what the test says: `onConnect` once somebody connects (by default it greets), and `onCommand` for every
 * command but `qmp_capabilities`, which it answers. Gone after the test.
 */
export async function scriptedMonitor(
	t: ExecutionContext,
	{
		onConnect = ({send}) => send(GREETING),
		onCommand = ({send}, {id}) => send({return: {}, id}),
	}: {
		readonly onConnect?: (link: MonitorLink) => void;
		readonly onCommand?: (link: MonitorLink, command: Arrived) => void;
	} = {},
): Promise<ScriptedMonitor> {
	const socketPath = join(temporaryDirectory(t), 'qmp.sock');
	const arrived: Arrived[] = [];
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {}); // The client may leave at any time.
		const link: MonitorLink = {
			send: (...messages) => void socket.write(messages.map(message => `${JSON.stringify(message)}\r\n`).join('')),
			sendRaw: text => void socket.write(text),
			close: () => socket.destroy(),
		};
		const lines = new LineReader(1024 * 1024);
		socket.on('data', chunk => {
			for (const line of lines.push(chunk)) {
				const command = JSON.parse(line) as Arrived;
				if (command.execute === 'qmp_capabilities') {
					link.send({return: {}, id: command.id});
					continue;
				}

				arrived.push(command);
				onCommand(link, command);
			}
		});
		onConnect(link);
	});
	await new Promise<void>(resolve => {
		server.listen(socketPath, resolve);
	});
	t.teardown(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise<void>(resolve => {
			server.close(() => resolve());
		});
	});
	return {socketPath, arrived};
}
