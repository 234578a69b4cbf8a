import {PAGE_SIZE_BYTES, PageCodec, pageTypeHasData, type StreamError} from '@sterna/protocol';
import {PvChecker, type StartInfo} from './pv-check.ts';
import {describeOutcome, exitStatusOfStream, outcomeJson, outcomeOf, type StreamOutcome} from './stream-outcome.ts';
import {comparePages} from './verify-compare.ts';
import {walkStream} from './walk-stream.ts';
import type {StreamSource} from './stream-source.ts';
import type {LineWriter} from './line-writer.ts';

export type VerifyOptions = {
	readonly json: boolean;
	/** Whether Sterna's own optional records are let pass. */
	readonly allowSterna: boolean;
};

/** What came of a check, and what could not be checked, in words. */
export type Verdict = {readonly outcome: StreamOutcome; readonly notChecked: readonly string[]};

/** Checks a stream, says what is wrong first, and returns the exit status. */
export async function verifyStream(source: StreamSource, lines: LineWriter, {json, allowSterna}: VerifyOptions): Promise<number> {
	const {outcome, notChecked} = await checkStream(source, {allowSterna});
	if (json) {
		lines.line(JSON.stringify(outcomeJson(source.name, outcome, notChecked)));
	} else {
		lines.line(describeOutcome(source.name, outcome));
		for (const what of notChecked) lines.line(`not checked: ${what}`);
	}

	return exitStatusOfStream(outcome);
}

/** Checks everything that can be checked without a guest. */
export async function checkStream(source: StreamSource, {allowSterna}: Pick<VerifyOptions, 'allowSterna'>): Promise<Verdict> {
	const pv = new PvChecker();
	let verifyOffset: number | undefined;
	let highestPfn = 0;
	let anyCompressed = false;
	let anyDelta = false;
	const end = await walkStream(source, {
		decoder: {begins: 'auto', mode: 'any', strict: true, sternaRecords: allowSterna},
		pages: pv,
		handler: {
			onHeader() {},
			onRecord(record) {
				if (record.name === 'VERIFY') verifyOffset = record.offset;
				if (record.fields.name === 'ZERO_PAGES') {
					const {runs} = record.fields;
					for (let index = 0; index < runs.length; index += 2)
						highestPfn = Math.max(highestPfn, (runs[index] ?? 0) + (runs[index + 1] ?? 0) - 1);
				}

				pv.onRecord(record);
			},
			onPageData(batch) {
				pv.onBatch(batch);
				anyCompressed ||= batch.codec !== undefined;
				anyDelta ||= batch.codec === PageCodec.delta;
				for (const pfn of batch.pfns) if (pfn > highestPfn) highestPfn = pfn;
			},
		},
	});
	const notChecked: string[] = [];
	let fault = end.fault;
	if (pv.isPv && !pv.remembersTypes) notChecked.push('page types of the frames that vCPUs and P2M table name: the guest is too large');
	if (anyDelta) notChecked.push('pages that are sent as differences: what they make depends on the target');
	// A stream that only breaks off is still looked at up to its last whole checkpoint.
	if (fault === undefined || fault.code === 'ERR_STREAM_BROKEN_OFF') {
		const {startInfo} = pv;
		const why = anyCompressed ? 'pages are compressed' : source.sizeBytes === undefined ? 'standard input is read only once' : undefined;
		if (why !== undefined) {
			if (startInfo !== undefined) notChecked.push(`the frames that the start-info page names: ${why}`);
			if (verifyOffset !== undefined) notChecked.push(`that the pages behind VERIFY equal those before: ${why}`);
		} else {
			fault = (startInfo === undefined ? undefined : await checkStartInfo(source, startInfo)) ?? fault;
			fault = (verifyOffset === undefined ? undefined : await comparePages(source, verifyOffset, highestPfn + 1)) ?? fault;
		}
	}

	return {outcome: outcomeOf(fault, end.wholeCheckpoints, end.offset), notChecked};
}

/** Finds the start-info page as last sent before its segment closed, and looks into it. */
async function checkStartInfo(source: StreamSource, startInfo: StartInfo): Promise<StreamError | undefined> {
	let pageOffset: number | undefined;
	source.rewind();
	await walkStream(source, {
		decoder: {begins: 'auto', mode: 'any', strict: false, sternaRecords: true},
		until: startInfo.closedAt,
		handler: {
			onHeader() {},
			onRecord({fields}) {
				// Zeros name the frame 0, which is right.
				if (fields.name === 'ZERO_PAGES' && names(fields.runs, startInfo.pfn)) pageOffset = undefined;
			},
			onPageData({count, pfns, types, pagesOffset}) {
				let offset = pagesOffset;
				for (let index = 0; index < count; index++) {
					if (!pageTypeHasData(types[index] ?? 0)) continue;
					if (pfns[index] === startInfo.pfn) pageOffset = offset;
					offset += PAGE_SIZE_BYTES;
				}
			},
		},
	});
	const page = new Uint8Array(PAGE_SIZE_BYTES);
	if (pageOffset === undefined || source.readAt(page, pageOffset) < PAGE_SIZE_BYTES) return undefined;
	return PvChecker.checkStartInfo(startInfo, page, pageOffset);
}

/** Whether a pfn is in one of the runs. */
function names(runs: Float64Array, pfn: number): boolean {
	for (let index = 0; index < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		if (pfn >= first && pfn < first + (runs[index + 1] ?? 0)) return true;
	}

	return false;
}
