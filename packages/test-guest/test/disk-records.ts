import test from 'ava';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {type DiskRecords, readDiskRecords} from '../src/index.ts';

/** Writes an image whose blocks have these numbers in them, undefined for one that was never written, and reads it. */
function read(t: ExecutionContext, numbers: readonly (number | undefined)[], change?: (image: Buffer) => void): DiskRecords {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-disk-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const image = Buffer.alloc(numbers.length * 4096);
	for (const [block, number] of numbers.entries())
		if (number !== undefined) image.write(`REC ${number} gen ${number * 10}\n`, block * 4096);
	change?.(image);
	const file = path.join(directory, 'disk.img');
	writeFileSync(file, image);
	return readDiskRecords(file);
}

test('records that follow each other are as they must be, before and after they went around', t => {
	t.deepEqual(read(t, [undefined, 1, 2, undefined]), {oldest: 1, newest: 2, faults: []});
	t.deepEqual(read(t, [4, 5, 2, 3]), {oldest: 2, newest: 5, faults: []});
	t.deepEqual(read(t, [undefined, undefined]), {oldest: undefined, newest: undefined, faults: []});
});

test('a record that is missing, stale or in a wrong place is found', t => {
	t.deepEqual(read(t, [undefined, 1, undefined, 3]).faults, ['record 2 of 1 to 3 is missing']);
	t.deepEqual(read(t, [4, 5, 6, 3, 4]).faults.length, 5);
	t.deepEqual(read(t, [4, 5, 6, undefined]).faults, ['record 3 of 3 to 6 is missing']);
	t.deepEqual(read(t, [4, 1, 6, 3]).faults, ['record 5 of 3 to 6 is missing', 'record 1 should have been overwritten by 5']);
	t.deepEqual(read(t, [undefined, 2]).faults, ['block 1 has record 2, which belongs into block 0']);
});

test('a block that is half a record, and generations that go back, are found', t => {
	t.regex(
		read(t, [undefined, 1, 2], image => void image.fill(7, 5000, 5010)).faults[0] ?? '',
		/^block 1 has no record but "REC 1 gen 10\\n/,
	);
	const back = read(t, [undefined, 1, 2], image => void image.write('REC 2 gen 10\n', 2 * 4096));
	t.deepEqual(back.faults, ['record 2 is of generation 10, one before it of 10']);
});
