import {constants} from 'node:fs';
import {access, open} from 'node:fs/promises';
import {DomainError} from '../../domain-error.ts';
import {immovable} from './allowed/device-rules.ts';
import {whyNotFile, whyNotImage} from './allowed/file-rules.ts';
import {whyNotCpu, whyNotGlobal, whyNotMachine, whyNotMachineOption} from './allowed/machine-rules.ts';
import {type References, whyNotProperty} from './allowed/property-rules.ts';
import type {QemuDefinition, QemuDisk} from './definition.ts';

/** How this host is connected to one of the networks that definitions name. */
export type QemuNetworkSettings =
	/** A bridge of this host, through QEMU's bridge helper, which its own list allows. */
	| {readonly kind: 'bridge'; readonly bridge: string; readonly helper: string | undefined}
	/** An Ethernet segment of UDP multicast datagrams. */
	| {readonly kind: 'multicast'; readonly address: string; readonly port: number; readonly localAddress: string | undefined};

/** What QEMU guests may be made of on this host, whoever asks for it: the operator or another host. */
export type QemuHostSettings = {
	/** Programs by the name that definitions have. */
	readonly binaries: ReadonlyMap<string, string>;
	/** Directories that disk images, kernels and firmware may come from. */
	readonly paths: readonly string[];
	/** Device models that may be on a command line. */
	readonly devices: ReadonlySet<string>;
	readonly networks: ReadonlyMap<string, QemuNetworkSettings>;
};

/** Sizes of memory that QEMU does not round up, in bytes: a backend of another size is refused by it. */
const MEMORY_GRAIN_BYTES = 8192;

/**
 * Rejects ERR_NOT_SUPPORTED where this host does not make such a guest, with every reason and the part of the definition that each is about. Definitions
 * come from other hosts: what is not known to stay within the guest is refused. To be asked before anything of the guest is started.
 */
export async function assertAllowed(definition: QemuDefinition, settings: QemuHostSettings): Promise<void> {
	const reasons = await whyNotAllowed(definition, settings);
	if (reasons.length > 0) throw new DomainError('ERR_NOT_SUPPORTED', `this host does not make such a guest: ${reasons.join('; ')}`);
}

/** Every reason why this host does not make such a guest, as clauses that begin with the part of the definition; empty where it does. */
export async function whyNotAllowed(definition: QemuDefinition, settings: QemuHostSettings): Promise<string[]> {
	const ofHost = [whyNotProgram(definition, settings), whyNotAccelerator(definition), ...whyNotFiles(definition, settings)];
	return [...whyNotContents(definition, settings), ...(await Promise.all(ofHost)).filter(reason => reason !== undefined)];
}

/** Path of a program that definitions name. Throws ERR_NOT_SUPPORTED where this host has none of that name; it need not be there. */
export function programOf(name: string, {binaries}: Pick<QemuHostSettings, 'binaries'>): string {
	const program = binaries.get(name);
	if (program === undefined) throw new DomainError('ERR_NOT_SUPPORTED', `this host has no ${name} among its programs (qemu.binaries)`);
	return program;
}

async function whyNotProgram({binary}: QemuDefinition, {binaries}: QemuHostSettings): Promise<string | undefined> {
	const program = binaries.get(binary);
	if (program === undefined) return `binary: this host has no ${binary} among its programs (qemu.binaries)`;
	const runs = await access(program, constants.X_OK).then(
		() => true,
		() => false,
	);
	return runs ? undefined : `binary: ${program} is not installed, or cannot be run`;
}

async function whyNotAccelerator({accelerator}: QemuDefinition): Promise<string | undefined> {
	if (accelerator !== 'kvm') return undefined;
	try {
		await using _ = await open('/dev/kvm', 'r+');
		return undefined;
	} catch (error) {
		return `accelerator: /dev/kvm cannot be opened: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
	}
}

function whyNotFiles({disks, kernel, firmware}: QemuDefinition, {paths}: QemuHostSettings): Promise<string | undefined>[] {
	const read = async (field: string, file: string | undefined): Promise<string | undefined> => {
		const why = file === undefined ? undefined : await whyNotFile(file, paths, {write: false});
		return why === undefined ? undefined : `${field} ${file}: ${why}`;
	};
	const image = async (disk: QemuDisk): Promise<string | undefined> => {
		const why = (await whyNotFile(disk.path, paths, {write: disk.sharing !== 'read-only'})) ?? (await whyNotImage(disk));
		return why === undefined ? undefined : `disk ${disk.node} ${disk.path}: ${why}`;
	};
	const direct = [read('kernel', kernel?.image), read('initrd', kernel?.initrd), read('firmware', firmware)];
	return [...direct, ...disks.map(async disk => image(disk))];
}

/** What can be said without a look at the host's files. */
function whyNotContents(definition: QemuDefinition, settings: QemuHostSettings): string[] {
	const {machine, machineOptions, cpu, memoryBytes, pfnLimit, kernel, globals} = definition;
	const checks: (readonly [field: string, why: string | undefined])[] = [
		[`machine ${machine}`, whyNotMachine(machine)],
		...Object.entries(machineOptions).map(([name, value]) => [`machine option ${name}`, whyNotMachineOption(name, value)] as const),
		['cpu', whyNotCpu(cpu)],
		['memoryBytes', memoryBytes % MEMORY_GRAIN_BYTES === 0 ? undefined : `must be a multiple of ${MEMORY_GRAIN_BYTES}`],
		['pfnLimit', pfnLimit === memoryBytes / 4096 ? undefined : 'must be the memory in pages of 4096 bytes'],
		// Some kernels get a list of modules behind it, and each would be opened.
		['initrd', kernel?.initrd?.includes(',') === true ? 'its path must not have a comma' : undefined],
		...definition.disks.map(disk => [`disk ${disk.node}`, whyNotReplicated(disk)] as const),
		...whyNotNames(definition),
		...whyNotConnected(definition, settings),
		...whyNotDevices(definition, settings),
		...globals.map(({driver, property, value}) => {
			const why = whyNotGlobal(driver, property, value, settings.devices);
			return [`global ${driver}.${property}`, why] as const;
		}),
	];
	return checks.flatMap(([field, why]) => (why === undefined ? [] : [`${field}: ${why}`]));
}

function whyNotReplicated({sharing, format, direct}: QemuDisk): string | undefined {
	if (sharing !== 'replicated') return undefined;
	if (format !== 'raw') return `a replicated disk is raw, not ${format}: \`qemu-img convert -O raw\` makes it one`;
	return direct ? 'a replicated disk is not past the page cache (direct): each host has its own file' : undefined;
}

/** Each name for one thing. */
function* whyNotNames({disks, networks, memoryBackend}: QemuDefinition): Generator<readonly [string, string]> {
	const taken = new Set([memoryBackend.id]);
	const names = [...disks.flatMap(({node}) => [node, `${node}-file`]), ...networks.map(({netdev}) => netdev)];
	for (const name of names) {
		if (taken.has(name)) yield [`name ${name}`, 'it is taken by something else of the guest'];
		taken.add(name);
	}
}

function* whyNotConnected({networks}: QemuDefinition, settings: QemuHostSettings): Generator<readonly [string, string]> {
	for (const {netdev, network} of networks) {
		if (!settings.networks.has(network)) yield [`network ${netdev}`, `this host has no network ${network} (qemu.networks)`];
	}
}

function* whyNotDevices({devices, disks, networks}: QemuDefinition, settings: QemuHostSettings): Generator<readonly [string, string]> {
	const references: References = {
		nodes: new Set(disks.map(({node}) => node)),
		netdevs: new Set(networks.map(({netdev}) => netdev)),
	};
	for (const [index, {driver, properties}] of devices.entries()) {
		const field = `device ${index} (${driver})`;
		const why = immovable(driver)?.what ?? (settings.devices.has(driver) ? undefined : 'it is not on the list of this host (qemu.devices)');
		if (why !== undefined) yield [field, why];
		for (const [name, value] of Object.entries(properties)) {
			const whyNot = whyNotProperty(name, value, references);
			if (whyNot !== undefined) yield [`${field} ${name}`, whyNot];
		}
	}
}
