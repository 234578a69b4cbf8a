import test from 'ava';
import * as fc from 'fast-check';
import type {WorkloadDefinition} from '../../../src/index.ts';
import {layoutOf, ProgramCursor} from '../../../src/drivers/workload/program.ts';
import {smallWorkload} from '../../helpers/workload-subject.ts';

const PATTERNS = ['sequential', 'random', 'hot-set'] as const;

const ofPages = (memory: number, touched: number, hot: number, pattern: (typeof PATTERNS)[number], seed = 1): WorkloadDefinition =>
	smallWorkload({pattern, seed, touchedBytes: touched * 4096, hotBytes: Math.max(1, hot) * 4096}, memory * 4096);

test('the generation of every page follows from the position, whatever the pattern', t => {
	const shape = fc.record({
		memory: fc.integer({min: 1, max: 40}),
		touched: fc.nat(45),
		hot: fc.integer({min: 1, max: 45}),
		pattern: fc.constantFrom(...PATTERNS),
		seed: fc.nat(Number.MAX_SAFE_INTEGER),
		steps: fc.nat(300),
	});
	fc.assert(
		fc.property(shape, ({memory, touched, hot, pattern, seed, steps}) => {
			const definition = ofPages(memory, touched, hot, pattern, seed);
			const cursor = new ProgramCursor(definition);
			const {touchedPages, writablePages} = cursor.layout;
			const generations = Array.from({length: memory}, (_, pfn): number | undefined => (pfn < touchedPages ? 0 : undefined));
			for (let step = 0; step < (writablePages === 0 ? 0 : steps); step++) {
				const before = generations[cursor.page];
				if (before === undefined || cursor.page >= writablePages || cursor.generation !== before + 1) return false;
				generations[cursor.page] = cursor.generation;
				cursor.advance();
			}

			const jumped = new ProgramCursor(definition, cursor.position);
			for (let pfn = 0; pfn < memory; pfn++) {
				t.is(cursor.expectedGeneration(pfn), generations[pfn], `pfn ${pfn}`);
				t.is(jumped.expectedGeneration(pfn), generations[pfn], `pfn ${pfn}, from the position alone`);
			}

			return jumped.page === cursor.page && jumped.generation === cursor.generation && jumped.position === cursor.position;
		}),
	);
});

test('a round writes each page once, and two rounds do not write them in the same order', t => {
	const pages = 1000;
	const cursor = new ProgramCursor(ofPages(pages, pages, pages, 'random'));
	const round = (): number[] =>
		Array.from({length: pages}, () => {
			const {page} = cursor;
			cursor.advance();
			return page;
		});
	const [first, second] = [round(), round()];
	const ascending = Array.from({length: pages}, (_, index) => index);
	t.deepEqual(
		first.toSorted((a, b) => a - b),
		ascending,
	);
	t.deepEqual(
		second.toSorted((a, b) => a - b),
		ascending,
	);
	t.notDeepEqual(first, second);
	t.notDeepEqual(first, ascending);
});

test('positions and page numbers beyond 32 bits are exact', t => {
	// 256 GiB, the largest that is touched: products of page numbers just fit a double.
	const definition = smallWorkload({pattern: 'random', seed: 99}, 2 ** 38);
	delete definition.program.touchedBytes;
	const position = 2 ** 26 * 123_456 + 77_777;
	const cursor = new ProgramCursor(definition, position);
	const {page, generation} = cursor;
	t.is(generation, 123_457);
	t.is(cursor.expectedGeneration(page), 123_456);
	cursor.advance();
	t.is(cursor.expectedGeneration(page), 123_457);
	const after = cursor.page;
	t.is(cursor.expectedGeneration(after), 123_456);
});

test('a layout is bounded by memory, and by what can be computed', t => {
	t.deepEqual(layoutOf(ofPages(10, 20, 30, 'hot-set')), {memoryPages: 10, touchedPages: 10, writablePages: 10});
	t.deepEqual(layoutOf(ofPages(10, 5, 3, 'hot-set')), {memoryPages: 10, touchedPages: 5, writablePages: 3});
	t.deepEqual(layoutOf(ofPages(10, 5, 3, 'random')), {memoryPages: 10, touchedPages: 5, writablePages: 5});
	t.deepEqual(layoutOf(smallWorkload({touchedBytes: 1})).touchedPages, 1, 'a part of a page is a page');
	const huge = smallWorkload({}, 2 ** 39);
	delete huge.program.touchedBytes;
	t.throws(() => layoutOf(huge), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'});
});
