import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** 32-bit code without a library or an operating system below it. */
const OPTIONS = [
	'-m32 -march=i686 -mno-sse -O1 -ffreestanding -fno-pic -no-pie -fno-stack-protector -static -nostdlib',
	'-Wall -Wextra -Werror -Wl,--build-id=none -Wl,--no-warn-rwx-segments',
].flatMap(line => line.split(' '));

/** Compiles the guest into a directory of its own, which goes with this process. Throws where there is no compiler. */
export function buildBareGuest(): {readonly directory: string; readonly kernel: string} {
	const directory = mkdtempSync(join(tmpdir(), 'sterna-bare-'));
	process.once('exit', () => rmSync(directory, {recursive: true, force: true}));
	const kernel = join(directory, 'guest');
	execFileSync('gcc', [...OPTIONS, `-Wl,-T,${here('guest.ld')}`, '-o', kernel, here('guest.c')], {stdio: 'inherit'});
	return {directory, kernel};
}
