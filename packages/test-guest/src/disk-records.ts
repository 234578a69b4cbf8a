import {readFileSync} from 'node:fs';

/** What the guest's records in a disk image come to. */
export type DiskRecords = {
	/** Numbers of the oldest and newest record that are there; undefined where there is none. */
	readonly oldest: number | undefined;
	readonly newest: number | undefined;
	/** A sentence for everything that is not as it must be. */
	readonly faults: readonly string[];
};

/** Record n is the block n mod the number of blocks: text, then zeros. */
const BLOCK_BYTES = 4096;
const RECORD = /^REC (\d+) gen (\d+)\n\0+$/;

/**
 * Reads a raw image that the guest has as its disk, from its beginning, and holds the records against each other: one in each block
 * up to the newest, whose numbers and generations go up without a gap, and nothing else. The image is read as a whole: a small one.
 */
export function readDiskRecords(file: string): DiskRecords {
	const image = readFileSync(file);
	const blocks = Math.floor(image.length / BLOCK_BYTES);
	const faults: string[] = [];
	const generations = new Map<number, number>();
	for (let block = 0; block < blocks; block++) {
		const content = image.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
		if (content[0] === 0 && content.every(byte => byte === 0)) continue;
		const match = RECORD.exec(content.toString('latin1'));
		const number = Number(match?.[1]);
		if (match === null) faults.push(`block ${block} has no record but ${JSON.stringify(content.toString('latin1', 0, 40))}`);
		else if (number % blocks === block) generations.set(number, Number(match[2]));
		else faults.push(`block ${block} has record ${number}, which belongs into block ${number % blocks}`);
	}

	if (generations.size === 0) return {oldest: undefined, newest: undefined, faults};
	const numbers = [...generations.keys()].toSorted((a, b) => a - b);
	const [oldest = 0] = numbers;
	const newest = numbers.at(-1) ?? 0;
	const expectedOldest = Math.max(1, newest - blocks + 1);
	let before = 0;
	for (let number = expectedOldest; number <= newest; number++) {
		const generation = generations.get(number);
		if (generation === undefined) faults.push(`record ${number} of ${expectedOldest} to ${newest} is missing`);
		else if (generation <= before) faults.push(`record ${number} is of generation ${generation}, one before it of ${before}`);
		before = generation ?? before;
	}

	for (const number of numbers)
		if (number < expectedOldest) faults.push(`record ${number} should have been overwritten by ${number + blocks}`);
	return {oldest, newest, faults};
}
