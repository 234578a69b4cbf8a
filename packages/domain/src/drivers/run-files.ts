import {readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {DomainError} from '../domain-error.ts';
import type {GuestPlace} from '../driver.ts';

/** Longest path of a Unix socket that the kernel takes, without its NUL. */
const MAX_SOCKET_PATH_BYTES = 107;

/** Device states on their way from a guest to a daemon, or rehearsed; left only by a process that died meanwhile. */
const STATE_FILE = /^(state-out|rehearsal)-\d/;

let stateFiles = 0;

/** Throws ERR_CONFIG where a path is too long for a socket. */
export function assertSocketPath(path: string): void {
	if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) {
		throw new DomainError('ERR_CONFIG', `the socket path ${path} is longer than the ${MAX_SOCKET_PATH_BYTES} bytes that the system allows`);
	}
}

/** A file that is not there yet, for a guest to write its device state to. Whoever reads it removes it. */
export function newStateFile({runDir}: GuestPlace): string {
	stateFiles += 1;
	return join(runDir, `state-out-${process.pid}-${stateFiles}`);
}

/** Removes what a guest that is gone left in its run directory: files of these names, and device states. Idempotent. */
export function removeRunFiles({runDir}: GuestPlace, names: readonly string[]): void {
	for (const name of names) rmSync(join(runDir, name), {force: true});
	for (const name of listNames(runDir)) {
		if (STATE_FILE.test(name)) rmSync(join(runDir, name), {force: true});
	}
}

function listNames(directory: string): string[] {
	try {
		return readdirSync(directory);
	} catch {
		return [];
	}
}
