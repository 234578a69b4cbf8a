import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import path from 'node:path';
import {type DaemonName, type Lab, type LabHost} from '@sterna/test-e2e';
import {anonymousBytesOf} from '../measure/anonymous-memory.ts';

const DAEMONS: readonly DaemonName[] = ['sender', 'receiver'];
/** What the heap of a daemon may differ by: a garbage collector's own ups and downs. 64 KiB a migration would show. */
const HEAP_SLACK_BYTES = 16 * 2 ** 20;
/** A connection that is being made or taken down at the moment of the look. */
const DESCRIPTOR_SLACK = 2;

/** What a daemon holds of its machine. */
export type DaemonFootprint = {
	readonly name: string;
	/** Heap, stacks and whatever else is no file, in bytes. */
	readonly anonymousBytes: number;
	readonly descriptors: number;
	/** Of the descriptors. */
	readonly sockets: number;
	readonly threads: number;
};

/** What a lab holds of its machine. */
export type Footprint = {
	readonly daemons: readonly DaemonFootprint[];
	/** Daemons and guests. */
	readonly processes: number;
	/** Files of both hosts, without what is kept of migrations that ended and without logs. */
	readonly files: number;
	/** TCP sockets of the daemons, in whatever state; those that the kernel alone still has are not theirs. */
	readonly tcpSockets: number;
};

/** Looks at everything that a lab has running and lying about. All daemons must be up. */
export function footprintOf(lab: Lab): Footprint {
	const daemons = lab.hosts.flatMap(host => DAEMONS.map(name => daemonFootprint(host, name)));
	const tcp = tcpInodes();
	return {
		daemons,
		processes: labProcesses(lab.id).length,
		files: lab.hosts.reduce((sum, host) => sum + keptFiles(host).length, 0),
		tcpSockets: lab.hosts.flatMap(host => DAEMONS.flatMap(name => socketInodes(pidOf(host, name)))).filter(inode => tcp.has(inode)).length,
	};
}

/** Throws what has grown. */
export function assertNothingGrew(before: Footprint, after: Footprint): void {
	const grown: string[] = [];
	const compare = (what: string, was: number, is: number, slack: number): void => {
		if (is > was + slack) grown.push(`${what}: ${was} before, ${is} after`);
	};
	for (const [index, was] of before.daemons.entries()) {
		const is = after.daemons[index];
		if (is === undefined) throw new TypeError('the daemons are the same ones');
		compare(`anonymous bytes of ${was.name}`, was.anonymousBytes, is.anonymousBytes, HEAP_SLACK_BYTES);
		compare(`descriptors of ${was.name}`, was.descriptors, is.descriptors, DESCRIPTOR_SLACK);
		compare(`threads of ${was.name}`, was.threads, is.threads, 0);
	}

	compare('processes', before.processes, after.processes, 0);
	compare('files', before.files, after.files, 0);
	compare('TCP sockets', before.tcpSockets, after.tcpSockets, 0);
	if (grown.length > 0) throw new Error(grown.join('; '));
}

/** One line for each daemon, and one for the rest. */
export function describeFootprint({daemons, processes, files, tcpSockets}: Footprint): string[] {
	return [
		...daemons.map(
			({name, anonymousBytes, descriptors, sockets, threads}) =>
				`${name} ${Math.round(anonymousBytes / 2 ** 20)} MiB anonymous, ${descriptors} descriptors (${sockets} sockets), ${threads} threads`,
		),
		`${processes} processes, ${files} files, ${tcpSockets} TCP sockets`,
	];
}

function daemonFootprint(host: LabHost, name: DaemonName): DaemonFootprint {
	const pid = pidOf(host, name);
	return {
		name: `${host.name} ${name}`,
		anonymousBytes: anonymousBytesOf(pid),
		descriptors: readdirSync(`/proc/${pid}/fd`).length,
		sockets: socketInodes(pid).length,
		threads: readdirSync(`/proc/${pid}/task`).length,
	};
}

function pidOf(host: LabHost, name: DaemonName): number {
	const {id} = host.daemon(name);
	if (id === undefined) throw new Error(`${host.name}'s ${name} is not up`);
	return id.pid;
}

function socketInodes(pid: number): string[] {
	return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
		try {
			return /^socket:\[(?<inode>\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.groups?.['inode'] ?? [];
		} catch {
			return []; // Closed in between.
		}
	});
}

/** Inodes of all TCP sockets of this network namespace. */
function tcpInodes(): Set<string> {
	const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(file => readFileSync(file, 'utf8').trim().split('\n').slice(1));
	return new Set(lines.map(line => line.trim().split(/\s+/)[9] ?? ''));
}

function labProcesses(labId: string): string[] {
	return readdirSync('/proc').filter(name => {
		if (!/^\d+$/.test(name)) return false;
		try {
			return readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`STERNA_LAB=${labId}`);
		} catch {
			return false; // Gone in between, or not ours to look into.
		}
	});
}

function keptFiles(host: LabHost): string[] {
	return readdirSync(host.directory, {recursive: true, withFileTypes: true})
		.filter(entry => !entry.isDirectory() && !entry.name.endsWith('.log') && path.basename(entry.parentPath) !== 'migrations')
		.map(entry => path.join(entry.parentPath, entry.name));
}
