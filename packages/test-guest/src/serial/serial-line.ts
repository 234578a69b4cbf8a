/** What memcheck says of itself five times a second. */
export type MemcheckReport = {
	readonly kind: 'report';
	/** Number of the tick; also what a page that was written in it carries. */
	readonly generation: number;
	/** Pages written and pages found right or wrong so far. */
	readonly written: number;
	readonly verified: number;
	/** Wrong pages and disk records so far. */
	readonly bad: number;
	/** Number of the last packet sent, and of the last record written; 0 before the first, and where there is no network or disk. */
	readonly packet: number;
	readonly record: number;
	/** The guest's CLOCK_MONOTONIC. */
	readonly guestSeconds: number;
};

/** One line on the guest's serial port. */
export type SerialLine =
	| {readonly kind: 'up'}
	| {readonly kind: 'count'; readonly number: number}
	| {readonly kind: 'load'; readonly text: string}
	| MemcheckReport
	/** A page, or a disk record, that was found wrong. */
	| {readonly kind: 'corrupt'; readonly text: string}
	/** Anything else: firmware, kernel. */
	| {readonly kind: 'remark'; readonly text: string};

const COUNT = /^COUNT (\d+)$/;
const REPORT = /^(?:OK|CORRUPT) gen=(\d+) written=(\d+) verified=(\d+) bad=(\d+) seq=(\d+) rec=(\d+) t=(\d+\.\d\d)$/;

/** Reads one line, its end taken off. */
export function parseSerialLine(text: string): SerialLine {
	if (text === 'GUEST UP') return {kind: 'up'};
	const count = COUNT.exec(text);
	if (count !== null) return {kind: 'count', number: Number(count[1])};
	const report = REPORT.exec(text);
	if (report !== null) {
		const [generation = 0, written = 0, verified = 0, bad = 0, packet = 0, record = 0, guestSeconds = 0] = report.slice(1).map(Number);
		return {kind: 'report', generation, written, verified, bad, packet, record, guestSeconds};
	}

	if (text.startsWith('CORRUPT ')) return {kind: 'corrupt', text};
	if (text.startsWith('memcheck: ')) return {kind: 'load', text};
	return {kind: 'remark', text};
}
