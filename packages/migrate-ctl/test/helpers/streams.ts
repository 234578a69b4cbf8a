import {execFileSync} from 'node:child_process';
import {createWriteStream, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Readable} from 'node:stream';
import {spawn} from 'node:child_process';
import {pipeline} from 'node:stream/promises';
import {
	encodeDomainHeader,
	encodeHvmContext,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeP2mFrames,
	encodePvInfo,
	encodeRecord,
	encodeSharedInfo,
	encodeTscInfo,
	encodeVcpu,
	encodeXlHeader,
	LibxcRecordType,
	LibxlRecordType,
	PAGE_SIZE_BYTES,
	pageTypeHasData,
	XL_GO,
} from '@sterna/protocol';
import {run} from '../../src/program.ts';
import {Sink} from './sink.ts';

/** The streams that a real Xen wrote, beside the checkout. */
const GOLDEN_DIR = path.join(import.meta.dirname, '../../../../../shared/golden/xen');

/** A directory that is gone at the end of the block, with what is in it. */
export class TemporaryDirectory implements Disposable {
	readonly path = mkdtempSync(path.join(tmpdir(), 'sterna-stream-'));

	/** Writes a file and returns its path. */
	file(name: string, bytes: Uint8Array): string {
		const file = path.join(this.path, name);
		writeFileSync(file, bytes);
		return file;
	}

	/** Unpacks one of the golden streams and returns its path. */
	async golden(name: string): Promise<string> {
		const file = path.join(this.path, name);
		const child = spawn('xz', ['-dc', path.join(GOLDEN_DIR, `${name}.xz`)], {stdio: ['ignore', 'pipe', 'inherit']});
		await pipeline(child.stdout, createWriteStream(file));
		return file;
	}

	[Symbol.dispose](): void {
		rmSync(this.path, {recursive: true});
	}
}

/** One golden stream in memory. */
export function readGolden(name: string): Buffer {
	return execFileSync('xz', ['-dc', path.join(GOLDEN_DIR, `${name}.xz`)], {maxBuffer: 256 * 1024 * 1024});
}

/** Runs `migrate-ctl stream …` in this process, to its end. */
export async function streamCommand(...args: readonly string[]): Promise<{status: number; stdout: string; stderr: string}> {
	const stdout = new Sink();
	const stderr = new Sink();
	const status = await run(['stream', ...args], {
		stdin: Readable.from([]),
		stdout,
		stderr,
		env: {},
		cwd: process.cwd(),
		unicode: true,
		now: () => performance.now(),
		listen: () => ({[Symbol.dispose]() {}}),
	});
	return {status, stdout: stdout.text, stderr: stderr.text};
}

const NOTHING = new Uint8Array(0);

export const libxc = (name: keyof typeof LibxcRecordType, body: Uint8Array = NOTHING): Uint8Array =>
	encodeRecord({layer: 'libxc', type: LibxcRecordType[name], body});
export const libxl = (name: keyof typeof LibxlRecordType, body: Uint8Array = NOTHING): Uint8Array =>
	encodeRecord({layer: 'libxl', type: LibxlRecordType[name], body});
export const page = (value: number): Uint8Array => new Uint8Array(PAGE_SIZE_BYTES).fill(value);

/** A page-table page whose first entries are these pfns, present. */
export function tablePage(...pfns: readonly number[]): Uint8Array {
	const bytes = page(0);
	const view = new DataView(bytes.buffer);
	for (const [slot, pfn] of pfns.entries()) view.setBigUint64(slot * 8, (BigInt(pfn) << 12n) | 0x67n, true);
	return bytes;
}

export type Entry = readonly [pfn: number, type: number, contents?: Uint8Array];

export function pageData(...entries: readonly Entry[]): Uint8Array {
	const head = new Uint8Array(8 + 8 * entries.length);
	const view = new DataView(head.buffer);
	view.setUint32(0, entries.length, true);
	for (const [index, [pfn, type]] of entries.entries()) view.setBigUint64(8 + 8 * index, (BigInt(type) << 60n) | BigInt(pfn), true);
	const pages = entries.flatMap(([, type, contents]) => (pageTypeHasData(type) ? [contents ?? page(0)] : []));
	return libxc('PAGE_DATA', Buffer.concat([head, ...pages]));
}

export const TSC = libxc('X86_TSC_INFO', encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 1, nsec: 2n, incarnation: 1}));
export const HVM_CONTEXT = libxc('HVM_CONTEXT', encodeHvmContext({context: Uint8Array.of(1, 2, 3)}));
export const EMULATOR_CONTEXT = libxl('EMULATOR_CONTEXT', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x51, 0x45));
export const GO = XL_GO;

/** An xl file of an HVM guest around these records. */
export function hvmFile(...records: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat([
		encodeXlHeader('{"c_info": {"type": "hvm"}}'),
		encodeLibxlHeader(),
		libxl('LIBXC_CONTEXT'),
		encodeImageHeader(3),
		encodeDomainHeader('hvm', [4, 17]),
		libxc('STATIC_DATA_END'),
		...records,
	]);
}

/** The end of such a file. */
export const HVM_END = Buffer.concat([TSC, HVM_CONTEXT, libxc('END'), EMULATOR_CONTEXT, libxl('END')]);

/** Fields of vCPU 0's basic context, by offset, in a 64-bit guest. */
export type Words = Readonly<Record<number, bigint>>;

export type PvGuest = {
	readonly width: 4 | 8;
	readonly endPfn: number;
	readonly p2mFrames: readonly number[];
	readonly pages: readonly Entry[];
	readonly vcpu: Words;
};

/** The bare libxc stream of a PV guest, up to its END. */
export function pvStream({width, endPfn, p2mFrames, pages, vcpu}: PvGuest, close: Uint8Array = libxc('END')): Uint8Array {
	const context = new Uint8Array(width === 8 ? 5168 : 2800);
	const view = new DataView(context.buffer);
	for (const [offset, value] of Object.entries(vcpu)) {
		if (width === 8) view.setBigUint64(Number(offset), value, true);
		else view.setUint32(Number(offset), Number(value), true);
	}

	return Buffer.concat([
		encodeImageHeader(3),
		encodeDomainHeader('pv', [4, 17]),
		libxc('X86_PV_INFO', encodePvInfo({name: 'X86_PV_INFO', guestWidth: width, ptLevels: width === 8 ? 4 : 3})),
		libxc('STATIC_DATA_END'),
		libxc('X86_PV_P2M_FRAMES', encodeP2mFrames({name: 'X86_PV_P2M_FRAMES', startPfn: 0, endPfn, frames: Float64Array.from(p2mFrames)})),
		pageData(...pages),
		TSC,
		libxc('SHARED_INFO', encodeSharedInfo({name: 'SHARED_INFO', page: page(0)})),
		libxc('X86_PV_VCPU_BASIC', encodeVcpu({name: 'X86_PV_VCPU_BASIC', vcpuId: 0, context})),
		close,
	]);
}
