import {formatDuration} from '@sterna/host/units';
import type {RecordedFault} from '@sterna/host/record';
import {counted, hostOf, interruptionsOf, otherSide, phaseAt, sinceStart} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import type {EndingPart, Remedy} from './explanation.ts';
import {againOf, checksOf, undoneOf} from './remedies.ts';
import {lastHeard} from './story.ts';

/** What a host answers on whose port nobody listens: it is up, and its daemon is not. */
const NOBODY_LISTENS = /ECONNREFUSED/;

/** The other daemon was not to be reached any more: the link, its host, or itself. */
export function connectionPart(record: MigrationRecord, fault: RecordedFault): EndingPart {
	const side = record.main === record.sender ? 'receiver' : 'sender';
	const [host, own] = [hostOf(record, side), hostOf(record, side === 'receiver' ? 'sender' : 'receiver')];
	const losses = interruptionsOf(record.main);
	const last = losses.at(-1);
	const gone = isDaemonGone(record, fault);
	const headline = gone
		? `${record.domain} ${undoneOf(record)}: sterna-${side} on ${host} was gone ${during(record, fault)}`
		: `${record.domain} ${undoneOf(record)}: ${own} lost its connection to ${host} ${during(record, fault)}`;
	const why = [
		...(last === undefined ? [] : [howLost(record, last, losses.length)]),
		`${own} gave up with ${fault.code}: ${fault.message}.`,
		...fault.causes.slice(0, 4).map(cause => `Beneath that: ${cause}.`),
		gone
			? `${host} answered that nobody listens there: the host and the link were up, and the daemon was not. It was killed, crashed, or was stopped.`
			: verdict(record, host),
		lastHeard(record, side),
		...otherErrors(record, host),
	];
	return {headline, why, whatToDo: remedies(record, {gone, side, host})};
}

/** Whether the other host was there without its daemon, by what was found as it was tried again. */
export function isDaemonGone({main}: MigrationRecord, fault: RecordedFault): boolean {
	const faults = [fault, ...main.errors.map(({error}) => error), ...main.links.flatMap(({error}) => (error === undefined ? [] : [error]))];
	return faults.some(({message, causes}) => [message, ...causes].some(text => NOBODY_LISTENS.test(text)));
}

function during({main}: MigrationRecord, {phase}: RecordedFault): string {
	const iteration = phase === 'precopy' ? main.samples.at(-1)?.iteration : undefined;
	return `in ${phase}${iteration === undefined ? '' : `, iteration ${iteration}`}`;
}

function howLost(record: MigrationRecord, last: ReturnType<typeof interruptionsOf>[number], times: number): string {
	const phase = phaseAt(record.main, last.fromMs)?.phase;
	const reason = last.errors[0] === undefined ? '' : `: ${last.errors[0].message}`;
	const before = times === 1 ? '' : `, the ${times}${ordinal(times)} time`;
	const tried = last.toMs === undefined ? `; it was tried anew for ${formatDuration(Math.max(0, record.endedAtMs - last.fromMs))}` : '';
	return `The connection was lost at ${sinceStart(record, last.fromMs)}${phase === undefined ? '' : ` in ${phase}`}${before}${reason}${tried}.`;
}

function ordinal(count: number): string {
	if (count % 100 >= 11 && count % 100 <= 13) return 'th';
	return {1: 'st', 2: 'nd', 3: 'rd'}[count % 10] ?? 'th';
}

function verdict(record: MigrationRecord, host: string): string {
	const other = otherSide(record);
	if (other?.end !== undefined)
		return `${host} was there all the time, and ended it by itself: it was the link between the hosts that failed.`;
	return `Whether it was the link or ${host} itself, these recordings do not tell.`;
}

function otherErrors(record: MigrationRecord, host: string): string[] {
	const errors = otherSide(record)?.errors ?? [];
	const last = errors.at(-1);
	return last === undefined
		? []
		: [`${host} recorded ${counted(errors.length, 'error')}, at last at ${sinceStart(record, last.atMs)}: ${last.error.message}.`];
}

function remedies(record: MigrationRecord, {gone, side, host}: {gone: boolean; side: 'sender' | 'receiver'; host: string}): Remedy[] {
	const {domain, target, direction} = record;
	const look: Remedy = {
		text: `${gone ? 'See why the daemon went, and start it,' : 'See whether the daemon runs'} on ${host}.`,
		command: `systemctl status sterna-${side}`,
	};
	const probe: Remedy = {text: 'See whether the hosts reach each other.', command: 'migrate-ctl hosts --probe'};
	const again = againOf(record, 'Then move it again; nothing is left over from this attempt.');
	const longer: Remedy[] =
		gone || direction !== 'outgoing'
			? []
			: [
					{
						text: 'A link that is often away for a while is waited for longer:',
						command: `migrate-ctl start ${domain} ${target} --reconnect 5m`,
					},
				];
	return [...(gone ? [look] : [probe, look]), ...checksOf(record), ...again, ...longer];
}
