import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {SHARED_DIRECTORY} from '../../src/goldens.ts';

export type Verdict = {readonly status: number | null; readonly output: string};

/** What Xen's own `verify-stream-v2` says of a file. */
export function xenVerify(file: string, format: 'xl' | 'libxl' | 'libxc' = 'xl'): Verdict {
	return verdictOf(path.join(SHARED_DIRECTORY, 'tools/xen-verify.sh'), [format, file]);
}

/** What its classes say with their known defects repaired. `remus`: a checkpointed stream. */
export function xenVerifyRepaired(format: 'remus' | 'xl', file: string): Verdict {
	return verdictOf('python3', [path.join(SHARED_DIRECTORY, 'tools/xen-verify-fixed.py'), format, file]);
}

function verdictOf(program: string, args: readonly string[]): Verdict {
	const {status, stdout, stderr} = spawnSync(program, args, {encoding: 'utf8'});
	return {status, output: stdout + stderr};
}
