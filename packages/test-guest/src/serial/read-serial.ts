import {type MemcheckReport, parseSerialLine, type SerialLine} from './serial-line.ts';

/** What a guest has written from one `GUEST UP` to the next. */
export type GuestBoot = {
	/** How many numbered lines there are, without those that came twice. */
	readonly counts: number;
	/** The last report; undefined before the first. */
	readonly report: MemcheckReport | undefined;
	/** A sentence for everything that is not as it must be: a number that is missing or came twice, memory or disk found wrong. */
	readonly faults: readonly string[];
	/** Lines that are none of ours. */
	readonly remarks: readonly string[];
};

/** All that a guest wrote, in the order in which it wrote it. */
export type SerialText = {
	/** What came before it was up for the first time, line by line: firmware. */
	readonly preamble: readonly string[];
	readonly boots: readonly GuestBoot[];
};

/**
 * Reads what a guest wrote on its serial port, wherever it was when it wrote it: outputs of several hosts are joined first, byte by byte,
 * as a guest may be stopped in the middle of a line. A last line without its end is passed over. `isUp`: the guest was up when the text begins, with any number,
 * maybe in the middle of a line, which is passed over, too.
 */
export function readSerial(text: string, {isUp = false}: {readonly isUp?: boolean} = {}): SerialText {
	const preamble: string[] = [];
	const boots: BootReader[] = isUp ? [new BootReader({wasUp: true})] : [];
	for (const line of text.split('\n').slice(isUp ? 1 : 0, -1)) {
		const parsed = parseSerialLine(line.replace(/\r+$/, ''));
		if (parsed.kind === 'up') boots.push(new BootReader({wasUp: false}));
		else if (boots.length === 0) preamble.push(line);
		else boots.at(-1)?.push(parsed);
	}

	return {preamble, boots};
}

/** Takes the lines of one boot in their order, and holds each against those before it. */
class BootReader implements GuestBoot {
	report: MemcheckReport | undefined;
	readonly faults: string[] = [];
	readonly remarks: string[] = [];
	/** Of the next line; undefined: it may have any. */
	#nextCount: number | undefined;
	readonly #wasUp: boolean;

	/** `wasUp`: there were lines before the first that it is given. */
	constructor({wasUp}: {readonly wasUp: boolean}) {
		this.#wasUp = wasUp;
		this.#nextCount = wasUp ? undefined : 0;
	}

	get counts(): number {
		return this.#nextCount ?? 0;
	}

	push(line: Exclude<SerialLine, {kind: 'up'}>): void {
		switch (line.kind) {
			case 'count':
				this.#pushCount(line.number);
				break;
			case 'report':
				this.#pushReport(line);
				break;
			case 'corrupt':
				this.faults.push(line.text);
				break;
			case 'load':
				break;
			case 'remark':
				if (line.text !== '') this.remarks.push(line.text);
		}
	}

	#pushCount(number: number): void {
		const next = this.#nextCount ?? number;
		if (number < next) {
			this.faults.push(`COUNT ${number} came again behind COUNT ${next - 1}`);
			return;
		}

		if (number > next) this.faults.push(`COUNT ${next} to ${number - 1} are missing`);
		this.#nextCount = number + 1;
	}

	#pushReport(report: MemcheckReport): void {
		const {report: before} = this;
		this.report = report;
		const at = `in the report of generation ${report.generation}`;
		if (report.bad > (before?.bad ?? 0)) this.faults.push(`bad=${report.bad} ${at}`);
		// One record goes with each report, so that a report that is missing or repeated shows here.
		const recordBefore = before?.record ?? (this.#wasUp ? report.record - 1 : 0);
		if (report.record !== 0 && report.record !== recordBefore + 1)
			this.faults.push(`rec=${report.record} follows rec=${recordBefore} ${at}`);
		if (report.packet !== 0 && report.packet !== report.generation - 1)
			this.faults.push(`seq=${report.packet} is not one packet a generation ${at}`);
		if (before === undefined) return;
		for (const key of ['generation', 'guestSeconds'] as const)
			if (report[key] <= before[key]) this.faults.push(`${key} went from ${before[key]} to ${report[key]} ${at}`);
		// One that writes as fast as it can comes to no page at all between two reports, where its host has no time for it.
		for (const key of ['written', 'verified'] as const)
			if (report[key] < before[key]) this.faults.push(`${key} went from ${before[key]} to ${report[key]} ${at}`);
		if (before.record > 0 && report.record === 0) this.faults.push(`rec=0 follows rec=${before.record} ${at}`);
	}
}
