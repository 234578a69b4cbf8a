import {type GuestLoad, kernelArguments, type TestGuest} from '@sterna/test-guest';
import {stringify} from 'smol-toml';
import {LAB_NETWORK} from '../lab/qemu-lab.ts';

/** Machine types of the QEMU that the lab has, oldest kind first. */
export const MACHINES = ['pc-i440fx-7.2', 'pc-q35-7.2', 'microvm'] as const;
export type Machine = (typeof MACHINES)[number];

/** What kind of machine the test guest runs in. */
export type GuestSettings = {
	readonly name: string;
	readonly machine: Machine;
	readonly memoryMiB: number;
	readonly backend: 'memfd' | 'file';
	readonly cpu: string;
	readonly cpus: number;
	/** Hardware address of its network device; undefined: it has none. */
	readonly mac: string | undefined;
	/** Raw image of its disk, and how hosts share it; undefined: it has none. */
	readonly disk: {readonly file: string; readonly sharing: 'shared' | 'mirror'} | undefined;
	readonly rng: boolean;
	readonly vga: 'none' | 'std';
	readonly load: GuestLoad;
};

/** Bytes that the guest's settings name. */
export const memoryBytesOf = ({memoryMiB}: GuestSettings): number => memoryMiB * 1024 * 1024;

/** The file that `migrate-ctl domain create --qemu FILE` takes. */
export function guestToml(settings: GuestSettings, guest: TestGuest): string {
	const {machine, memoryMiB, backend, cpu, cpus, mac, disk, rng, vga, load} = settings;
	// Buses differ: microvm has no PCI.
	const bus = machine === 'microvm' ? 'device' : 'pci';
	// QEMU would look for a boot ROM that Debian has in a package of its own.
	const rom = machine === 'microvm' ? {} : {romfile: ''};
	const append = kernelArguments({
		...load,
		sendsPackets: mac !== undefined,
		...(disk === undefined ? {} : {disk: '/dev/vda'}),
	});
	return stringify({
		machine,
		memory: `${memoryMiB}MiB`,
		'memory-backend': backend,
		accelerator: 'tcg',
		cpu,
		cpus,
		vga,
		kernel: {image: guest.vmlinuz, initrd: guest.initrd, append},
		disks: disk === undefined ? [] : [{node: 'disk0', path: disk.file, format: 'raw', sharing: disk.sharing}],
		networks: mac === undefined ? [] : [{netdev: 'net0', network: LAB_NETWORK}],
		devices: [
			...(mac === undefined ? [] : [{driver: `virtio-net-${bus}`, netdev: 'net0', mac, ...rom}]),
			...(disk === undefined ? [] : [{driver: `virtio-blk-${bus}`, drive: 'disk0'}]),
			...(rng ? [{driver: `virtio-rng-${bus}`}] : []),
		],
	});
}
