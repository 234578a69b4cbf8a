import * as v from 'valibot';
import {QemuDefinition, type QemuDevice} from '../definition.ts';
import {Findings} from './findings.ts';
import {KNOWN_OPTIONS, readOtherOptions} from './option-table.ts';
import {readBuiltIn, readDevices} from './read-devices.ts';
import {blockOf, countVirtioDrives, readDisks, type Sharing} from './read-disks.ts';
import {readGlobals, readMachine, readMemory, readObjects} from './read-machine.ts';
import {type NetworkChoice, readNetworks} from './read-networks.ts';
import {mergeOptions, valuesOf} from './read-options.ts';
import type {RunningGuest} from './running-guest.ts';
import {type GivenOption, splitCommandLine} from './split-command-line.ts';

export type AdoptArgumentsOptions = {
	/** Name of the domain. */
	readonly name: string;
	/** Taken where the guest has none of its own. */
	readonly uuid: string;
	/** The program, by its name in the host's list. */
	readonly binary: string;
	readonly networks: NetworkChoice;
	/** How each disk gets to the other host, by what its device has as its `drive`. */
	readonly disks: Readonly<Record<string, Sharing>>;
};

export type UnderstoodGuest = {
	/** Undefined where the guest cannot be written down. With obstacles it is only what is left of the guest: what they name is not in it. */
	readonly definition: QemuDefinition | undefined;
	/** Everything that keeps it from being migrated, a sentence each, with its cure. */
	readonly obstacles: readonly string[];
	/** What will be different on another host, a sentence each. */
	readonly notes: readonly string[];
};

/** Run states of a guest that can be taken over, with what it is then. */
const USABLE_STATES: ReadonlySet<string> = new Set(['running', 'paused', 'prelaunch']);

/**
 * What a guest is made of that somebody else has started: its command line, read as QEMU reads it, completed and corrected by what the running guest
 * says of itself. Pure. Everything that stands against its migration is told, not the first alone.
 */
export function adoptArguments(guest: RunningGuest, options: AdoptArgumentsOptions): UnderstoodGuest {
	const findings = new Findings();
	const given = splitCommandLine(guest.argv, KNOWN_OPTIONS);
	if (!USABLE_STATES.has(guest.state)) findings.obstacle(`the guest is ${guest.state}`, 'let it run, or pause it');
	for (const reason of guest.blockedBecause)
		findings.obstacle(`QEMU would not migrate it: ${reason}`, 'start the guest without what is named there');
	readOtherOptions(given, findings);
	readObjects(given, guest, findings);
	const memory = readMemory(given, guest, findings);
	const machine = readMachine(given, guest, findings);
	const globals = readGlobals(given, findings);
	const {devices, late, serialPorts} = readDevices(given, guest, findings, {madeByDrives: countVirtioDrives(given)});
	const builtIn = readBuiltIn(given, guest, findings);
	const attached = [...devices, ...late].flatMap(({properties}) => properties['drive'] ?? []);
	const {disks, virtio, ide} = readDisks(given, guest, findings, {attached, chosen: options.disks});
	const {networks, cards} = readNetworks(given, guest, findings, options.networks);
	const definition = memory && {
		kind: 'qemu' as const,
		name: options.name,
		uuid: ownUuid(given) ?? options.uuid,
		binary: options.binary,
		...memory,
		...machine,
		...builtIn,
		serialPorts: builtIn.serialPorts + serialPorts,
		disks,
		networks,
		devices: [...cards, ...ide, ...devices, ...virtio, ...late]
			.filter(({properties: {netdev}}) => netdev === undefined || networks.some(network => network.netdev === netdev))
			.map(device => withoutEmptyDrive(device, guest)),
		globals,
	};
	if (ownUuid(given) === undefined)
		findings.note(`the guest has no uuid of its own: after a reboot on the other host it has ${options.uuid}`);
	return {definition: definition && checked(definition, findings), obstacles: findings.obstacles, notes: [...new Set(findings.notes)]};
}

/** As its schema has it: what cannot be written down is an obstacle. */
function checked(definition: QemuDefinition, findings: Findings): QemuDefinition | undefined {
	const parsed = v.safeParse(QemuDefinition, definition);
	if (parsed.success) return parsed.output;
	for (const issue of parsed.issues) {
		findings.obstacle(`${v.getDotPath(issue) ?? 'the guest'}: ${issue.message}`, 'start the guest with another');
	}

	return undefined;
}

/** A drive without a medium is not made on the other host: its device is. */
function withoutEmptyDrive({driver, properties}: QemuDevice, guest: RunningGuest): QemuDevice {
	const {drive, ...others} = properties;
	return drive === undefined || blockOf(guest, drive) !== undefined ? {driver, properties} : {driver, properties: others};
}

/** What a guest is called on its command line (`-name`); undefined where it is not. */
export function nameOfGuest(argv: readonly string[]): string | undefined {
	return mergeOptions(valuesOf(splitCommandLine(argv, KNOWN_OPTIONS), 'name'), 'guest').get('guest');
}

function ownUuid(given: readonly GivenOption[]): string | undefined {
	return valuesOf(given, 'uuid').at(-1)?.toLowerCase();
}
