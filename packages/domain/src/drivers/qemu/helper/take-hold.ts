import {closeSync, constants, fstatSync, realpathSync, statfsSync} from 'node:fs';
import type {WriteTracking} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import {findRam} from './find-ram.ts';
import {ForeignProcess} from './foreign-process.ts';
import type {HelperRequest} from './helper-protocol.ts';
import {injectTracking} from './inject-tracking.ts';
import {writeFirmware} from './write-firmware.ts';

/** HUGETLBFS_MAGIC of linux/magic.h. */
const HUGETLBFS = 0x958458f6;

export type TakenHold = {
	/** The RAM file. */
	readonly ramFd: number;
	/** Address of the RAM in the process. */
	readonly address: number;
	readonly tracking: (WriteTracking & {readonly pagemap: number}) | undefined;
	readonly trackingRefused: string | undefined;
};

/**
 * Takes what a daemon needs of a running QEMU: its RAM file and, where asked to, the tracking of its writes. The descriptors are the caller's.
 * RAM whose writes are tracked is opened for reading only: ours would not be noticed.
 * A QEMU that waits for a guest gets its firmware first. That tracking does not work is a result. Throws ERR_FILE for the firmware; ERR_GUEST_EXITED; ERR_NOT_SUPPORTED where the RAM is not what we can move, or not ours to see.
 */
export function takeHold({process, ramFile, ramBytes, track, firmware}: HelperRequest): TakenHold {
	using target = new ForeignProcess(process);
	const mappings = target.mappings();
	if (firmware) writeFirmware(target, mappings, firmware);
	const ram = findRam(mappings, {ramFile: ramFile.startsWith('/') ? withoutLinks(ramFile) : ramFile, ramBytes});
	const ramFd = target.openMapped(ram, track ? 'read' : 'read-write');
	if (ramFd === undefined) throw new DomainError('ERR_NOT_SUPPORTED', `process ${target.pid} has no descriptor of its RAM ${ram.path}`);
	try {
		assertUsable(ramFd, ramBytes);
		const base = {ramFd, address: ram.start};
		if (!track) return {...base, tracking: undefined, trackingRefused: undefined};
		const pagemap = target.open('pagemap', constants.O_RDONLY);
		try {
			return {...base, tracking: {...injectTracking(target, ram, mappings), pagemap}, trackingRefused: undefined};
		} catch (error) {
			closeSync(pagemap);
			if (!(error instanceof DomainError) || error.code !== 'ERR_TRACKER') throw error;
			return {...base, tracking: undefined, trackingRefused: error.message};
		}
	} catch (error) {
		closeSync(ramFd);
		throw error;
	}
}

/** The kernel shows paths without symbolic links. A file that has no name any more is left as it was called. */
function withoutLinks(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

function assertUsable(ramFd: number, ramBytes: number): void {
	const {size} = fstatSync(ramFd);
	if (size < ramBytes) throw new DomainError('ERR_NOT_SUPPORTED', `the RAM file has ${size} bytes, fewer than the ${ramBytes} of the RAM`);
	if (statfsSync(`/proc/self/fd/${ramFd}`).type === HUGETLBFS)
		throw new DomainError('ERR_NOT_SUPPORTED', 'the RAM is in huge pages: neither what is dirty nor what is empty can be told by 4 KiB');
}
