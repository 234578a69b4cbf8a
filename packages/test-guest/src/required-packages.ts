import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** Debian package -> what building the guest takes from it. `.ci/run` installs them. */
export const REQUIRED_PACKAGES: Readonly<Record<string, string>> = {
	gcc: 'compiles memcheck',
	'libc6-dev': 'its static C library',
	'busybox-static': "the guest's shell",
	cpio: 'packs the initrd',
	gzip: 'packs the initrd',
	'xz-utils': 'unpacks the kernel',
};

/** Those of `names` that are not installed, in their order. Rejects where there is no dpkg: the guest is made of Debian's packages. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
	const installed = new Set<string>();
	for (const line of (await queryPackages(names)).split('\n')) {
		const [name = '', status] = line.split(' ');
		if (status === 'installed') installed.add(name);
	}

	return names.filter(name => !installed.has(name));
}

async function queryPackages(names: readonly string[]): Promise<string> {
	try {
		const {stdout} = await run('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...names]);
		return stdout;
	} catch (error) {
		// Exit status 1: some are unknown to it, which is an answer. The others are in the output.
		const {code, stdout} = error as {readonly code?: unknown; readonly stdout?: string};
		if (code === 1 && stdout !== undefined) return stdout;
		throw new Error('the test guest is built from Debian packages, and dpkg-query does not run here', {cause: error});
	}
}
