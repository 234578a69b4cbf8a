import {readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import type {LabHost} from '../lab/lab-host.ts';

/** Takes everything that a host, whose receiver is down, knows of a guest that was coming in; as from a disk of before. Its process is ended. */
export function forgetArrival(host: LabHost, domain: string): void {
	const record = path.join(host.files.state, 'domains', domain, 'domain.json');
	const {handle} = JSON.parse(readFileSync(record, 'utf8')) as {readonly handle: {readonly pid: number}};
	process.kill(handle.pid, 'SIGKILL');
	rmSync(record);
	const outcomes = path.join(host.files.state, 'migrations');
	for (const name of readdirSync(outcomes)) rmSync(path.join(outcomes, name));
}
