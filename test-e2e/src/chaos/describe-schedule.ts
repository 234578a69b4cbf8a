import type {BytePlace, ChaosFault, DaemonRef, Moment, Schedule} from './schedule.ts';

/** A schedule for a person: one line for how the guest moves, one for each fault. */
export function describeSchedule({link, transfer, faults}: Schedule): string[] {
	const rate = link.bytesPerSecond === undefined ? 'no limit' : `${Math.round(link.bytesPerSecond / 2 ** 20)} MiB/s`;
	const {channels, compression, deltaCacheBytes, proof, reconnectMs} = transfer;
	const delta = (deltaCacheBytes ?? 0) > 0 ? ', differences' : '';
	return [
		`link: ${rate}, delay ${link.delayMs} ms; ${channels} data connections, compression ${compression}${delta}, proof ${proof}, reconnects for ${reconnectMs} ms`,
		...faults.map(describeFault),
	];
}

function describeFault(fault: ChaosFault): string {
	switch (fault.kind) {
		case 'cut':
			return `cut ${fault.how} at ${place(fault)}`;
		case 'flip':
			return `bit ${fault.bit} turned at ${place(fault)}`;
		case 'duplicate':
			return `duplicate of ${fault.connection} up to byte ${fault.afterBytes}`;
		case 'network':
			return `network ${fault.how} for ${fault.forMs} ms ${moment(fault.when)}`;
		case 'kill':
			return `${fault.signal} of the ${daemon(fault)} ${moment(fault.when)}, started again after ${fault.forMs} ms`;
		case 'freeze':
			return `the ${daemon(fault)} frozen for ${fault.forMs} ms ${moment(fault.when)}`;
		case 'crash-point':
			return `crash point ${fault.point}, time ${fault.nth}, started again after ${fault.forMs} ms`;
		case 'journal-fault':
			return `journal fault ${fault.fault} at ${fault.write}, time ${fault.nth}`;
		case 'clock':
			return `the clock of the ${daemon(fault)} jumps by ${fault.byMs} ms ${moment(fault.when)}`;
		case 'abort':
			return `abort at the ${fault.role} ${moment(fault.when)}`;
		case 'switch':
			return `stop-and-copy asked for ${moment(fault.when)}`;
	}
}

function daemon({role, daemon: name}: DaemonRef): string {
	return `${role}'s ${name}`;
}

function place({connection, direction, afterBytes}: BytePlace): string {
	return `byte ${afterBytes} of ${connection} ${direction}`;
}

function moment(when: Moment): string {
	return when.at === 'phase' ? `in ${when.phase}` : `at ${place(when)}`;
}
