import {formatSize} from '@sterna/host';
import {fault, type Judgement, ok, warning} from '@sterna/host/doctor';
import {PLAIN_DATA_FEATURE} from '@sterna/protocol';

export type VersionsFacts = {
	readonly host: string;
	/** `sterna-sender 0.1.0`. */
	readonly own: string;
	readonly peer: string;
	/** The highest version of the control protocol that both speak. */
	readonly protocol: number;
};

/** Of two daemons that have agreed on a protocol. */
export function judgeVersions({host, own, peer, protocol}: VersionsFacts): Judgement {
	const detail = `${own} here, ${peer} on ${host}; control protocol ${protocol}`;
	const number = (software: string): string => software.slice(software.lastIndexOf(' ') + 1);
	return number(own) === number(peer)
		? ok('version', detail)
		: warning('version', detail, `install the same version of Sterna here and on ${host}`);
}

/** What an operator does about a feature that one host lacks; those without an entry come with the version. */
const FEATURE_FIXES: Readonly<Record<string, string>> = {
	zstd: 'install libzstd1 there (as Debian calls it), and restart its daemons',
	lz4: 'install liblz4-1 there (as Debian calls it), and restart its daemons',
	delta: 'install libzstd1 there (as Debian calls it), and restart its daemons',
	proof: 'install libxxhash0 there (as Debian calls it), and restart its daemons',
	[PLAIN_DATA_FEATURE]: 'tls.data = false counts where both hosts have it: set it on both, or on neither',
};

/** Features count where both hosts have them. */
export function judgeFeatures({
	host,
	own,
	peer,
}: {
	readonly host: string;
	readonly own: readonly string[];
	readonly peer: readonly string[];
}): readonly Judgement[] {
	const [ours, theirs] = [new Set(own), new Set(peer)];
	const differing = [
		...[...ours.difference(theirs)].map(feature => ({feature, lacks: host})),
		...[...theirs.difference(ours)].map(feature => ({feature, lacks: 'this host'})),
	];
	if (differing.length === 0) return [ok('features', `both hosts have ${own.join(', ')}`)];
	return differing.map(({feature, lacks}) =>
		warning(
			'features',
			`${lacks} has no ${feature}: it is not used between the two`,
			FEATURE_FIXES[feature] ?? 'install the same version of Sterna on both hosts',
		),
	);
}

export type GuestSize = {readonly name: string; readonly memoryBytes: number};

/** Whether the guests of this host would fit the other, each by itself. */
export function judgeRoom({
	host,
	roomBytes,
	guests,
}: {
	readonly host: string;
	/** Undefined: the other host could not find out. */
	readonly roomBytes: number | undefined;
	readonly guests: readonly GuestSize[];
}): Judgement {
	if (roomBytes === undefined)
		return warning('room', `${host} does not know how much memory it has for guests`, `migrate-ctl doctor, on ${host}, says why`);
	const largestFirst = guests.toSorted((a, b) => b.memoryBytes - a.memoryBytes);
	const tooLarge = largestFirst.filter(({memoryBytes}) => memoryBytes > roomBytes);
	const fix = `raise receiver.memory-limit on ${host} (migrate-ctl doctor, there, says what takes the memory), or move a guest away from it`;
	if (tooLarge.length > 0) {
		const which = tooLarge.map(({name, memoryBytes}) => `${name} (${formatSize(memoryBytes)})`).join(', ');
		const detail = `${host} has room for ${formatSize(roomBytes)}: not for ${which}`;
		return tooLarge.length === guests.length ? fault('room', detail, fix) : warning('room', detail, fix);
	}

	const [largest] = largestFirst;
	const enough = largest === undefined ? '' : `, enough for the largest guest here, ${largest.name} (${formatSize(largest.memoryBytes)})`;
	return ok('room', `${host} has room for ${formatSize(roomBytes)}${enough}`);
}

export type MachineFacts = {
	readonly host: string;
	/** `PROGRAM MACHINE` of each machine type of this host's QEMUs, and of the other's. */
	readonly own: readonly string[];
	readonly peer: readonly string[];
	readonly guests: readonly {readonly name: string; readonly machine: string}[];
};

/** A guest's machine type must be there where it goes. */
export function judgeMachines({host, own, peer, guests}: MachineFacts): Judgement {
	if (own.length === 0 && guests.length === 0) return ok('qemu', 'there are no QEMU guests here to be moved');
	const theirs = new Set(peer);
	const stuck = guests.filter(({machine}) => !theirs.has(machine));
	const fix = `install a QEMU on ${host} that has these machine types: the same version, or a later one; and name it in qemu.binaries there`;
	if (stuck.length > 0) {
		const which = stuck.map(({name, machine}) => `${name} is a ${machine}`).join(', ');
		return (stuck.length === guests.length ? fault : warning)('qemu', `${which}: no QEMU of ${host} has that`, fix);
	}

	const common = new Set(own).intersection(theirs).size;
	if (common === 0) return warning('qemu', `QEMU of this host and of ${host} have no machine type in common`, fix);
	return ok('qemu', `${common} machine types are on both hosts`);
}
