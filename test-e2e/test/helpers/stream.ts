import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync} from 'node:fs';
import type {LabHost} from '../../src/lab/lab-host.ts';

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

/** What a stream carries, without where in the file it stands: equal for two files that make the same guest. */
export type StreamContent = {
	/** Every record but PAGE_DATA, in order, with the hash of its body; headers by their fields. */
	readonly records: readonly string[];
	/** Entries of PAGE_DATA records by page type. */
	readonly pages: Readonly<Record<string, number>>;
	/** At the last END or CHECKPOINT. */
	readonly memory: {readonly pages: number; readonly sha256: string} | undefined;
};

/** Bytes of a record's header, before its body. Spec section 2.3. */
const RECORD_HEADER_BYTES = 8;

/** Reads a stream with `migrate-ctl stream inspect`, and the bodies of its records past it. */
export async function inspectStream(host: LabHost, file: string): Promise<StreamContent> {
	const {stdout, stderr} = await host.ctl(['stream', 'inspect', '--json', '--memory-sum', file]);
	const lines = stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Partial<RecordJson>);
	if (lines.length < 2) throw new Error(`nothing in ${file}: ${stderr}`);
	const records: string[] = [];
	const pages: Record<string, number> = {};
	let memory: StreamContent['memory'];
	const fd = openSync(file, 'r');
	try {
		for (const line of lines) {
			if (!isRecord(line)) continue;
			if (line.memorySha256 !== undefined) memory = {pages: line.memoryPages ?? 0, sha256: line.memorySha256};
			if (line.name === 'PAGE_DATA') for (const [type, count] of Object.entries(line.types ?? {})) pages[type] = (pages[type] ?? 0) + count;
			else records.push(describe(fd, line));
		}
	} finally {
		closeSync(fd);
	}

	return {records, pages, memory};
}

function isRecord(line: Partial<RecordJson>): line is RecordJson {
	return line.name !== undefined && line.offset !== undefined && line.length !== undefined;
}

function describe(fd: number, {layer, name, type, offset, length}: RecordJson): string {
	// Headers have no type; their bytes are all of it.
	const body = Buffer.alloc(length);
	readSync(fd, body, 0, length, offset + (type === null ? 0 : RECORD_HEADER_BYTES));
	return `${layer} ${name} ${length} ${createHash('sha256').update(body).digest('hex')}`;
}
