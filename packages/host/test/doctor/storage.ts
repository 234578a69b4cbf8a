import test from 'ava';
import {
	judgeDisk,
	judgeMemory,
	judgeRunSpace,
	memoryFacts,
	type MemoryFacts,
	roomBytes,
	spaceFacts,
	type SpaceFacts,
} from '../../src/doctor/storage.ts';
import {DomainLock} from '../../src/domain-lock.ts';
import {DomainRegistry} from '../../src/domain-registry.ts';
import {domainRecord, hostDirectories} from '../helpers/host.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const MEMORY: MemoryFacts = {limitBytes: 8 * GIB, totalBytes: 8 * GIB, availableBytes: 6 * GIB, guestBytes: GIB, guests: 1};
const SPACE: SpaceFacts = {path: '/run/sterna', isTmpfs: true, freeBytes: 10 * GIB, freeInodes: 1_000_000};

test('the room for a guest is what limit and machine both leave', t => {
	t.is(roomBytes(MEMORY), 6 * GIB);
	t.is(roomBytes({...MEMORY, limitBytes: 4 * GIB}), 3 * GIB);
	t.is(roomBytes({...MEMORY, limitBytes: MIB}), 0);
});

test('memory: no room for a guest is a fault, whose fix is that of what binds', t => {
	const rows: readonly [Partial<MemoryFacts>, Expected][] = [
		[{}, {state: 'ok', detail: /room for 6(\.00)? GiB more: 1 guest has 1(\.00)? GiB/}],
		[{limitBytes: 16 * MIB}, {state: 'fault', detail: /room for 0 B/, fix: /receiver\.memory-limit/}],
		[{limitBytes: GIB + 16 * MIB}, {state: 'fault', fix: /receiver\.memory-limit/}],
		[{availableBytes: 10 * MIB}, {state: 'fault', fix: /^move a guest away/}],
		[{limitBytes: 16 * GIB}, {state: 'warning', detail: /more than the machine has/, fix: /below what the machine has/}],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgeMemory({...MEMORY, ...facts}), [expected], JSON.stringify(facts));
});

test('the disk of the records: little room is a warning, none a fault', t => {
	const rows: readonly [Partial<SpaceFacts>, Expected][] = [
		[{}, {state: 'ok'}],
		[{freeInodes: undefined}, {state: 'ok'}],
		[{freeBytes: 100 * MIB}, {state: 'warning', detail: /100 MiB free below \/run\/sterna/}],
		[{freeInodes: 12}, {state: 'warning', detail: /12 more files/}],
		[{freeBytes: MIB}, {state: 'fault', detail: /cannot be written down/, fix: /make room/}],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgeDisk({...SPACE, ...facts}), [expected], JSON.stringify(facts));
});

test('the run directory belongs on a tmpfs with room for checkpoints', t => {
	assertJudged(t, judgeRunSpace(SPACE), [{state: 'ok'}], 'tmpfs');
	assertJudged(t, judgeRunSpace({...SPACE, isTmpfs: false}), [{state: 'warning', fix: /paths\.run/}], 'a disk');
	assertJudged(t, judgeRunSpace({...SPACE, freeBytes: 64 * MIB}), [{state: 'warning', fix: /remount/}], 'small');
});

test('memory and space are measured on this host, and guests are counted by their records', async t => {
	const directories = hostDirectories(t);
	const registry = new DomainRegistry(directories, {side: 'receiver'});
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'receiver', what: 'test'});
	await registry.put(domainRecord('dom1', {memoryBytes: 32 * MIB}), lock);
	t.like(await memoryFacts(GIB, registry), {limitBytes: GIB, guestBytes: 32 * MIB, guests: 1});
	const space = await spaceFacts(directories.state);
	t.true(space.freeBytes > 0);
	t.true((await spaceFacts('/dev/shm')).isTmpfs);
});
