import test from 'ava';
import {judgeCores, judgeLibraries, judgeLimits, judgePtrace, judgeVersion, type PtraceFacts} from '../../src/doctor/judge-system.ts';
import {judgeTracker, tryTracker} from '../../src/doctor/tracker.ts';
import {libraryFacts, limitFacts, versionFacts} from '../../src/doctor/system-facts.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const OK: readonly Expected[] = [{state: 'ok'}];

test('a kernel before 6.7 is worth a warning, a Node before 24 is a fault', t => {
	const rows: readonly [node: string, kernel: string, expected: Expected][] = [
		['24.21.0', '6.18.44-generic', {state: 'ok', detail: /^sterna-sender 0\.1\.0, Node 24\.21\.0, Linux 6\.18\.44-generic$/}],
		['24.0.0', '6.7.0', {state: 'ok'}],
		['24.0.0', '7.0.1', {state: 'ok'}],
		['24.0.0', '6.6.9', {state: 'warning', detail: /before 6\.7/, fix: /Linux 6\.7/}],
		['24.0.0', '5.15.0-91', {state: 'warning'}],
		['22.1.0', '6.18.0', {state: 'fault', detail: /Node 24 or later is needed/}],
	];
	for (const [node, kernel, expected] of rows)
		assertJudged(t, judgeVersion({software: 'sterna-sender 0.1.0', node, kernel}), [expected], `${node} ${kernel}`);
});

test('libraries that are missing are named, with what is lost and the packages to install', t => {
	assertJudged(t, judgeLibraries({codecs: ['zstd', 'lz4'], xxh3: true, openssl: undefined}), OK, 'all there');
	assertJudged(
		t,
		judgeLibraries({codecs: ['zstd'], xxh3: false, openssl: undefined}),
		[{state: 'warning', detail: /^there is no lz4, no proofs of memory on this host$/, fix: /install liblz4-1, libxxhash0 /}],
		'two missing',
	);
	assertJudged(
		t,
		judgeLibraries({codecs: [], xxh3: true, openssl: undefined}),
		[{state: 'warning', fix: /libzstd1, liblz4-1/}],
		'no codec',
	);
	assertJudged(
		t,
		judgeLibraries({codecs: ['zstd', 'lz4'], xxh3: true, openssl: 'no SSL_new'}),
		[{state: 'fault', detail: /no SSL_new/}],
		'no OpenSSL',
	);
});

test('few open files are a warning, too few a fault', t => {
	for (const [openFiles, state] of [
		[65_536, 'ok'],
		[Infinity, 'ok'],
		[4096, 'ok'],
		[4095, 'warning'],
		[1024, 'warning'],
		[256, 'fault'],
	] as const)
		assertJudged(t, judgeLimits({openFiles}), [{state, ...(state === 'ok' ? {} : {fix: /LimitNOFILE/})}], String(openFiles));
});

test('one core, and more workers than cores, are worth a warning', t => {
	assertJudged(t, judgeCores({cores: 4, workers: undefined}), OK, 'plenty');
	assertJudged(t, judgeCores({cores: 1, workers: undefined}), [{state: 'warning', detail: /^one core/}], 'one core');
	assertJudged(t, judgeCores({cores: 2, workers: 8}), [{state: 'warning', fix: /data\.workers = 2/}], 'many workers');
});

test('a kernel that forbids to trace is a fault where there are QEMU guests, unless the daemon may all the same', t => {
	const rows: readonly [PtraceFacts, Expected][] = [
		[{hasQemu: false, scope: 3, hasCapability: false}, {state: 'ok'}],
		[{hasQemu: true, scope: undefined, hasCapability: false}, {state: 'ok'}],
		[{hasQemu: true, scope: 0, hasCapability: false}, {state: 'ok'}],
		[
			{hasQemu: true, scope: 1, hasCapability: false},
			{state: 'fault', fix: /ptrace_scope=0/},
		],
		[{hasQemu: true, scope: 2, hasCapability: true}, {state: 'ok'}],
		[
			{hasQemu: true, scope: 3, hasCapability: true},
			{state: 'fault', fix: /reboot/},
		],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgePtrace(facts), [expected], JSON.stringify(facts));
});

test('a tracker that does not work is a fault where it alone was asked for, and a warning where a copy does instead', t => {
	const works = {works: true, userModeOnly: false} as const;
	const fails = {works: false, because: 'userfaultfd: EPERM'} as const;
	assertJudged(t, judgeTracker(works, {tracker: 'auto'}), OK, 'works');
	assertJudged(t, judgeTracker(works, {tracker: 'pagemap-scan'}), OK, 'works as asked for');
	assertJudged(
		t,
		judgeTracker(fails, {tracker: 'auto'}),
		[{state: 'warning', detail: /EPERM; guests are compared/, fix: /Linux 6\.7/}],
		'falls back',
	);
	assertJudged(
		t,
		judgeTracker(fails, {tracker: 'pagemap-scan'}),
		[{state: 'fault', detail: /EPERM/, fix: /sender\.tracker = "auto"/}],
		'asked for',
	);
	assertJudged(t, judgeTracker(works, {tracker: 'compare'}), [{state: 'warning', fix: /tracks writes on this host/}], 'not used');
	assertJudged(t, judgeTracker(fails, {tracker: 'compare'}), [{state: 'warning', fix: /6\.7/}], 'not there');
});

test('the tracker is really tried: on a kernel that has it the page that was written is found, alone', t => {
	const [major = 0, minor = 0] = versionFacts('').kernel.split('.').map(Number);
	const trial = tryTracker();
	if (major > 6 || (major === 6 && minor >= 7)) t.true(trial.works, JSON.stringify(trial));
	else t.false(trial.works);
});

test('the libraries and limits of this process are found', async t => {
	t.true((await limitFacts()).openFiles > 0);
	t.deepEqual(libraryFacts({tls: true}).openssl, undefined);
});
