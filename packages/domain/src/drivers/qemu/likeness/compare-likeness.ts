import type {Likeness} from './likeness.ts';

/** How the two sides are called in the sentences. */
export type ComparedSides = {readonly first: string; readonly second: string};

const MIGRATION_SIDES: ComparedSides = {first: 'at the source', second: 'here'};
const KIB = 1024;
const MIB = 1024 * KIB;

type Values<Value> = {readonly first: Value; readonly second: Value};
type Say = (what: string, values: Values<string | number | undefined>) => void;
type Device = {readonly place: string; readonly model: string; readonly properties: string};

/**
 * Everything in which two guests differ, a sentence each, with both values: `RAM: 512 MiB at the source, 256 MiB here`. Empty: one can take the
 * state of the other.
 */
export function compareLikeness(first: Likeness, second: Likeness, sides: ComparedSides = MIGRATION_SIDES): string[] {
	const differences: string[] = [];
	const say: Say = (what, values) => {
		if (values.first === values.second) return;
		differences.push(`${what}: ${values.first ?? 'none'} ${sides.first}, ${values.second ?? 'none'} ${sides.second}`);
	};

	const both = <Value>(pick: (likeness: Likeness) => Value): Values<Value> => ({first: pick(first), second: pick(second)});
	say('QEMU', both(versionOf));
	say('machine type', both(machineOf));
	say(
		'RAM',
		both(({memoryBytes}) => formatBytes(memoryBytes)),
	);
	say('CPU model', both(cpuModelOf));
	say(
		'CPUs',
		both(({cpu}) => cpu.count),
	);
	// With another model they cannot but differ.
	if (first.cpu.type === second.cpu.type)
		say(
			`features of CPU model ${cpuModelOf(first)}`,
			both(({cpu}) => shortHash(cpu.features)),
		);
	compareDevices(first, second, say);
	compareNetworkCards(first, second, say);
	compareNamed(both(blocksOf), say);
	compareNamed(both(disksOf), say);
	compareNamed(both(filesOf), say);
	return differences;
}

/** Devices that one side alone has, paired where it is the same one with other properties, or elsewhere, or another in its place. */
function compareDevices(first: Likeness, second: Likeness, say: Say): void {
	const {ours: ofFirst, theirs: ofSecond} = withoutCommon(first.devices, second.devices);
	// What sits on a device that differs itself would only say it again.
	const differing = [...ofFirst, ...ofSecond].map(({place}) => `${place}/`);
	const isOwn = ({place}: Device): boolean => !differing.some(other => place.startsWith(other));
	const left = ofFirst.filter(isOwn);
	const right = ofSecond.filter(isOwn);
	for (const device of left) {
		const twin = takeFirst(right, other => other.place === device.place && other.model === device.model);
		const moved = twin ?? takeFirst(right, other => other.model === device.model && !left.some(({place}) => place === other.place));
		const {model, place} = device;
		if (twin) say(`properties of the ${model} at ${place}`, {first: `hash ${device.properties}`, second: `hash ${twin.properties}`});
		else if (moved) say(`device ${model}`, {first: place, second: moved.place});
		else say(`device at ${place}`, {first: model, second: takeFirst(right, other => other.place === place)?.model});
	}

	for (const {place, model} of right) say(`device at ${place}`, {first: undefined, second: model});
}

/** What cards that both sides have offer to the guest on one side alone. */
function compareNetworkCards({networkCards: ofFirst}: Likeness, {networkCards: ofSecond}: Likeness, say: Say): void {
	for (const {mac, features} of ofFirst) {
		const other = ofSecond.find(card => card.mac === mac);
		if (other === undefined) continue;
		const [ours, theirs] = [new Set(features.split(' ')), new Set(other.features.split(' '))];
		say(`offloads of the network card ${mac} (a bridge has them, a multicast segment does not)`, {
			first: [...ours.difference(theirs)].join(' ') || undefined,
			second: [...theirs.difference(ours)].join(' ') || undefined,
		});
	}
}

/** Two lists of devices without what both have, as often as both have it. */
function withoutCommon(first: readonly string[], second: readonly string[]): {ours: Device[]; theirs: Device[]} {
	const theirs = [...second];
	const ours = first.filter(line => takeFirst(theirs, other => other === line) === undefined);
	return {ours: ours.map(parseDevice), theirs: theirs.map(parseDevice)};
}

/** `PLACE MODEL HASH`, as `readLikeness` writes it; a place may hold blanks. */
function parseDevice(line: string): Device {
	const words = line.split(' ');
	return {place: words.slice(0, -2).join(' '), model: words.at(-2) ?? '', properties: words.at(-1) ?? ''};
}

/** Removes the first that is wanted from a list, and returns it. */
function takeFirst<Value>(list: Value[], isWanted: (value: Value) => boolean): Value | undefined {
	const index = list.findIndex(isWanted);
	return index === -1 ? undefined : list.splice(index, 1)[0];
}

function compareNamed({first, second}: Values<ReadonlyMap<string, string>>, say: Say): void {
	for (const name of new Set([...first.keys(), ...second.keys()])) {
		say(name, {first: first.get(name), second: second.get(name)});
	}
}

function versionOf(likeness: Likeness): string {
	return likeness.package === '' ? likeness.version : `${likeness.version} (${likeness.package})`;
}

function machineOf({machine}: Likeness): string {
	return machine.replace(/-machine$/, '');
}

function cpuModelOf({cpu}: Likeness): string {
	return cpu.type.replace(/-x86_64-cpu$/, '');
}

function blocksOf({ramBlocks}: Likeness): ReadonlyMap<string, string> {
	return new Map(ramBlocks.map(({name, bytes}) => [`block of memory ${name}`, formatBytes(bytes)]));
}

function disksOf({disks = []}: Likeness): ReadonlyMap<string, string> {
	return new Map(disks.map(({node, bytes}) => [`disk ${node}`, formatBytes(bytes)]));
}

function filesOf({files}: Likeness): ReadonlyMap<string, string> {
	return new Map(files.map(({role, sha256}) => [`content of ${role}`, shortHash(sha256)]));
}

function shortHash(hash: string): string {
	return `sha256 ${hash.slice(0, 16)}…`;
}

/** Exact, so that two amounts that differ never look the same. */
function formatBytes(bytes: number): string {
	if (bytes % MIB === 0) return `${bytes / MIB} MiB`;
	return bytes % KIB === 0 ? `${bytes / KIB} KiB` : `${bytes} bytes`;
}
