import {once} from 'node:events';
import {connect} from 'node:net';
import {createInterface} from 'node:readline';

type QmpLine = {
	readonly QMP?: unknown;
	readonly return?: unknown;
	readonly error?: {readonly class: string; readonly desc: string};
	readonly event?: string;
};

/** A monitor that is in use by another accepts and says nothing. */
const TIMEOUT_MS = 10_000;

/**
 * Gives a QEMU one command of QMP by a monitor of its own, past all daemons, and resolves with what it returns.
 * Rejects with what QEMU says where it refuses, and after a while where the monitor is in use.
 */
export async function askQemu(socketPath: string, command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
	const socket = connect(socketPath);
	await once(socket, 'connect');
	const timer = setTimeout(() => socket.destroy(new Error(`${socketPath} does not answer: is its monitor in use?`)), TIMEOUT_MS);
	try {
		const send = (execute: string, given: Readonly<Record<string, unknown>>): void => {
			socket.write(`${JSON.stringify({execute, arguments: given})}\n`);
		};
		let answered = 0;
		for await (const text of createInterface({input: socket})) {
			const line = JSON.parse(text) as QmpLine;
			if (line.QMP !== undefined) send('qmp_capabilities', {});
			else if (line.error !== undefined) throw new Error(`QEMU refuses ${command}: ${line.error.desc}`);
			else if (line.return !== undefined) {
				answered++;
				if (answered === 2) return line.return;
				send(command, args);
			}
		}

		throw new Error(`${socketPath} was closed before ${command} was answered`);
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}
