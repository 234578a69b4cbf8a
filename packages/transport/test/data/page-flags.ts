import test from 'ava';
import {PageFlags} from '../../src/data/page-flags.ts';

const LIMIT = 1000;
const all = (flags: PageFlags): number[] => Array.from({length: LIMIT}, (_, pfn) => pfn).filter(pfn => flags.has(pfn));

test('flags of runs are those of their pages, wherever the runs lie', t => {
	let seed = 7;
	const random = (below: number): number => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return (seed >>> 8) % below;
	};
	for (let round = 0; round < 200; round++) {
		const flags = new PageFlags(LIMIT);
		const wanted = new Set<number>();
		for (let run = 0; run < 6; run++) {
			const pfn = random(LIMIT);
			const pageCount = Math.min(LIMIT - pfn, 1 + random(round % 2 === 0 ? 5 : 200));
			flags.addRun(pfn, pageCount);
			for (let page = pfn; page < pfn + pageCount; page++) wanted.add(page);
			t.true(flags.hasRun(pfn, pageCount));
			t.is(flags.hasRun(pfn, Math.min(pageCount + 1, LIMIT - pfn)), pfn + pageCount === LIMIT || wanted.has(pfn + pageCount));
		}

		t.deepEqual(
			all(flags),
			[...wanted].toSorted((a, b) => a - b),
		);
		const taken: number[] = [];
		flags.takeRuns((pfn, pageCount) => taken.push(...Array.from({length: pageCount}, (_, index) => pfn + index)));
		t.deepEqual(
			taken,
			[...wanted].toSorted((a, b) => a - b),
		);
		t.deepEqual(all(flags), []);
	}
});

test('adding a flag says whether it is new, and a run beyond the limit is cut', t => {
	const flags = new PageFlags(40);
	t.true(flags.add(31));
	t.false(flags.add(31));
	flags.addRun(38, 100);
	const runs: [number, number][] = [];
	flags.takeRuns((...run) => runs.push(run));
	t.deepEqual(runs, [
		[31, 1],
		[38, 2],
	]);
});
