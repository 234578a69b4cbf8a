import {writeSync} from 'node:fs';
import {
	HANDOVER_MESSAGES,
	type HandoverMessage,
	JOURNAL_WRITES,
	type JournalWrite,
	PROTECTION_MESSAGES,
	PROTECTION_WRITES,
	STORE_STEPS,
	type StoreStep,
} from './steps.ts';

export type CrashPoint = `${JournalWrite | HandoverMessage}.${'before' | 'after'}` | `standby.store-${StoreStep}`;

/** Every place of a migration at which a daemon can be told to die: the one list, so that whoever goes through all of them forgets none. */
export const CRASH_POINTS: readonly CrashPoint[] = beforeAndAfter([...JOURNAL_WRITES, ...HANDOVER_MESSAGES]);

/** Those of a protection that are no migration's. */
export const PROTECTION_CRASH_POINTS: readonly CrashPoint[] = [
	...beforeAndAfter([...PROTECTION_WRITES, ...PROTECTION_MESSAGES]),
	...STORE_STEPS.map(step => `standby.store-${step}` as const),
];

type Armed = {readonly point: CrashPoint; countdown: number};

/** Of the process, like the crash: armed by `runDaemon` alone, before anything else happens. */
let armed: Armed | undefined;

/** `NAME`, or `NAME:3` for the third time that it is come by. Undefined disarms. Throws a RangeError for anything else. */
export function armCrashPoint(text: string | undefined): void {
	armed = undefined;
	if (text === undefined || text === '') return;
	const [name = '', count = '1', ...rest] = text.split(':');
	const all = [...CRASH_POINTS, ...PROTECTION_CRASH_POINTS];
	const point = all.find(known => known === name);
	if (point === undefined) throw new RangeError(`there is no crash point ${name}; there are ${all.join(', ')}`);
	if (!/^[1-9]\d{0,5}$/.test(count) || rest.length > 0) throw new RangeError(`${text}: behind the name of a crash point goes :N, from 1`);
	armed = {point, countdown: Number(count)};
}

/** Dies here by SIGKILL, when it is this point that was armed; a comparison otherwise. What was handed to the kernel before is not lost. */
export function crashPoint(point: CrashPoint): void {
	if (armed?.point !== point) return;
	armed.countdown -= 1;
	if (armed.countdown > 0) return;
	writeSync(process.stderr.fd, `crash point ${point} reached\n`);
	// A signal to oneself is delivered before the call returns.
	process.kill(process.pid, 'SIGKILL');
}

/** As `crashPoint`, once what the caller is about to return has been sent: behind the promises that are due now. */
export function crashPointBehindAnswer(point: CrashPoint): void {
	if (armed?.point !== point) return;
	setImmediate(() => {
		crashPoint(point);
	});
}

/** What was armed of the checkpoint store, for the data worker that comes by there: it has its own count. */
export function armedStoreCrash(): {readonly point: StoreStep; readonly count: number} | undefined {
	const point = STORE_STEPS.find(step => armed?.point === `standby.store-${step}`);
	return armed === undefined || point === undefined ? undefined : {point, count: armed.countdown};
}

function beforeAndAfter(steps: ReadonlyArray<JournalWrite | HandoverMessage>): CrashPoint[] {
	return steps.flatMap(step => [`${step}.before`, `${step}.after`] as const);
}
