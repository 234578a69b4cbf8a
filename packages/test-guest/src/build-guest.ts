import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {correctSource} from './correct-source.ts';
import {missingPackages, REQUIRED_PACKAGES} from './required-packages.ts';

const run = promisify(execFile);

/** Files that a QEMU boots: `-kernel VMLINUZ -initrd INITRD -append ARGUMENTS`; see `kernelArguments`. */
export type TestGuest = {readonly vmlinuz: string; readonly initrd: string};

export type BuildOptions = {
	/** Has `build-guest.sh` and the sources that it compiles. By default `../shared/guest` beside the checkout. */
	readonly sourceDirectory?: string;
	/** Guests are kept here, each by what it was made of. By default `.cache/test-guest` of the checkout. */
	readonly cacheDirectory?: string;
};

const CHECKOUT = path.join(import.meta.dirname, '../../..');
/** Where guests are that were built without another directory being named. */
export const GUEST_CACHE_DIRECTORY = path.join(CHECKOUT, '.cache/test-guest');
const SCRIPT = 'build-guest.sh';
/** What the guest is made of; the kernel is the one that Debian's archive has when the guest is first built. */
const SOURCES = [SCRIPT, 'memcheck.c'];

/** Fetching the kernel, some 30 MB, is most of it. */
const BUILD_TIMEOUT_MS = 300_000;

/**
 * The guest, built where no earlier call has. Any number of processes may call it at once: each builds aside, and the first that is done
 * has made it for all. Rejects with the names of Debian packages that are missing, and with what the script said where that failed.
 */
export async function buildTestGuest({
	sourceDirectory = path.join(CHECKOUT, '../shared/guest'),
	cacheDirectory = GUEST_CACHE_DIRECTORY,
}: BuildOptions = {}): Promise<TestGuest> {
	const sources = readSources(sourceDirectory);
	const directory = path.join(cacheDirectory, keyOf(sources));
	const guest = filesIn(directory);
	if (isBuilt(guest)) return guest;

	const missing = await missingPackages(Object.keys(REQUIRED_PACKAGES));
	if (missing.length > 0) {
		const why = missing.map(name => `${name} (${REQUIRED_PACKAGES[name]})`).join(', ');
		throw new Error(`the test guest cannot be built without Debian's ${why}: apt-get install ${missing.join(' ')}`);
	}

	mkdirSync(cacheDirectory, {recursive: true});
	const aside = mkdtempSync(`${directory}.`);
	try {
		const workshop = path.join(aside, 'sources');
		mkdirSync(workshop);
		for (const [name, text] of sources) writeFileSync(path.join(workshop, name), text);
		await runScript(path.join(workshop, SCRIPT), aside);
		if (!isBuilt(filesIn(aside))) throw new Error(`${SCRIPT} made no vmlinuz and initrd.gz`);
		publish(aside, directory, guest);
	} finally {
		rmSync(aside, {recursive: true, force: true});
	}

	return guest;
}

/** By name, as they are compiled. */
function readSources(directory: string): ReadonlyMap<string, string> {
	return new Map(SOURCES.map(name => [name, correctSource(name, readFileSync(path.join(directory, name), 'utf8'))]));
}

function keyOf(sources: ReadonlyMap<string, string>): string {
	const hash = createHash('sha256');
	for (const [name, text] of sources) hash.update(`${name} ${text.length}\n`).update(text);
	return hash.digest('hex').slice(0, 16);
}

function filesIn(directory: string): TestGuest {
	return {vmlinuz: path.join(directory, 'vmlinuz'), initrd: path.join(directory, 'initrd.gz')};
}

function isBuilt({vmlinuz, initrd}: TestGuest): boolean {
	return existsSync(vmlinuz) && existsSync(initrd);
}

async function runScript(script: string, out: string): Promise<void> {
	try {
		await run('bash', [script, out], {timeout: BUILD_TIMEOUT_MS, env: {...process.env, LC_ALL: 'C'}});
	} catch (error) {
		const {stdout = '', stderr = ''} = error as {readonly stdout?: string; readonly stderr?: string};
		const said = `${stdout}${stderr}`.trim();
		const hint = said.includes('E: ') ? "; does apt know the archive's packages (apt-get update)?" : '';
		throw new Error(`the test guest could not be built: ${SCRIPT} failed${hint}\n${said}`, {cause: error});
	}
}

/** A directory takes its place whole, by one rename; that of another process which was faster is as good. */
function publish(aside: string, directory: string, guest: TestGuest): void {
	try {
		renameSync(aside, directory);
	} catch (error) {
		if (!isBuilt(guest)) throw error;
	}
}
