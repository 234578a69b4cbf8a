import fs from 'node:fs';
import {closeDescriptor, setNonBlocking} from '@sterna/system';
import {closeDataSocket} from './data-socket.ts';
import {LinkError} from './link-error.ts';
import type {DescriptorKind} from './messages.ts';

/** How a descriptor is to be treated: what can make its caller wait for another process is made non-blocking and polled, whatever it was called. */
export function prepareDescriptor(fd: number): DescriptorKind {
	const stats = fs.fstatSync(fd);
	if (!stats.isSocket() && !stats.isFIFO()) return 'file';
	setNonBlocking(fd, true);
	return 'polled';
}

/** Checks the descriptor of a tee: whoever reads a pipe could hold up the worker. Throws LinkError ERR_FILE. */
export function assertTee(fd: number): void {
	const stats = fs.fstatSync(fd);
	if (stats.isSocket() || stats.isFIFO())
		throw new LinkError({code: 'ERR_FILE', message: 'the copy of a stream goes to a file, not to a pipe or socket'});
}

/** What a link takes over: a connection or file, and the file that gets a copy. */
export type Owned = {readonly fd: number; readonly tlsSession?: number | undefined; readonly teeFd?: number | undefined};

/** Runs what takes ownership; closes everything where it throws. */
export function owning<T>(owned: Owned, open: () => T): T {
	try {
		return open();
	} catch (error) {
		closeDataSocket(owned);
		if (owned.teeFd !== undefined) closeDescriptor(owned.teeFd);
		throw error;
	}
}
