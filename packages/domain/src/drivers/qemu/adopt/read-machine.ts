import {resolve} from 'node:path';
import {OWN_MACHINE_OPTIONS} from '../command-line/format-arguments.ts';
import type {QemuDefinition} from '../definition.ts';
import type {Findings} from './findings.ts';
import {isOn, mergeOptions, readOptions, valuesOf} from './read-options.ts';
import type {RunningGuest} from './running-guest.ts';
import type {GivenOption} from './split-command-line.ts';

const SMP_KEYS = ['cpus', 'sockets', 'dies', 'cores', 'threads', 'maxcpus'] as const;
type MachinePart = Pick<QemuDefinition, 'machine' | 'machineOptions' | 'accelerator' | 'cpu' | 'smp' | 'kernel' | 'firmware'>;

/** Options of a machine, or of an accelerator, that change what the guest or QEMU's own save of it is in a way that a definition cannot say. */
const REFUSED_SETTINGS: Readonly<Record<string, readonly [what: string, cure: string]>> = {
	'memory-encryption': ['memory that this host cannot read (memory-encryption)', 'start the guest without it'],
	'confidential-guest-support': ['memory that this host cannot read (confidential-guest-support)', 'start the guest without it'],
	'sgx-epc': ['enclaves (sgx-epc)', 'start the guest without them'],
	'kernel-irqchip': ['an interrupt controller of its own choice (kernel-irqchip)', 'leave it to QEMU'],
	pflash0: ['firmware in flash memory (pflash0)', 'start the guest with -bios FILE, or with the firmware of its machine'],
	pflash1: ['firmware variables in flash memory (pflash1)', 'start the guest with -bios FILE, or with the firmware of its machine'],
};

/** The machine, its CPUs, and what it boots. */
export function readMachine(options: readonly GivenOption[], guest: RunningGuest, findings: Findings): MachinePart {
	const settings = mergeOptions(valuesOf(options, 'machine', 'M'), 'type');
	const accelerator = mergeOptions(valuesOf(options, 'accel'), 'accel');
	for (const [key, refusal] of Object.entries(REFUSED_SETTINGS)) {
		if (settings.has(key) || accelerator.has(key)) findings.obstacle(...refusal);
	}

	if (isOn(settings.get('nvdimm'))) findings.obstacle('memory modules that keep their content (nvdimm=on)', 'start the guest without them');
	return {
		machine: guest.machine,
		machineOptions: machineOptions(settings, options),
		accelerator: guest.accelerator,
		cpu: readCpu(options, guest, findings),
		smp: readSmp(options, settings, guest, findings),
		...readBoot(options, settings, guest),
	};
}

/** Those that are the definition's to say, with those that have an option of their own. */
function machineOptions(settings: ReadonlyMap<string, string>, options: readonly GivenOption[]): Record<string, string> {
	const given = (name: string): boolean => options.some(option => option.name === name);
	const kept = [...settings].filter(([key]) => !OWN_MACHINE_OPTIONS.includes(key.split('.', 1)[0] ?? key) && !(key in REFUSED_SETTINGS));
	return {
		...Object.fromEntries(kept),
		...(given('no-acpi') ? {acpi: 'off'} : {}),
		...(given('no-hpet') ? {hpet: 'off'} : {}),
		...(given('usb') ? {usb: 'on'} : {}),
		...(given('nographic') ? {graphics: 'off'} : {}),
	};
}

function readCpu(options: readonly GivenOption[], {cpuModel}: RunningGuest, findings: Findings): string {
	const cpu = valuesOf(options, 'cpu').at(-1) ?? cpuModel;
	if (/^(?:host|max)(?:,|$)/.test(cpu)) findings.note(`its CPU is whatever its host has (-cpu ${cpu}): only a host with the same takes it`);
	return cpu;
}

function readSmp(
	options: readonly GivenOption[],
	settings: ReadonlyMap<string, string>,
	{cpus}: RunningGuest,
	findings: Findings,
): QemuDefinition['smp'] {
	const given = new Map([
		...[...settings].flatMap(([key, value]) => (key.startsWith('smp.') ? [[key.slice(4), value] as const] : [])),
		...mergeOptions(valuesOf(options, 'smp'), 'cpus'),
	]);
	const smp: QemuDefinition['smp'] = {};
	for (const key of SMP_KEYS) {
		const count = Number(given.get(key) ?? 0);
		if (count > 0) smp[key] = count;
	}

	// The others decide it where it is not said.
	const started = smp.cpus ?? [smp.sockets, smp.dies, smp.cores, smp.threads].reduce<number>((product, count) => product * (count ?? 1), 1);
	if (started !== cpus) findings.obstacle(`${cpus} CPUs where it was started with ${started}`, `start the guest with -smp ${cpus}`);
	return {...smp, cpus: started};
}

function readBoot(
	options: readonly GivenOption[],
	settings: ReadonlyMap<string, string>,
	{cwd, firmware}: RunningGuest,
): Pick<QemuDefinition, 'kernel' | 'firmware'> {
	const given = (name: string): string | undefined => valuesOf(options, name).at(-1) ?? settings.get(name);
	const path = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(cwd, file));
	const image = path(given('kernel'));
	const initrd = path(given('initrd'));
	const append = given('append');
	const ownFirmware = (given('bios') ?? settings.get('firmware')) === undefined ? undefined : firmware;
	return {
		...(image === undefined ? {} : {kernel: {image, ...(initrd === undefined ? {} : {initrd}), ...(append === undefined ? {} : {append})}}),
		...(ownFirmware === undefined ? {} : {firmware: ownFirmware}),
	};
}

/** The backend of the guest's memory; checks that it can be shared with a daemon. Undefined where it cannot. */
export function readMemory(
	options: readonly GivenOption[],
	{memory}: RunningGuest,
	findings: Findings,
): Pick<QemuDefinition, 'memoryBytes' | 'pfnLimit' | 'memoryBackend'> | undefined {
	const size = `${memory.bytes / 2 ** 20}M`;
	const cure = `start the guest with -object memory-backend-memfd,id=ram,size=${size},share=on -machine …,memory-backend=ram`;
	const limits = mergeOptions(valuesOf(options, 'm'), 'size');
	if (limits.has('maxmem') || limits.has('slots'))
		findings.obstacle('room for memory that is added later (-m …,slots=,maxmem=)', `start the guest with -m ${size} alone`);
	if (memory.pluggedBytes > 0)
		findings.obstacle(`memory modules of ${memory.pluggedBytes} bytes`, `start the guest with all of its memory in -m`);
	if (memory.huge) findings.obstacle("memory in huge pages, in which single pages' writes cannot be told apart", cure);
	const kind = memory.type === 'memory-backend-memfd' ? 'memfd' : memory.type === 'memory-backend-file' ? 'file' : undefined;
	if (kind === undefined) findings.obstacle(`anonymous memory (${memory.type} ${memory.id}), which nobody but QEMU can read`, cure);
	else if (!memory.share) findings.obstacle(`memory that is not shared (${memory.type} ${memory.id} without share=on)`, cure);
	if (kind === undefined || !memory.share) return undefined;
	return {memoryBytes: memory.bytes, pfnLimit: memory.bytes / 4096, memoryBackend: {kind, id: memory.id}};
}

/** Objects that a guest or its monitors may have: only its memory's goes over. */
export function readObjects(options: readonly GivenOption[], {memory}: RunningGuest, findings: Findings): void {
	for (const value of valuesOf(options, 'object')) {
		const object = readOptions(value, 'qom-type');
		const type = object?.get('qom-type') ?? value;
		const name = `${type} ${object?.get('id') ?? ''}`.trimEnd();
		if (object?.get('id') === memory.id) {
			if (object.has('host-nodes') || object.has('policy'))
				findings.note(`where on this host its memory lies (host-nodes, policy of ${name}) is not taken over`);
		} else if (type.startsWith('memory-backend-')) {
			findings.obstacle(`further memory (${name})`, 'start the guest with all of its memory in one backend');
		} else if (/^(?:rng-|iothread$|throttle-group$)/.test(type)) {
			findings.note(`${name} is not taken over: QEMU's own is used on the other host`);
		} else if (!/^(?:secret|secret_keyring|tls-|authz-|input-|filter-|main-loop$|thread-context$)/.test(type)) {
			findings.obstacle(`object ${name}`, 'start the guest without it');
		}
	}
}

/** `-global`, and `-rtc` as far as it is a property of a device. */
export function readGlobals(options: readonly GivenOption[], findings: Findings): QemuDefinition['globals'] {
	const globals: QemuDefinition['globals'] = [];
	for (const value of valuesOf(options, 'global')) {
		const short = /^([^.,=]+)\.([^=,]+)=(.*)$/.exec(value);
		const list = short ? undefined : readOptions(value);
		const [driver, property, set] = short
			? [short[1], short[2], short[3]]
			: [list?.get('driver'), list?.get('property'), list?.get('value')];
		if (driver === undefined || property === undefined || set === undefined) {
			findings.obstacle(`-global ${value}`, 'write it as DRIVER.PROPERTY=VALUE');
		} else if (driver !== 'migration') globals.push({driver, property, value: set});
	}

	const rtc = mergeOptions(valuesOf(options, 'rtc'), 'base');
	const drift = rtc.get('driftfix');
	if (drift === 'slew') globals.push({driver: 'mc146818rtc', property: 'lost_tick_policy', value: 'slew'});
	if ((rtc.get('clock') ?? 'host') !== 'host')
		findings.obstacle(`-rtc clock=${rtc.get('clock')}: a clock that is not the host's`, 'start the guest with -rtc clock=host');
	if (rtc.has('base') && rtc.get('base') !== 'utc')
		findings.note('what the clock begins at (-rtc base) counts on this host alone: the clock goes on as it is');
	return globals;
}
