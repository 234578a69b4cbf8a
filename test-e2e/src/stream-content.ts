import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync} from 'node:fs';
import type {LabHost} from './lab/lab-host.ts';

type RecordJson = {
	readonly layer: string;
	readonly offset: number;
	readonly type: number | null;
	readonly name: string;
	readonly length: number;
	readonly count?: number;
	readonly types?: Readonly<Record<string, number>>;
	readonly memoryPages?: number;
	readonly memorySha256?: string;
};

/** One record or header of a stream, PAGE_DATA aside, without where it stands. */
export type RecordContent = {
	readonly layer: string;
	readonly name: string;
	/** Bytes of the body, and their hash; a header's are all of it. */
	readonly length: number;
	readonly sha256: string;
};

/** What a stream carries, without where in the file it stands: equal for two files that make the same guest. */
export type StreamContent = {
	/** Every record and header but PAGE_DATA, in order. */
	readonly records: readonly RecordContent[];
	/** Entries of PAGE_DATA records by page type. */
	readonly pages: Readonly<Record<string, number>>;
	/** At the last END or CHECKPOINT: sha256 as the README of the golden streams defines it. */
	readonly memory: {readonly pages: number; readonly sha256: string} | undefined;
};

/** Bytes of a record's header, before its body. Spec section 2.3. */
const RECORD_HEADER_BYTES = 8;
const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** Reads a stream with `migrate-ctl stream inspect`, and the bodies of its records past it. */
export async function inspectStream(host: LabHost, file: string): Promise<StreamContent> {
	const {stdout, stderr} = await host.ctl(['stream', 'inspect', '--json', '--memory-sum', file]);
	const lines = stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Partial<RecordJson>);
	if (lines.length < 2) throw new Error(`nothing in ${file}: ${stderr}`);
	const records: RecordContent[] = [];
	const pages: Record<string, number> = {};
	let memory: StreamContent['memory'];
	const fd = openSync(file, 'r');
	try {
		for (const line of lines) {
			if (!isRecord(line)) continue;
			if (line.memorySha256 !== undefined) memory = {pages: line.memoryPages ?? 0, sha256: line.memorySha256};
			if (line.name === 'PAGE_DATA') for (const [type, count] of Object.entries(line.types ?? {})) pages[type] = (pages[type] ?? 0) + count;
			else records.push(readContent(fd, line));
		}
	} finally {
		closeSync(fd);
	}

	return {records, pages, memory};
}

/**
 * What a save of the last whole checkpoint would carry: the static records, that checkpoint's, then the ends. A stream without checkpoints
 * is returned as it is. `pages` counts what was sent, not what is there: left out.
 */
export function lastCheckpointOf({records, memory}: StreamContent): Pick<StreamContent, 'records' | 'memory'> {
	const checkpoints = records.flatMap(({layer, name}, index) => (layer === 'libxc' && name === 'CHECKPOINT' ? [index] : []));
	if (checkpoints.length === 0) return {records, memory};
	const firstOfTail = records.findIndex(({name}) => name === 'X86_TSC_INFO');
	const [previous = firstOfTail - 1, last = firstOfTail] = checkpoints.length === 1 ? [undefined, checkpoints[0]] : checkpoints.slice(-2);
	const tail = records.slice(previous + 1, last).filter(({name}) => name !== 'CHECKPOINT_END');
	const ends = ['libxc', 'libxl'].map(layer => ({layer, name: 'END', length: 0, sha256: EMPTY_SHA256}));
	return {records: [...records.slice(0, firstOfTail), ...tail, ...ends], memory};
}

function isRecord(line: Partial<RecordJson>): line is RecordJson {
	return line.name !== undefined && line.offset !== undefined && line.length !== undefined;
}

function readContent(fd: number, {layer, name, type, offset, length}: RecordJson): RecordContent {
	const body = Buffer.alloc(length);
	readSync(fd, body, 0, length, offset + (type === null ? 0 : RECORD_HEADER_BYTES));
	return {layer, name, length, sha256: createHash('sha256').update(body).digest('hex')};
}
