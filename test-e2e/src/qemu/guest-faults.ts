import {type PacketSequence, readDiskRecords, readSequence, type SegmentListener} from '@sterna/test-guest';
import type {LinuxGuest} from './linux-guest.ts';

/** What is wrong with a guest, in sentences, and what was heard of it on its network since it booted last. */
export type GuestFaults = {readonly faults: readonly string[]; readonly packets: PacketSequence};

/** Numbers of a list of faults that are shown; there may be thousands. */
const SHOWN = 10;

/**
 * Looks at everything that a guest has numbered since it booted last, wherever it was: lines, packets, disk records must each be there once, and memory and
 * disk right by the guest's own checks. It must be running, and is paused while its disk is looked at. `listener` has heard it since that boot.
 */
export async function findGuestFaults(guest: LinuxGuest, listener: SegmentListener): Promise<GuestFaults> {
	const {host, name, settings} = guest;
	const report = await guest.runs();
	await host.mustCtl(['domain', 'pause', name]);
	const packets = readSequence(listener.arrivals, settings.mac === undefined ? {} : {mac: settings.mac});
	const faults = [
		...(guest.boot?.faults ?? []),
		...(guest.boot?.remarks ?? []).map(remark => `it said ${JSON.stringify(remark)}`),
		...(settings.disk === undefined ? [] : diskFaults(settings.disk.file, report.record)),
		...(settings.mac === undefined ? [] : packetFaults(packets, report.packet)),
	];
	await host.mustCtl(['domain', 'resume', name]);
	await guest.runs();
	return {faults, packets};
}

/** What is wrong with the records in a guest's disk image, which nobody writes meanwhile. `reported`: the last record that the guest said it had written. */
export function diskFaults(file: string, reported: number): string[] {
	const {newest = 0, faults} = readDiskRecords(file);
	return reported > 0 && newest >= reported ? [...faults] : [...faults, `its newest record is ${newest}, it reported ${reported}`];
}

/** `reported`: the last packet that the guest said it had sent. */
function packetFaults({first, last = 0, missing, repeated, late, isInStep}: PacketSequence, reported: number): string[] {
	const list = (what: string, numbers: readonly number[]): string[] =>
		numbers.length === 0 ? [] : [`${numbers.length} packets ${what}: ${numbers.slice(0, SHOWN).join(' ')}`];
	return [
		...(first === 1 ? [] : [`the first packet was ${first}`]),
		...list('are missing', missing),
		...list('came twice', repeated),
		...list('came late', late),
		...(isInStep ? [] : ['packets and generations are out of step']),
		...(reported > 0 && last >= reported ? [] : [`the last packet was ${last}, it reported ${reported}`]),
	];
}
