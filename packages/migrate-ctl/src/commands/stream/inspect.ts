import {PageCodec, XL_GO, type StreamError} from '@sterna/protocol';
import {describeGoMessage, describeHeader, describePages, describeRecord, describeSkipped, type Item} from './describe-item.ts';
import {MemorySummer, type MemorySum} from './memory-sum.ts';
import {PageTypeCounts} from './page-types.ts';
import {describeOutcome, exitStatusOfStream, outcomeJson, outcomeOf} from './stream-outcome.ts';
import {walkStream} from './walk-stream.ts';
import type {StreamSource} from './stream-source.ts';
import type {LineWriter} from './line-writer.ts';

export type InspectOptions = {readonly json: boolean; readonly memorySum: boolean};

/** Records behind which a memory sum is shown. */
const SUMMED_BEHIND = new Set(['END', 'CHECKPOINT', 'VERIFY']);

/**
 * Lists everything in a stream, as far as it can be read, and says what is wrong with it. Goes on behind what only a strict reader
 * refuses, to show the rest. Returns the exit status.
 */
export async function inspectStream(source: StreamSource, lines: LineWriter, {json, memorySum}: InspectOptions): Promise<number> {
	const totals = new Totals();
	const summer = memorySum ? new MemorySummer() : undefined;
	const counts = new PageTypeCounts();
	let deviation: StreamError | undefined;
	let isSummed = true;
	const show = (item: Item, sum?: MemorySum): void => {
		totals.add(item);
		if (json) {
			const {layer, offset, type, name, length, fields} = item;
			lines.line(
				JSON.stringify({
					layer,
					offset,
					type,
					name,
					length,
					...fields,
					...(sum === undefined ? {} : {memoryPages: sum.pages, memorySha256: sum.sha256}),
				}),
			);
			return;
		}

		lines.line(
			`${item.offset.toString(16).padStart(10)}  ${item.layer.padEnd(5)} ${item.name} ${item.length}${item.text === '' ? '' : `: ${item.text}`}`,
		);
		if (sum !== undefined) lines.line(`            memory so far: ${sum.pages} pages with data, sha256 ${sum.sha256}`);
	};
	if (!json) lines.line('    offset  layer record length: content (offsets are hexadecimal)');
	const end = await walkStream(source, {
		decoder: {begins: 'auto', mode: 'any', strict: false, sternaRecords: true, refuseTrailingData: true},
		pages: summer,
		handler: {
			onHeader(header) {
				show(describeHeader(header));
			},
			onRecord(record) {
				if (record.fields.name === 'ZERO_PAGES') {
					summer?.onZeroPages(record.fields);
					totals.zeroPages(record.fields.pageCount);
				}

				const sum = record.layer === 'libxc' && SUMMED_BEHIND.has(record.name) && isSummed ? summer?.sum() : undefined;
				show(describeRecord(record), sum);
				if (record.layer === 'libxc' && record.name === 'CHECKPOINT') totals.closeCheckpoint();
			},
			onPageData(batch) {
				// What differences make is not known here, and so no sum from there on.
				if (batch.codec === PageCodec.delta) isSummed = false;
				summer?.onBatch(batch);
				show(describePages(batch, counts));
				totals.pages(batch.count, counts);
			},
			onSkippedRecord(record) {
				show(describeSkipped(record));
			},
			onDeviation(found) {
				deviation ??= found;
			},
			onGoMessage(offset) {
				show(describeGoMessage(offset, XL_GO.length));
			},
		},
		breathe: async () => lines.breathe(),
	});
	const outcome = outcomeOf(deviation ?? end.fault, end.wholeCheckpoints, end.offset);
	if (json) {
		lines.line(JSON.stringify(outcomeJson(source.name, outcome)));
	} else {
		for (const line of totals.lines()) lines.line(line);
		lines.line(describeOutcome(source.name, outcome));
	}

	return exitStatusOfStream(outcome);
}

/** What is shown below the list. */
class Totals {
	readonly #records = new Map<string, number>();
	readonly #types = new PageTypeCounts();
	readonly #pagesPerCheckpoint: number[] = [];
	#pagesSinceCheckpoint = 0;
	#zeroPages = 0;

	add({layer, type, name}: Item): void {
		if (type === null) return;
		const key = `${layer} ${name}`;
		this.#records.set(key, (this.#records.get(key) ?? 0) + 1);
	}

	pages(count: number, types: PageTypeCounts): void {
		this.#types.addAll(types);
		this.#pagesSinceCheckpoint += count;
	}

	zeroPages(count: number): void {
		this.#zeroPages += count;
		this.#pagesSinceCheckpoint += count;
	}

	closeCheckpoint(): void {
		this.#pagesPerCheckpoint.push(this.#pagesSinceCheckpoint);
		this.#pagesSinceCheckpoint = 0;
	}

	lines(): string[] {
		const lines = [`records: ${[...this.#records].map(([name, count]) => `${name} ${count}`).join(', ')}`];
		if (this.#types.total > 0) lines.push(`page entries: ${this.#types.total}; ${this.#types.toString()}`);
		if (this.#zeroPages > 0) lines.push(`pages of zeros: ${this.#zeroPages}`);
		if (this.#pagesPerCheckpoint.length > 0)
			lines.push(`page entries per checkpoint: ${this.#pagesPerCheckpoint.join(' ')}, then ${this.#pagesSinceCheckpoint}`);
		return lines;
	}
}
