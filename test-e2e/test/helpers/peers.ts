import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {SHARED_DIRECTORY} from '../../src/goldens.ts';

/** What Xen's own `verify-stream-v2` says of a file. */
export function xenVerify(file: string): {readonly status: number | null; readonly output: string} {
	const {status, stdout, stderr} = spawnSync(path.join(SHARED_DIRECTORY, 'tools/xen-verify.sh'), ['xl', file], {encoding: 'utf8'});
	return {status, output: stdout + stderr};
}
