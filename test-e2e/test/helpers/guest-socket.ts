import {once} from 'node:events';
import {connect} from 'node:net';
import {createInterface} from 'node:readline';
import type {LabHost} from '../../src/lab/lab-host.ts';
import {DOMAIN, readRecord} from './scene.ts';

/** Tells a workload guest, past all daemons, to do something of its own accord: `{command: 'reboot'}`. Resolves with its answer. */
export async function tellGuest(host: LabHost, request: Readonly<Record<string, unknown>>, domain = DOMAIN): Promise<unknown> {
	const record = readRecord(host, domain);
	if (record === undefined) throw new Error(`${host.name} has no ${domain}`);
	const socket = connect(record.handle.socketPath);
	await once(socket, 'connect');
	try {
		socket.write(`${JSON.stringify({id: 1, ...request})}\n`);
		for await (const line of createInterface({input: socket})) {
			const answer = JSON.parse(line) as {readonly id?: number};
			if (answer.id === 1) return answer;
		}

		throw new Error('the guest closed its socket');
	} finally {
		socket.destroy();
	}
}
