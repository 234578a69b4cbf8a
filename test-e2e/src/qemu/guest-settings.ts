import {type GuestLoad, kernelArguments, type TestGuest} from '@sterna/test-guest';
import {stringify} from 'smol-toml';
import {LAB_NETWORK} from '../lab/qemu-lab.ts';

/** Machine types of the QEMU that the lab has, oldest kind first. */
export const MACHINES = ['pc-i440fx-7.2', 'pc-q35-7.2', 'microvm'] as const;
export type Machine = (typeof MACHINES)[number];

/** A guess, which the guest's kernel corrects once it has other clocks. */
const TSC_MHZ = 2000;

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
	readonly disk: {readonly file: string; readonly sharing: 'shared' | 'mirror' | 'replicated'} | undefined;
	readonly rng: boolean;
	readonly vga: 'none' | 'std';
	readonly load: GuestLoad;
};

/** Bytes that the guest's settings name. */
export const memoryBytesOf = ({memoryMiB}: GuestSettings): number => memoryMiB * 1024 * 1024;

/** The file that `migrate-ctl domain create --qemu FILE` takes. The disk is past the page cache where it is shared. */
export function guestToml(settings: GuestSettings, guest: TestGuest): string {
	const {name, machine, memoryMiB, backend, cpu, cpus, mac, disk, rng, vga, load} = settings;
	const append = kernelArguments({
		...load,
		sendsPackets: mac !== undefined,
		...(machine === 'microvm' ? {tscMHz: TSC_MHZ} : {}),
		...(disk === undefined ? {} : {disk: '/dev/vda'}),
	});
	return stringify({
		name,
		machine,
		memory: `${memoryMiB}MiB`,
		'memory-backend': backend,
		accelerator: 'tcg',
		cpu,
		cpus,
		vga,
		kernel: {image: guest.vmlinuz, initrd: guest.initrd, append},
		disk: disk === undefined ? [] : [{path: disk.file, sharing: disk.sharing}],
		network: mac === undefined ? [] : [{network: LAB_NETWORK, mac}],
		device: rng ? [{driver: machine === 'microvm' ? 'virtio-rng-device' : 'virtio-rng-pci'}] : [],
	});
}
