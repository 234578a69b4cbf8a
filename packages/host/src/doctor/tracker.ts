import {closeSync} from 'node:fs';
import {
	closeDescriptor,
	createMemoryFile,
	mapShared,
	openPagemap,
	openWriteTracking,
	PagemapScanner,
	resizeFile,
	trackWrites,
	unmapMemory,
	viewMemory,
} from '@sterna/system';
import type {Config} from '../config/load-config.ts';
import {fault, type Judgement, ok, warning} from './finding.ts';

const PAGE_BYTES = 4096;
const PAGES = 4;
/** The page that is written in the trial. */
const WRITTEN = 2;

/** What came of tracking writes to some pages of this process by the kernel. */
export type TrackerTrial =
	/** `userModeOnly`: by the kind of userfaultfd that needs no privilege. */
	{readonly works: true; readonly userModeOnly: boolean} | {readonly works: false; readonly because: string};

/**
 * Tracks writes to memory of this process as those of a guest are: shared memory, registered with a userfaultfd, armed and read by PAGEMAP_SCAN. Of the two pages
 * that have content one is written, and must be reported, alone.
 */
export function tryTracker(): TrackerTrial {
	using undo = new DisposableStack();
	try {
		const memory = createMemoryFile('sterna-doctor');
		undo.defer(() => closeSync(memory));
		resizeFile(memory, PAGES * PAGE_BYTES);
		const address = mapShared({fd: memory, length: PAGES * PAGE_BYTES, writable: true});
		undo.defer(() => unmapMemory(address, PAGES * PAGE_BYTES));
		const bytes = viewMemory(address, PAGES * PAGE_BYTES);
		bytes[0] = 1;
		bytes[WRITTEN * PAGE_BYTES] = 1;
		const tracking = openWriteTracking();
		undo.defer(() => closeDescriptor(tracking.fd));
		trackWrites(tracking, address, PAGES * PAGE_BYTES);
		const scanner = undo.use(new PagemapScanner(openPagemap('self'), PAGES));
		const end = address + BigInt(PAGES * PAGE_BYTES);
		scanner.scan(address, end, () => {});
		bytes[WRITTEN * PAGE_BYTES] = 2;
		const written: number[] = [];
		scanner.scan(address, end, (from, to) => {
			for (let at = from; at < to; at += PAGE_BYTES) written.push((at - Number(address)) / PAGE_BYTES);
		});
		// Pages that were holes as the range was armed are reported as well.
		if (!written.includes(WRITTEN) || written.includes(0))
			return {works: false, because: `after a write to page ${WRITTEN} the kernel reported ${written.join(', ') || 'none'}`};
		return {works: true, userModeOnly: tracking.userModeOnly};
	} catch (error) {
		return {works: false, because: error instanceof Error ? error.message : String(error)};
	}
}

export function judgeTracker(trial: TrackerTrial, {tracker}: Pick<Config['sender'], 'tracker'>): Judgement {
	if (tracker === 'compare')
		return warning(
			'tracker',
			'compare is configured: each guest in a migration takes its memory once more, and every pass reads all of it',
			trial.works
				? 'set sender.tracker = "auto": the kernel tracks writes on this host'
				: 'run Linux 6.7 or later, with sender.tracker = "auto"',
		);
	if (trial.works) return ok('tracker', `the kernel tracks writes (PAGEMAP_SCAN${trial.userModeOnly ? ', without privilege' : ''}): tried`);
	const fix =
		'run Linux 6.7 or later, with userfaultfd allowed: the filter of system calls in packaging/systemd, or a container, may forbid it';
	if (tracker === 'pagemap-scan')
		return fault(
			'tracker',
			`the kernel does not track writes, and sender.tracker asks for it: ${trial.because}`,
			`${fix}; or set sender.tracker = "auto"`,
		);
	return warning(
		'tracker',
		`the kernel does not track writes: ${trial.because}; guests are compared with a copy, which takes their memory once more`,
		fix,
	);
}
