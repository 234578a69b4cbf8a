import {execFile, execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {StreamDecoder, StreamError} from '@sterna/protocol';
import {CheckLog} from './check-log.ts';
import {findFormFields, isUnseeable} from './form-fields.ts';

const GOLDEN_DIR = path.join(import.meta.dirname, '../../../../shared/golden/xen');
const GOLDENS = ['pv-save-c.xl', 'hvm-save-c.xl', 'pvh-remus.stream'] as const;
const MIGRATE_CTL = path.join(import.meta.dirname, '../../../packages/migrate-ctl/src/main.ts');
/** Streams given to the program as well, of each golden. */
const CLI_SAMPLES = 20;
/** Turned bits between two notes of how far it has come. */
const KEEP_EVERY = 500;

type State = {readonly golden: number; readonly field: number};
const run = promisify(execFile);

/** What `stream verify` would say, pages stepped over. Anything thrown but a StreamError is a crash, and thrown on. */
function verdict(bytes: Buffer): 0 | 1 | 3 {
	const decoder = new StreamDecoder(
		{begins: 'auto', mode: 'any', strict: true, sternaRecords: false},
		{onHeader() {}, onRecord() {}, onPageData() {}},
	);
	try {
		let at = 0;
		while (at < bytes.length) {
			if (decoder.pageBytesWanted > 0) {
				const count = Math.min(decoder.pageBytesWanted, bytes.length - at);
				decoder.pageBytesTaken(count);
				at += count;
			} else at += decoder.push(bytes.subarray(at, at + 16_384));
		}

		decoder.end();
		return 0;
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		return error.code === 'ERR_STREAM_BROKEN_OFF' ? 3 : 1;
	}
}

/** The exit status of the program for these bytes. */
async function cliVerdict(directory: string, bytes: Buffer): Promise<number> {
	const file = path.join(directory, 'changed');
	writeFileSync(file, bytes);
	try {
		await run(process.execPath, [MIGRATE_CTL, 'stream', 'verify', file]);
		return 0;
	} catch (error) {
		return (error as {readonly code: number}).code;
	}
}

/** Every cut: no byte before the end makes the stream whole. One pass, byte by byte where bytes are looked at. Returns how many cuts that were. */
function countCuts(bytes: Buffer): number {
	const decoder = new StreamDecoder(
		{begins: 'auto', mode: 'any', strict: true, sternaRecords: false},
		{onHeader() {}, onRecord() {}, onPageData() {}},
	);
	let at = 0;
	while (at < bytes.length) {
		if (decoder.ended) throw new Error(`the stream counts as whole at byte ${at} of ${bytes.length}`);
		if (decoder.pageBytesWanted > 0) {
			const count = decoder.pageBytesWanted;
			decoder.pageBytesTaken(count);
			at += count;
		} else at += decoder.push(bytes.subarray(at, at + 1));
	}

	return at;
}

/** Streams of a real Xen, cut anywhere, or with any one bit turned in a magic, type, length, count or reserved field: never whole and right, never a crash. */
export async function bitflips(): Promise<boolean> {
	const log = new CheckLog<State>('bitflips');
	const kept = log.state;
	if (kept !== undefined) log.line(`going on with ${GOLDENS[kept.golden]}, field ${kept.field}`);
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-bitflips-'));
	let isGood = true;
	try {
		for (let golden = kept?.golden ?? 0; golden < GOLDENS.length; golden++) {
			isGood = (await checkGolden(log, directory, {golden, field: golden === kept?.golden ? kept.field : 0})) && isGood;
		}
	} finally {
		rmSync(directory, {recursive: true});
	}

	log.forget();
	return isGood;
}

async function checkGolden(log: CheckLog<State>, directory: string, from: State): Promise<boolean> {
	const name = GOLDENS[from.golden] ?? '';
	const bytes = execFileSync('xz', ['-dc', path.join(GOLDEN_DIR, `${name}.xz`)], {maxBuffer: 2 ** 28});
	const {fields, records} = findFormFields(bytes);
	const startedMs = performance.now();
	log.line(`${name}: cut at each of ${countCuts(bytes)} bytes, never whole`);
	let wrong = 0;
	const expectBad = (status: number, what: string): void => {
		if (status !== 0) return;
		wrong += 1;
		log.line(`${name}: whole and right with ${what}`);
	};
	// Where a decoder might stop by mistake: around every boundary of a record but the last.
	for (const {offset} of records.slice(0, -1))
		for (const cut of [offset, offset + 1, offset + 8]) expectBad(verdict(bytes.subarray(0, cut)), `a cut at ${cut}`);
	let turned = 0;
	let unseeable = 0;
	for (let index = from.field; index < fields.length; index++) {
		const field = fields[index];
		if (field === undefined) break;
		for (let bit = field.start * 8; bit < field.end * 8; bit++) {
			const at = bit >>> 3;
			const mask = 1 << (bit % 8);
			bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
			if (isUnseeable(bytes, records, field)) unseeable += 1;
			else expectBad(verdict(bytes), `bit ${bit % 8} of byte ${at} turned (${field.what})`);
			bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
			turned += 1;
			if (turned % KEEP_EVERY === 0) log.keep({golden: from.golden, field: index});
		}
	}

	for (let sample = 0; sample < CLI_SAMPLES; sample++) {
		const field = fields[Math.floor((sample * fields.length) / CLI_SAMPLES)];
		if (field === undefined) break;
		bytes.writeUInt8(bytes.readUInt8(field.start) ^ 2, field.start);
		expectBad(await cliVerdict(directory, bytes), `bit 1 of byte ${field.start} turned, by the program (${field.what})`);
		bytes.writeUInt8(bytes.readUInt8(field.start) ^ 2, field.start);
		expectBad(await cliVerdict(directory, bytes.subarray(0, field.start + 1)), `a cut at ${field.start + 1}, by the program`);
	}

	const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
	log.line(
		`${name}: ${turned} bits turned in ${fields.length - from.field} fields (${unseeable} that nobody can see), ${2 * CLI_SAMPLES} by the program as well; ${wrong} taken for right; ${seconds} s`,
	);
	return wrong === 0;
}
