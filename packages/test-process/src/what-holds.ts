import {ChildProcess} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {Server, Socket} from 'node:net';
import process from 'node:process';

/** Node's own list of what its event loop has open. Not part of its documented interface: only what it is asked for here is relied on. */
type WithHandles = {readonly _getActiveHandles?: () => readonly object[]};

/**
 * What may keep this process from ending, a line each: kinds of resources of its event loop with their number, what child processes, sockets and servers among them are,
 * and the processes that are still its children, whether its event loop knows of them or not.
 */
export function whatHolds(): string[] {
	const counts = new Map<string, number>();
	for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const kinds = Array.from(counts, ([kind, count]) => `${count} × ${kind}`);
	const handles = ((process as WithHandles)._getActiveHandles?.() ?? []).map(handle => describe(handle)).filter(text => text !== undefined);
	return [`event loop: ${kinds.join(', ') || 'nothing'}`, ...handles, ...children()];
}

function describe(handle: object): string | undefined {
	if (handle instanceof ChildProcess) return `child process ${handle.pid ?? 'that was not started'}: ${handle.spawnargs.join(' ')}`;
	if (handle instanceof Server) return `server that listens on ${JSON.stringify(handle.address())}`;
	if (handle instanceof Socket) return describeSocket(handle);
	return undefined;
}

function describeSocket(socket: Socket): string | undefined {
	// Standard streams are sockets where they are pipes, and keep nothing.
	if (([process.stdin, process.stdout, process.stderr] as readonly object[]).includes(socket)) return undefined;
	const {localAddress, localPort, remoteAddress, remotePort, bytesRead, bytesWritten} = socket;
	const ends =
		remoteAddress === undefined ? 'pipe or Unix socket' : `socket ${localAddress}:${localPort} to ${remoteAddress}:${remotePort}`;
	return `${ends}, ${bytesRead} bytes read, ${bytesWritten} written`;
}

function children(): string[] {
	return readdirSync('/proc/self/task').flatMap(thread =>
		readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
			.split(' ')
			.filter(pid => pid !== '')
			.map(pid => `process ${pid} that it started: ${commandLine(pid)}`),
	);
}

function commandLine(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || 'it has ended, and was not waited for';
	} catch {
		return 'it is gone';
	}
}
