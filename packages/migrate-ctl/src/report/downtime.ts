import type {LineOf} from './record.ts';

/** A part of the downtime, by the name that an operator knows it by. */
export type DowntimePart = {readonly name: string; readonly ms: number};

/** Key in a recording → name, in the order in which the parts come. */
const NAMES: ReadonlyMap<string, string> = new Map([
	['pause', 'suspend'],
	['scan', 'final scan'],
	['copy', 'last pass'],
	['deviceState', 'device state'],
	['load', 'load'],
	['hook', 'hook'],
	['handover', 'handshake'],
	['resume', 'resume'],
]);

/** Parts that are shorter would show as nothing. */
const SHOWN_MS = 0.005;

/** What a downtime was made of, in the order in which it came; parts of a later version come last, under their own names. */
export function downtimeParts(downtime: LineOf<'downtime'> | undefined): DowntimePart[] {
	const parts = Object.entries(downtime?.parts ?? {}).filter(([, ms]) => ms >= SHOWN_MS);
	const order = [...NAMES.keys()];
	const place = (key: string): number => (NAMES.has(key) ? order.indexOf(key) : order.length);
	return parts.toSorted(([a], [b]) => place(a) - place(b)).map(([key, ms]) => ({name: NAMES.get(key) ?? key, ms}));
}
