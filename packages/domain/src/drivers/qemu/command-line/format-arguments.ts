import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import type {QemuDefinition, QemuDevice, QemuDisk} from '../definition.ts';
import type {QemuHostSettings} from '../host-settings.ts';
import {type RunFiles, runFiles} from '../run-files.ts';
import {networkBackend} from './network-backend.ts';
import {formatOptionList, type ListedOption} from './option-list.ts';

export type FormatArgumentsOptions = {
	readonly place: Pick<GuestPlace, 'runDir' | 'outputFile'>;
	readonly settings: Pick<QemuHostSettings, 'networks'>;
	/** `paused`: the guest's CPUs do not start. `incoming`: nor is anything in its memory, until its device state comes. */
	readonly mode: 'run' | 'paused' | 'incoming';
};

/** Options of a machine that are ours: set by us, or another way to say what the definition has a place of its own for. */
export const OWN_MACHINE_OPTIONS: readonly string[] = [
	['type', 'memory-backend', 'suppress-vmdesc'],
	['accel', 'smp', 'memory', 'kernel', 'initrd', 'append', 'firmware', 'boot'],
].flat();

/** An option of the command line with what belongs to it. */
type Argument = readonly [option: string, ...rest: string[]];

/**
 * The arguments of the guest's QEMU on this host, the program's own name not among them; they are passed as they are, through no shell. Both hosts
 * make the same devices at the same addresses of a definition. What a definition may contain, `assertAllowed` says; here nothing of it can
 * replace what is set here. Throws ERR_NOT_SUPPORTED for a network that this host does not have, and for a property that would.
 */
export function formatQemuArguments(definition: QemuDefinition, {place, settings, mode}: FormatArgumentsOptions): string[] {
	const files = runFiles(place.runDir);
	return [
		identityArguments(definition),
		machineArguments(definition, files),
		monitorArguments(files),
		serialArguments(definition, files, place.outputFile),
		bootArguments(definition),
		definition.disks.flatMap(disk => diskArguments(disk, files)),
		networkArguments(definition, settings),
		definition.devices.map(device => deviceArgument(device)),
		definition.globals.map(global => globalArgument(global)),
		modeArguments(mode),
	].flat(2);
}

function identityArguments({name, uuid, nodefaults}: QemuDefinition): Argument[] {
	const choice: Argument[] = nodefaults ? [['-nodefaults']] : [];
	return [['-name', formatOptionList([['guest', name]], 'guest')], ['-uuid', uuid], ['-no-user-config'], ...choice, ['-display', 'none']];
}

function machineArguments(definition: QemuDefinition, files: RunFiles): Argument[] {
	const {machine, machineOptions, accelerator, cpu, smp, memoryBytes, memoryBackend} = definition;
	const size = `${memoryBytes}B`;
	const file: ListedOption[] = memoryBackend.kind === 'file' ? [['mem-path', files.ram]] : [];
	const backend: ListedOption[] = [
		['qom-type', `memory-backend-${memoryBackend.kind}`],
		['id', memoryBackend.id],
		['size', size],
		...file,
		// Without it nobody but QEMU sees the guest's memory.
		['share', 'on'],
	];
	const own: ListedOption[] = [
		['type', machine],
		['memory-backend', memoryBackend.id],
		// A description of the device state is not there where only that state is saved, and would be missed.
		['suppress-vmdesc', 'on'],
	];
	return [
		['-object', formatOptionList(backend, 'qom-type')],
		['-machine', formatOptionList([...own, ...withoutOwn(machineOptions, OWN_MACHINE_OPTIONS, 'the machine')], 'type')],
		['-accel', accelerator],
		['-cpu', cpu],
		['-smp', formatOptionList(Object.entries(smp).map(([key, count]) => [key, String(count)]))],
		['-m', formatOptionList([['size', size]])],
	];
}

function monitorArguments({qmp, info}: RunFiles): Argument[] {
	const control: ListedOption = ['mode', 'control'];
	return [
		['-chardev', listeningSocket('qmp', qmp)],
		['-mon', formatOptionList([['chardev', 'qmp'], control], 'chardev')],
		['-chardev', listeningSocket('info', info)],
		['-mon', formatOptionList([['chardev', 'info'], control], 'chardev')],
		['-monitor', 'none'],
	];
}

/** Output of the first port is appended to a file by QEMU itself, whether anybody listens at its socket or not. */
function serialArguments({serialPorts}: QemuDefinition, files: RunFiles, outputFile: string): Argument[] {
	if (serialPorts === 0) return [['-serial', 'none']];
	const log: ListedOption[] = [
		['logfile', outputFile],
		['logappend', 'on'],
	];
	const others = Array.from({length: serialPorts - 1}, (): Argument => ['-serial', 'null']);
	return [['-chardev', listeningSocket('console', files.console, log)], ['-serial', 'chardev:console'], ...others];
}

function listeningSocket(id: string, path: string, more: readonly ListedOption[] = []): string {
	return formatOptionList([['backend', 'socket'], ['id', id], ['path', path], ['server', 'on'], ['wait', 'off'], ...more], 'backend');
}

function bootArguments({kernel, firmware, vga}: QemuDefinition): Argument[] {
	const optional: readonly (readonly [string, string | undefined])[] = [
		['-kernel', kernel?.image],
		['-initrd', kernel?.initrd],
		['-append', kernel?.append],
		['-bios', firmware],
	];
	return [...optional.flatMap(([option, value]): Argument[] => (value === undefined ? [] : [[option, value]])), ['-vga', vga]];
}

/** Two block nodes: the file, and its format above it, which devices name. As JSON, in which no character of a path means anything. */
function diskArguments({node, path, format, sharing, direct}: QemuDisk, {disks}: RunFiles): Argument[] {
	const common = {'read-only': sharing === 'read-only', cache: {direct}};
	const name = `${node}-file`;
	const file =
		sharing === 'replicated'
			? {driver: 'nbd', 'node-name': name, server: {type: 'unix', path: disks}, export: node, ...common}
			: {driver: 'file', 'node-name': name, filename: path, ...common};
	// Never another image that this one names: it could be any file of the host.
	const backing = format === 'qcow2' ? {backing: null} : {};
	const image = {driver: format, 'node-name': node, file: name, ...common, ...backing};
	return [file, image].map(description => ['-blockdev', JSON.stringify(description)]);
}

function networkArguments({networks}: QemuDefinition, settings: Pick<QemuHostSettings, 'networks'>): Argument[] {
	// Otherwise a guest with QEMU's own choice of devices would get user networking.
	if (networks.length === 0) return [['-nic', 'none']];
	return networks.map(({netdev, network}) => {
		const found = settings.networks.get(network);
		if (found === undefined) throw new DomainError('ERR_NOT_SUPPORTED', `this host has no network ${network} for ${netdev} of the guest`);
		return ['-netdev', formatOptionList(networkBackend(netdev, found), 'type')];
	});
}

function deviceArgument({driver, properties}: QemuDevice): Argument {
	return ['-device', formatOptionList([['driver', driver], ...withoutOwn(properties, ['driver'], `the device ${driver}`)], 'driver')];
}

function globalArgument({driver, property, value}: QemuDefinition['globals'][number]): Argument {
	const options: ListedOption[] = [
		['driver', driver],
		['property', property],
		['value', value],
	];
	return ['-global', formatOptionList(options)];
}

/** The last of two options with the same key counts: none that comes from a definition may be one of ours. */
function withoutOwn(options: Readonly<Record<string, string>>, own: readonly string[], what: string): ListedOption[] {
	// QEMU takes `smp.cpus` for a part of `smp`, and an underscore for a dash in places.
	const taken = Object.keys(options).find(key => own.includes((key.split('.', 1)[0] ?? key).replaceAll('_', '-')));
	if (taken !== undefined) throw new DomainError('ERR_NOT_SUPPORTED', `the option ${taken} of ${what} is not one that a guest may set`);
	return Object.entries(options);
}

function modeArguments(mode: FormatArgumentsOptions['mode']): Argument[] {
	switch (mode) {
		case 'run':
			return [];
		case 'paused':
			return [['-S']];
		case 'incoming':
			return [['-S'], ['-incoming', 'defer']];
	}
}
