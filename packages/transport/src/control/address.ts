import {lookup as lookupWithCallback} from 'node:dns';
import {lookup} from 'node:dns/promises';
import {BlockList, isIP, type LookupFunction} from 'node:net';
import type {Side} from '@sterna/protocol';
import type {Hello} from '@sterna/protocol/control';
import {connectionError} from './connection-error.ts';

/** Where a control server is reached: the path of a Unix socket, or a name or IP address with a TCP port. */
export type ControlAddress = {readonly unix: string} | {readonly host: string; readonly port: number};

/** Longest path of a Unix socket in bytes: `sun_path` has 108, its last is a NUL. */
export const MAX_SOCKET_PATH_BYTES = 107;

/** The address as a person reads it: the path, or `host:port` with an IPv6 address in brackets. */
export function describeAddress(address: ControlAddress): string {
	if ('unix' in address) return address.unix;
	return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(address: string, family: number): boolean {
	return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function notLoopback(host: string, address: string, side: Side): Error {
	const what = host === address ? address : `${host} (${address})`;
	return connectionError('ERR_CONFIG', `${what} is not a loopback address: without TLS a daemon connects to loopback only`, {
		side,
		next: 'migrate-ctl hosts --probe # once [tls] is configured on both hosts: docs/operations.md',
	});
}

/** Refuses an IP address beyond loopback. Throws ERR_CONFIG. A name is for `loopbackLookup` to judge. */
export function assertLoopback(host: string, side: Side): void {
	const family = isIP(host);
	if (family !== 0 && !isLoopback(host, family)) throw notLoopback(host, host, side);
}

/** Looks a name up for a connection without TLS: fails with ERR_CONFIG where one of its addresses is beyond loopback. */
export function loopbackLookup(side: Side): LookupFunction {
	return (hostname, options, callback) => {
		lookupWithCallback(hostname, {...options, all: true}, (error, found) => {
			const [first] = found ?? [];
			const remote = found?.find(({address, family}) => !isLoopback(address, family));
			const refused = error ?? (remote === undefined ? null : notLoopback(hostname, remote.address, side));
			if (options.all === true) callback(refused, found);
			else callback(refused, first?.address ?? '', first?.family);
		});
	};
}

/** The IP address to listen at. Rejects ERR_CONFIG for a name that cannot be resolved, and for one beyond loopback unless `allowRemote`. */
export async function listenAddress(
	host: string,
	{allowRemote, side}: {readonly allowRemote: boolean; readonly side: Side},
): Promise<string> {
	const {address, family} = await lookup(host).catch((error: unknown) => {
		throw connectionError('ERR_CONFIG', `the address to listen at, ${host}, cannot be resolved`, {side, cause: error});
	});
	if (!allowRemote && !isLoopback(address, family)) {
		throw connectionError('ERR_CONFIG', `${host} (${address}) is not a loopback address: without TLS a daemon listens on loopback only`, {
			side,
		});
	}

	return address;
}

/** Checks a Unix socket's path before the kernel cuts it. Throws ERR_CONFIG. */
export function assertSocketPath(path: string, side: Side): void {
	const bytes = Buffer.byteLength(path);
	if (bytes <= MAX_SOCKET_PATH_BYTES) return;
	throw connectionError(
		'ERR_CONFIG',
		`the socket path ${path} has ${bytes} bytes, more than the ${MAX_SOCKET_PATH_BYTES} that a Unix socket can have`,
		{
			side,
		},
	);
}

/** What a role of the control channel is called in errors. */
export function sideOfRole(role: Hello['role']): Side {
	return role === 'operator' ? 'migrate-ctl' : role;
}
