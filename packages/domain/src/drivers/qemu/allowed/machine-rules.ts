import {whyNotSetting} from './property-rules.ts';

/** The machine types that are known to migrate: versioned, as an alias means another machine with another QEMU. */
const MACHINES = /^(pc-i440fx|pc-q35)-\d+(\.\d+){1,2}$|^microvm$/;

const MACHINE_OPTIONS = new Set(
	[
		['acpi', 'hpet', 'pic', 'pit', 'rtc', 'smm', 'vmport', 'i8042', 'sata', 'smbus', 'usb', 'graphics'],
		['pcie', 'ioapic2', 'isa-serial', 'auto-kernel-cmdline', 'x-option-roms'],
		['max-ram-below-4g', 'bus-lock-ratelimit', 'default-bus-bypass-iommu', 'smbios-entry-point-type'],
		['dump-guest-core', 'mem-merge'],
	].flat(),
);

/** Parts of the chipsets, beside the devices that a host's list has, whose defaults a guest may change. */
const GLOBAL_DRIVERS = new Set([
	'ICH9-LPC',
	'PIIX4_PM',
	'PIIX4',
	'mc146818rtc',
	'kvm-pit',
	'isa-pit',
	'hpet',
	'q35-pcihost',
	'mch',
	'i440FX-pcihost',
	'i440FX',
]);

/** What of a CPU is a text, which the guest alone sees. */
const CPU_TEXTS = new Set(['vendor', 'model-id', 'hv-vendor-id']);

/** Why a guest may not be of this machine type; undefined where it may. */
export function whyNotMachine(machine: string): string | undefined {
	return MACHINES.test(machine) ? undefined : 'known to migrate are pc-i440fx-VERSION, pc-q35-VERSION and microvm';
}

/** Why a machine may not have this option; undefined where it may. */
export function whyNotMachineOption(name: string, value: string): string | undefined {
	if (MACHINE_OPTIONS.has(name)) return whyNotSetting(name, value);
	return `a guest may set ${[...MACHINE_OPTIONS].join(', ')}`;
}

/** Why a guest may not change this default of a device; undefined where it may. `devices`: the host's list. */
export function whyNotGlobal(driver: string, property: string, value: string, devices: ReadonlySet<string>): string | undefined {
	if (!devices.has(driver) && !GLOBAL_DRIVERS.has(driver)) return 'it is neither a device of qemu.devices nor a known part of a chipset';
	return property === 'romfile' && value === '' ? undefined : whyNotSetting(property, value);
}

/** Why a guest may not have this CPU, as behind `-cpu`: a model, then `+flag`, `-flag` or `name=value`. Undefined where it may. */
export function whyNotCpu(cpu: string): string | undefined {
	const [model = '', ...flags] = cpu.split(',');
	if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/.test(model) || model === 'help') return `${JSON.stringify(model)} is no model`;
	for (const flag of flags) {
		const [, name, value] = /^[+-]?([a-zA-Z0-9][a-zA-Z0-9._-]{0,63})(?:=(.*))?$/.exec(flag) ?? [];
		if (name === undefined || name === 'help') return `${JSON.stringify(flag)} is no flag`;
		if (value === undefined || (CPU_TEXTS.has(name) && /^[\w .@()-]{0,48}$/.test(value))) continue;
		const why = whyNotSetting(name, value);
		if (why !== undefined) return `${name}: ${why}`;
	}

	return undefined;
}
