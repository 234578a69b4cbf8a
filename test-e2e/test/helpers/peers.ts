import {spawn, spawnSync} from 'node:child_process';
import {createWriteStream} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';

/** What lies beside the checkout: streams that a real Xen wrote, and a wrapper for its verifier. */
const SHARED = path.join(import.meta.dirname, '../../../../shared');

/** What Xen's own `verify-stream-v2` says of a file. */
export function xenVerify(file: string): {readonly status: number | null; readonly output: string} {
	const {status, stdout, stderr} = spawnSync(path.join(SHARED, 'tools/xen-verify.sh'), ['xl', file], {encoding: 'utf8'});
	return {status, output: stdout + stderr};
}

/** Unpacks a stream that a real Xen wrote into `directory` and returns its path. */
export async function unpackGolden(name: string, directory: string): Promise<string> {
	const file = path.join(directory, name);
	const child = spawn('xz', ['-dc', path.join(SHARED, 'golden/xen', `${name}.xz`)], {stdio: ['ignore', 'pipe', 'inherit']});
	await pipeline(child.stdout, createWriteStream(file));
	return file;
}
