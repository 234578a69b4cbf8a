import type {QemuDefinition, QemuHostSettings, QemuNetworkSettings} from '../../src/index.ts';

/** A small guest of the Q35 machine without disks or networks. */
export function qemuDefinition(overrides: Partial<QemuDefinition> = {}): QemuDefinition {
	const {memoryBytes = 128 * 2 ** 20} = overrides;
	return {
		kind: 'qemu',
		name: 'vm1',
		uuid: '7f3f0a52-9f0b-4f43-8a0c-0b8c6a3e5f11',
		memoryBytes,
		pfnLimit: memoryBytes / 4096,
		binary: 'qemu-system-x86_64',
		machine: 'pc-q35-7.2',
		machineOptions: {},
		accelerator: 'tcg',
		cpu: 'qemu64',
		smp: {cpus: 1},
		memoryBackend: {kind: 'memfd', id: 'ram'},
		vga: 'none',
		nodefaults: true,
		serialPorts: 1,
		disks: [],
		networks: [],
		devices: [],
		globals: [],
		...overrides,
	};
}

/** A host with nothing but the usual program and an Ethernet segment on loopback. */
export function qemuHostSettings(overrides: Partial<QemuHostSettings> = {}): QemuHostSettings {
	return {
		binaries: new Map([['qemu-system-x86_64', '/usr/bin/qemu-system-x86_64']]),
		paths: [],
		devices: new Set(['virtio-net-pci', 'virtio-blk-pci', 'virtio-rng-pci', 'virtio-net-device', 'virtio-blk-device', 'virtio-rng-device']),
		networks: new Map<string, QemuNetworkSettings>([
			['lab', {kind: 'multicast', address: '239.1.2.3', port: 7100, localAddress: '127.0.0.1'}],
			['lan', {kind: 'bridge', bridge: 'br0', helper: '/usr/lib/qemu/qemu-bridge-helper'}],
		]),
		...overrides,
	};
}
