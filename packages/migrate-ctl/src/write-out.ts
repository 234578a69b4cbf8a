import {once} from 'node:events';
import type {Output} from './io.ts';

/** Resolves when there is room for more: a slow reader of the output slows the daemon's sending, and nothing gathers here. */
export async function writeOut(stdout: Output, data: Uint8Array): Promise<void> {
	if (stdout.write(data)) return;
	await once(stdout, 'drain');
}
