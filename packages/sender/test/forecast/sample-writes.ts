import test from 'ava';
import type {DirtyLog, PageBitmap} from '@sterna/domain';
import {sampleWhile, sampleWrites} from '../../src/forecast/sample-writes.ts';

const PAGES = 100;

/** A log that finds the next of these runs each time; the first is what was written before anybody looked. */
function scriptedLog(runs: ReadonlyArray<readonly [pfn: number, pageCount: number]>): DirtyLog {
	let next = 0;
	return {
		kind: 'pagemap-scan',
		async take(into: PageBitmap) {
			const [pfn, pageCount] = runs[next++] ?? [0, 0];
			into.addRun(pfn, pageCount);
			return Promise.resolve(pageCount);
		},
		[Symbol.asyncDispose]: async () => Promise.resolve(),
	};
}

const options = (signal = new AbortController().signal) => ({
	intervalsMs: [1, 2],
	pageLimit: PAGES,
	nowMs: () => performance.now(),
	signal,
});

test('a sample counts the pages of each interval, and each page once in all', async t => {
	const log = scriptedLog([
		[0, 90],
		[0, 10],
		[5, 10],
	]);
	const {scans, written} = await sampleWrites(log, 20, options());
	t.deepEqual(
		scans.slice(0, 2).map(({dirtyPages, newPages}) => ({dirtyPages, newPages})),
		[
			{dirtyPages: 10, newPages: 10},
			{dirtyPages: 10, newPages: 5},
		],
	);
	t.is(written.count, 15);
	t.true(scans.every(({sinceMs}) => sinceMs > 0));
});

test('a sample beside a piece of work ends with it, and its failure is told', async t => {
	const {promise, resolve} = Promise.withResolvers<string>();
	const sampling = sampleWhile(scriptedLog([[0, 1]]), promise, options());
	resolve('done');
	t.is((await sampling).result, 'done');
	await t.throwsAsync(sampleWhile(scriptedLog([]), Promise.reject(new Error('cut')), options()), {message: 'cut'});
});

test('a sample that is aborted rejects with the reason', async t => {
	const controller = new AbortController();
	const sampling = sampleWrites(scriptedLog([]), 60_000, options(controller.signal));
	controller.abort(new Error('the client left'));
	await t.throwsAsync(sampling, {message: 'the client left'});
});
