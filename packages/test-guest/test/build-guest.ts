import test from 'ava';
import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {buildTestGuest} from '../src/index.ts';
import {missingPackages} from '../src/required-packages.ts';

/** A source directory whose script does as it is told, and notes that it ran in `builds`; and an empty cache. */
function makeSources(t: ExecutionContext, script: string): {readonly sourceDirectory: string; readonly cacheDirectory: string} {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-guest-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const sourceDirectory = path.join(directory, 'guest');
	mkdirSync(sourceDirectory);
	writeFileSync(path.join(sourceDirectory, 'memcheck.c'), 'int main(void) { return 0; }\n');
	writeFileSync(path.join(sourceDirectory, 'build-guest.sh'), `set -e\necho x >>'${sourceDirectory}/builds'\n${script}`);
	chmodSync(path.join(sourceDirectory, 'build-guest.sh'), 0o755);
	return {sourceDirectory, cacheDirectory: path.join(directory, 'cache')};
}

const SCRIPT = 'sleep 0.2\necho kernel >"$1/vmlinuz"\necho initrd >"$1/initrd.gz"\n';

const countBuilds = (sourceDirectory: string): number => readFileSync(path.join(sourceDirectory, 'builds'), 'utf8').split('\n').length - 1;

test('a guest is built once, and again when what it is made of has changed', async t => {
	const options = makeSources(t, SCRIPT);
	const guest = await buildTestGuest(options);
	t.is(readFileSync(guest.vmlinuz, 'utf8'), 'kernel\n');
	t.is(readFileSync(guest.initrd, 'utf8'), 'initrd\n');
	t.deepEqual(await buildTestGuest(options), guest);
	t.is(countBuilds(options.sourceDirectory), 1);
	writeFileSync(path.join(options.sourceDirectory, 'memcheck.c'), 'int main(void) { return 1; }\n');
	const other = await buildTestGuest(options);
	t.not(other.vmlinuz, guest.vmlinuz);
	t.is(countBuilds(options.sourceDirectory), 2);
});

test('several that build at the same time all get the one guest, and leave nothing beside it', async t => {
	const options = makeSources(t, SCRIPT);
	const guests = await Promise.all([1, 2, 3].map(async () => buildTestGuest(options)));
	for (const guest of guests) t.deepEqual(guest, guests[0]);
	t.is(readFileSync(guests[0]?.initrd ?? '', 'utf8'), 'initrd\n');
	t.is(readdirSync(options.cacheDirectory).length, 1);
});

test('a build that fails says what the script said, and leaves nothing', async t => {
	const options = makeSources(t, 'echo kernel >"$1/vmlinuz"\necho "cpio: no space" >&2\nexit 3\n');
	await t.throwsAsync(buildTestGuest(options), {message: /build-guest\.sh failed[^]*cpio: no space/});
	t.deepEqual(readdirSync(options.cacheDirectory), []);
});

test('a script that makes no guest is found out', async t => {
	const options = makeSources(t, 'true\n');
	await t.throwsAsync(buildTestGuest(options), {message: /made no vmlinuz and initrd\.gz/});
});

test('packages that are missing are named, those that are there are not', async t => {
	t.deepEqual(await missingPackages(['dpkg', 'sterna-no-such-package', 'coreutils']), ['sterna-no-such-package']);
});
