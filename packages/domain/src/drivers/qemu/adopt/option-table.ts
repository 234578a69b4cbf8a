import type {Findings} from './findings.ts';
import type {GivenOption} from './split-command-line.ts';

/** Options that say where and how QEMU runs on its host: nothing of the guest. */
const HOST_OWN = [
	['D', 'd', 'dfilter', 'trace', 'msg', 'pidfile', 'daemonize', 'runas', 'chroot', 'enable-sync-profile', 'async-teardown'],
	['chardev', 'mon', 'monitor', 'qmp', 'qmp-pretty', 'gdb', 's', 'echr', 'plugin', 'singlestep', 'seed', 'compat', 'overcommit', 'add-fd'],
	[
		'display',
		'vnc',
		'spice',
		'k',
		'full-screen',
		'portrait',
		'rotate',
		'audiodev',
		'audio-help',
		'iscsi',
		'only-migratable',
		'mem-prealloc',
	],
].flat();

/** Options that are about how the guest came to be what it is, or that both hosts have anyway. */
const WITHOUT_EFFECT = ['S', 'incoming', 'name', 'uuid', 'no-user-config', 'nodefconfig', 'nodefaults', 'preconfig', 'enable-kvm'];

/** Options that the other parts read. */
const READ_ELSEWHERE = [
	['machine', 'M', 'accel', 'cpu', 'smp', 'm', 'object', 'kernel', 'initrd', 'append', 'bios', 'global', 'no-acpi', 'no-hpet', 'usb'],
	['nographic', 'vga', 'serial', 'device', 'blockdev', 'drive', 'hda', 'hdb', 'hdc', 'hdd', 'cdrom', 'netdev', 'nic', 'net', 'rtc'],
].flat();

/** Options whose effect ends with this host, and what that means. */
const NOTES: Readonly<Record<string, string>> = {
	boot: 'the order of boot devices (-boot) is not taken over: after a reboot on the other host its firmware decides, by bootindex',
	'no-fd-bootchk': 'the check of floppy disks (-no-fd-bootchk) is as QEMU has it on the other host',
	'no-reboot': 'on the other host a reboot does not end the guest (-no-reboot)',
	'no-shutdown': 'on the other host a shutdown ends the guest (-no-shutdown)',
	action: 'what QEMU does on a shutdown, reboot or panic (-action) is as QEMU has it on the other host',
	'watchdog-action': 'what QEMU does when a watchdog expires (-watchdog-action) is as QEMU has it on the other host',
	sandbox: 'QEMU is in a sandbox: if that forbids the tracking of writes, what was written is found by comparing, and pauses are longer',
	loadvm: 'the snapshot that the guest was started from (-loadvm) stays where it is',
};

/** Options of rare use, that have nothing in a definition. */
const UNTAKEN = [
	['acpitable', 'fw_cfg', 'smbios', 'option-rom', 'dtb', 'debugcon', 'numa', 'audio', 'sd', 'mtdblock', 'win2k-hack'],
	['xen-attach', 'xen-domid', 'xen-domid-restrict'],
].flat();

/** Options that make something which a definition has no place for. */
const REFUSED: Readonly<Record<string, readonly [what: string, cure: string]>> = {
	...refuse('device of this host, or one that keeps state outside of the guest', 'start the guest without it', [
		'virtfs',
		'fsdev',
		'tpmdev',
	]),
	...refuse('table or device that the definition of a guest has no place for', 'start the guest without it', UNTAKEN),
	...refuse('firmware in flash memory', 'start the guest with -bios FILE, or with the firmware of its machine', ['pflash']),
	...refuse('floppy disk', 'start the guest without it', ['fda', 'fdb']),
	...refuse('device by an old name', 'use -device, such as -device usb-tablet', ['usbdevice']),
	...refuse('parallel port', 'start the guest without it', ['parallel']),
	...refuse('set of options in a file, which the command line does not show', 'put them on the command line', ['readconfig']),
	...refuse('change to another option', 'change that option itself', ['set']),
	L: ['-L: ROM files from a directory of its own', 'start the guest with the ROM files that came with its QEMU'],
	icount: ['-icount: time that goes by counted instructions depends on what QEMU does not save', 'start the guest without it'],
	snapshot: ["-snapshot: the guest's writes are in temporary files of this host", 'start the guest without it'],
	'mem-path': ['-mem-path: memory in a file that QEMU keeps for itself', 'use -object memory-backend-file,…,share=on'],
};

/** Every option that is known to have a value or none. */
export const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
	...HOST_OWN,
	...WITHOUT_EFFECT,
	...READ_ELSEWHERE,
	...Object.keys(NOTES),
	...Object.keys(REFUSED),
]);

const QUIETLY_DROPPED: ReadonlySet<string> = new Set([...WITHOUT_EFFECT, ...READ_ELSEWHERE]);

/** Sorts out the options that no other part reads: those of this host alone, those with a note, those that cannot be, and those nobody knows. */
export function readOtherOptions(options: readonly GivenOption[], findings: Findings): void {
	const ownOfHost = new Set<string>();
	for (const {name, value} of options) {
		const refused = REFUSED[name];
		const note = NOTES[name];
		if (refused !== undefined) {
			if (!isEmptyPort(name, value)) findings.obstacle(...refused);
		} else if (note !== undefined) findings.note(note);
		else if (HOST_OWN.includes(name)) ownOfHost.add(`-${name}`);
		else if (!QUIETLY_DROPPED.has(name)) findings.obstacle(`-${name}: an option that is not known here`, 'start the guest without it');
	}

	if (ownOfHost.size > 0) findings.note(`of this host alone, and not taken over: ${[...ownOfHost].toSorted().join(', ')}`);
}

/** `-parallel none` is what a guest without any has. */
function isEmptyPort(name: string, value: string): boolean {
	return name === 'parallel' && value === 'none';
}

function refuse(what: string, cure: string, names: readonly string[]): Record<string, readonly [string, string]> {
	return Object.fromEntries(names.map(name => [name, [`-${name}: a ${what}`, cure]]));
}
