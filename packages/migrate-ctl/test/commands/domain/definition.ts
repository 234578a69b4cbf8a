import test from 'ava';
import * as v from 'valibot';
import {DomainDefinition} from '@sterna/domain';
import {workloadDefinition, type WorkloadOptions} from '../../../src/commands/domain/definition.ts';

const MIB = 1024 * 1024;
const OPTIONS: WorkloadOptions = {memory: 512 * MIB, pattern: 'hot-set', rate: 200_000_000, content: 'random', seed: 7, lineInterval: 50};

/** As the daemon checks it, which adds the uuid. */
const checked = (name: string, options: Partial<WorkloadOptions>): DomainDefinition =>
	v.parse(DomainDefinition, {...workloadDefinition(name, {...OPTIONS, ...options}), uuid: crypto.randomUUID()});

test("what domain create asks for is valid by the daemon's own schema", t => {
	t.like(checked('dom1', {}), {
		kind: 'workload',
		name: 'dom1',
		memoryBytes: 512 * MIB,
		pfnLimit: 131_072,
		program: {seed: 7, pattern: 'hot-set', rateBytesPerSecond: 200_000_000, hotBytes: 64 * MIB, content: 'random', lineIntervalMs: 50},
	});
	t.like(checked('dom1', {udpPort: 7000}), {udpPort: 7000});
	for (const pattern of ['hot-set', 'sequential', 'random'] as const) {
		for (const content of ['random', 'text', 'zero'] as const) t.notThrows(() => checked('x', {pattern, content, touched: 16 * MIB}));
	}
});

test('an unthrottled guest has no rate, an idle one has 0', t => {
	const program = (rate: WorkloadOptions['rate']): unknown => workloadDefinition('x', {...OPTIONS, rate}).program.rateBytesPerSecond;
	t.is(program('unthrottled'), undefined);
	t.is(program(0), 0);
});

test('a guest too small for the usual hot set gets a quarter of its memory', t => {
	for (const memory of [4096, 12_288, MIB, 100 * MIB]) {
		const {program} = workloadDefinition('x', {...OPTIONS, memory});
		t.notThrows(() => checked('x', {memory}));
		t.true((program.hotBytes ?? Infinity) <= memory, String(memory));
	}

	t.is(workloadDefinition('x', {...OPTIONS, memory: MIB}).program.hotBytes, 256 * 1024);
});

test('other patterns have no hot set', t => {
	t.false('hotBytes' in workloadDefinition('x', {...OPTIONS, pattern: 'random'}).program);
});
