import {readFile, statfs} from 'node:fs/promises';
import {totalmem} from 'node:os';
import {formatSize} from '../units.ts';
import type {DomainRegistry} from '../domain-registry.ts';
import {fault, type Judgement, ok, warning} from './finding.ts';

const MIB = 1024 * 1024;
/** f_type of tmpfs. */
const TMPFS_MAGIC = 0x0102_1994;
/** Records are some kilobytes, and a handover that cannot write one is undecided. */
const NO_DISK_BYTES = 16 * MIB;
const LITTLE_DISK_BYTES = 512 * MIB;
const FEW_INODES = 1000;
/** Of one standby with disks: writes that are held back until their checkpoint is whole. */
const LITTLE_RUN_BYTES = 256 * MIB;
/** Smaller guests are tests. */
const LITTLE_MEMORY_BYTES = 64 * MIB;

export type MemoryFacts = {
	/** `receiver.memory-limit`. */
	readonly limitBytes: number;
	/** Of the machine. */
	readonly totalBytes: number;
	/** That could be had without swapping. */
	readonly availableBytes: number;
	/** Of all guests here together, by their records. */
	readonly guestBytes: number;
	readonly guests: number;
};

export async function memoryFacts(limitBytes: number, registry: DomainRegistry): Promise<MemoryFacts> {
	const {records} = await registry.list();
	const [, kib] = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8')) ?? [];
	return {
		limitBytes,
		totalBytes: totalmem(),
		availableBytes: kib === undefined ? Infinity : Number(kib) * 1024,
		guestBytes: records.reduce((sum, {definition}) => sum + definition.memoryBytes, 0),
		guests: records.length,
	};
}

/** Memory that one more guest may have, in bytes. */
export function roomBytes({limitBytes, availableBytes, guestBytes}: MemoryFacts): number {
	return Math.floor(Math.max(0, Math.min(limitBytes - guestBytes, availableBytes)));
}

export function judgeMemory(facts: MemoryFacts): Judgement {
	const {limitBytes, totalBytes, availableBytes, guestBytes, guests} = facts;
	const room = roomBytes(facts);
	const detail = `room for ${formatSize(room)} more: ${guests} ${guests === 1 ? 'guest has' : 'guests have'} ${formatSize(guestBytes)}, the limit is ${formatSize(limitBytes)}, ${formatSize(availableBytes)} of the machine's memory are free`;
	if (room < LITTLE_MEMORY_BYTES) {
		const byLimit = limitBytes - guestBytes < availableBytes;
		const fix = byLimit
			? 'raise receiver.memory-limit and restart the receiver; or move a guest away'
			: 'move a guest away, or end what takes the memory';
		return fault('memory', detail, fix);
	}

	if (limitBytes > totalBytes)
		return warning(
			'memory',
			`${detail}; the limit is more than the machine has (${formatSize(totalBytes)})`,
			'set receiver.memory-limit below what the machine has',
		);
	return ok('memory', detail);
}

export type SpaceFacts = {
	readonly path: string;
	readonly isTmpfs: boolean;
	readonly freeBytes: number;
	readonly freeInodes: number | undefined;
};

export async function spaceFacts(path: string): Promise<SpaceFacts> {
	const {type, bavail, bsize, files, ffree} = await statfs(path);
	// A file system that makes them as they are needed counts none.
	return {path, isTmpfs: type === TMPFS_MAGIC, freeBytes: bavail * bsize, freeInodes: files === 0 ? undefined : ffree};
}

/** Where records, outcomes and the guests' output are. */
export function judgeDisk({path, freeBytes, freeInodes}: SpaceFacts): Judgement {
	const detail = `${formatSize(freeBytes)} free below ${path}`;
	const fix = `make room below ${path}: output of guests that are gone (domains/NAME/output), saved guests, logs`;
	if (freeBytes < NO_DISK_BYTES) return fault('disk', `${detail}: a handover that cannot be written down is not made`, fix);
	if (freeInodes !== undefined && freeInodes < FEW_INODES) return warning('disk', `${detail}, and room for ${freeInodes} more files`, fix);
	if (freeBytes < LITTLE_DISK_BYTES) return warning('disk', detail, fix);
	return ok('disk', detail);
}

/** Where the checkpoints of standbys are, which grow with what their guests write. */
export function judgeRunSpace({path, isTmpfs, freeBytes}: SpaceFacts): Judgement {
	const detail = `${formatSize(freeBytes)} free below ${path}`;
	if (freeBytes < LITTLE_RUN_BYTES)
		return warning(
			'run-space',
			`${detail}: a standby's checkpoints may not fit`,
			`mount -o remount,size=50% the file system of ${path}, or make room there`,
		);
	if (!isTmpfs)
		return warning(
			'run-space',
			`${detail}, and that is no tmpfs: checkpoints of standbys go to a disk`,
			'set paths.run to a directory on tmpfs, such as /run/sterna, and restart both daemons',
		);
	return ok('run-space', detail);
}
