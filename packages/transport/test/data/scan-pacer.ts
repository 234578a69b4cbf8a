import test from 'ava';
import {ScanPacer} from '../../src/data/scan-pacer.ts';

/** How many of `batches` batches are searched, each with this outcome. */
function searched(batches: number, pages: number, calls: number, zeroPages: number): number {
	const pacer = new ScanPacer();
	let count = 0;
	for (let batch = 0; batch < batches; batch++) {
		if (!pacer.next()) continue;
		count += 1;
		pacer.searched(pages, calls, zeroPages);
	}

	return count;
}

test('what costs little is searched always, whatever is found', t => {
	t.is(searched(1000, 1024, 1, 0), 1000);
	t.is(searched(1000, 1024, 16, 0), 1000);
});

test('what finds zeros is searched always, whatever it costs', t => {
	t.is(searched(1000, 1024, 1024, 1024), 1000);
	t.is(searched(1000, 1024, 1024, 128), 1000);
});

test('what costs much and finds little is searched more and more rarely, and never given up', t => {
	t.is(searched(1000, 1024, 1024, 3), 62);
	t.is(searched(10_000, 1024, 1024, 0), 592);
});

test('the first find puts an end to it', t => {
	const pacer = new ScanPacer();
	pacer.searched(1024, 1024, 0);
	t.false(pacer.next());
	t.true(pacer.next());
	pacer.searched(1024, 1024, 500);
	t.true(pacer.next());
	t.true(pacer.next());
});
