import test from 'ava';
import {type Directories} from '../src/directories.ts';
import {DomainLock} from '../src/domain-lock.ts';
import {DomainRegistry} from '../src/domain-registry.ts';
import {MemoryBudget} from '../src/memory-budget.ts';
import {domainRecord, hostDirectories} from './helpers/host.ts';

const MIB = 1024 * 1024;

async function put(directories: Directories, name: string, memoryBytes: number): Promise<void> {
	using lock = DomainLock.acquire(directories, name, {side: 'receiver', what: 'test'});
	await new DomainRegistry(directories, {side: 'receiver'}).put(domainRecord(name, {memoryBytes}), lock);
}

function budgetOf(directories: Directories, limitBytes: number, availableBytes: number): MemoryBudget {
	const registry = new DomainRegistry(directories, {side: 'receiver'});
	return new MemoryBudget({side: 'receiver', limitBytes, registry, availableBytes: async () => availableBytes});
}

test('guests fit up to the limit and not beyond, those that come in included', async t => {
	const directories = hostDirectories(t);
	await put(directories, 'old', 512 * MIB);
	const budget = budgetOf(directories, 1024 * MIB, 8192 * MIB);
	const first = await budget.reserve('a', 256 * MIB);
	await t.throwsAsync(budget.reserve('b', 257 * MIB), {
		code: 'ERR_MEMORY_INSUFFICIENT',
		message: 'b has 257 MiB, the guests of this host have 768 MiB already, and the limit is 1 GiB',
	});
	using second = await budget.reserve('b', 256 * MIB);
	t.is(second.bytes, 256 * MIB);
	first[Symbol.dispose]();
	first[Symbol.dispose]();
	using third = await budget.reserve('c', 256 * MIB);
	t.is(third.domain, 'c');
});

test('a guest that has a record beside its reservation counts once', async t => {
	const directories = hostDirectories(t);
	const budget = budgetOf(directories, 100 * MIB, 8192 * MIB);
	const coming = await budget.reserve('a', 60 * MIB);
	await put(directories, 'a', 60 * MIB);
	using fits = await budget.reserve('b', 40 * MIB);
	coming[Symbol.dispose]();
	t.is(fits.domain, 'b');
	await t.throwsAsync(budget.reserve('c', MIB), {code: 'ERR_MEMORY_INSUFFICIENT'});
});

test('the memory that the host has left bounds what is promised', async t => {
	const budget = budgetOf(hostDirectories(t), 8192 * MIB, 100 * MIB);
	using first = await budget.reserve('a', 60 * MIB);
	t.is(first.bytes, 60 * MIB);
	await t.throwsAsync(budget.reserve('b', 41 * MIB), {
		code: 'ERR_MEMORY_INSUFFICIENT',
		message: 'b has 41 MiB and this host has 100 MiB left, 60 MiB of it promised to guests that are coming in',
	});
});

test('what an earlier daemon promised is promised again, whatever there is left, and counts', async t => {
	const budget = budgetOf(hostDirectories(t), 100 * MIB, 100 * MIB);
	using renewed = await budget.renew('a', 120 * MIB);
	t.is(renewed.bytes, 120 * MIB);
	await t.throwsAsync(budget.reserve('b', MIB), {code: 'ERR_MEMORY_INSUFFICIENT'});
});

test('two that ask at once cannot both get the last room', async t => {
	const budget = budgetOf(hostDirectories(t), 100 * MIB, 8192 * MIB);
	const results = await Promise.allSettled([budget.reserve('a', 60 * MIB), budget.reserve('b', 60 * MIB)]);
	t.deepEqual(
		results.map(({status}) => status),
		['fulfilled', 'rejected'],
	);
});

test("this host's own free memory is asked for", async t => {
	const registry = new DomainRegistry(hostDirectories(t), {side: 'receiver'});
	const budget = new MemoryBudget({side: 'receiver', limitBytes: Infinity, registry});
	using small = await budget.reserve('a', 4096);
	t.is(small.bytes, 4096);
	await t.throwsAsync(budget.reserve('b', 2 ** 50), {code: 'ERR_MEMORY_INSUFFICIENT'});
});
