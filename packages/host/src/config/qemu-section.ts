import {isIPv4} from 'node:net';
import path from 'node:path';
import type {QemuHostSettings, QemuNetworkSettings} from '@sterna/domain';
import * as v from 'valibot';
import type {Paths} from './paths.ts';
import {AbsolutePath} from './values.ts';

/** What QEMU has on x86-64 and migrates; what of it reaches beyond the guest (host devices, files, other processes) is not here. */
const DEFAULT_DEVICES: readonly string[] = [
	['virtio-net', 'virtio-blk', 'virtio-rng', 'virtio-balloon', 'virtio-scsi'].flatMap(model =>
		['pci', 'pci-non-transitional', 'pci-transitional', 'device'].map(transport => `${model}-${transport}`),
	),
	['virtio-keyboard', 'virtio-mouse', 'virtio-tablet'].flatMap(model => [`${model}-pci`, `${model}-device`]),
	['e1000', 'e1000e', 'rtl8139'],
	['scsi-hd', 'scsi-cd', 'ide-hd', 'ide-cd', 'ich9-ahci'],
	['qemu-xhci', 'ich9-usb-ehci1', 'ich9-usb-uhci1', 'ich9-usb-uhci2', 'ich9-usb-uhci3', 'piix3-usb-uhci', 'usb-hub'],
	['usb-kbd', 'usb-mouse', 'usb-tablet'],
	['pcie-root-port', 'pcie-pci-bridge', 'pci-bridge', 'ioh3420'],
	['VGA', 'i6300esb', 'pvpanic', 'pvpanic-pci'],
].flat();

/** As definitions name programs, networks and device models. */
const Name = v.pipe(
	v.string(),
	v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
);

const Interface = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,14}$/, 'must be the name of a network interface'));
const Address = v.pipe(v.string(), v.check(isIPv4, 'must be an IPv4 address'));

/** `239.1.2.3:7100`. */
const MulticastAddress = v.pipe(
	v.string(),
	v.check(text => parseMulticast(text) !== undefined, 'must be an IPv4 multicast address and a port, such as "239.1.2.3:7100"'),
);

const Network = v.variant('kind', [
	v.strictObject({
		kind: v.literal('bridge'),
		bridge: Interface,
		/** Undefined: the one that QEMU was built with. */
		helper: v.optional(AbsolutePath),
	}),
	v.strictObject({
		kind: v.literal('multicast'),
		address: MulticastAddress,
		/** Of the interface that datagrams go out by; undefined: the kernel chooses. */
		'local-address': v.optional(Address),
	}),
]);

/** `[qemu]` of the configuration file. */
export const QemuSection = v.strictObject({
	binaries: v.optional(v.record(Name, AbsolutePath), {'qemu-system-x86_64': '/usr/bin/qemu-system-x86_64'}),
	/** Undefined: `images` in the state directory. */
	paths: v.optional(v.array(AbsolutePath)),
	devices: v.optional(v.array(Name), [...DEFAULT_DEVICES]),
	networks: v.optional(v.record(Name, Network), {}),
});
export type QemuSection = v.InferOutput<typeof QemuSection>;

/** What the section means on this host. */
export function qemuSettings({binaries, paths, devices, networks}: QemuSection, {state}: Paths): QemuHostSettings {
	return {
		binaries: new Map(Object.entries(binaries)),
		paths: paths ?? [path.join(state, 'images')],
		devices: new Set(devices),
		networks: new Map(Object.entries(networks).map(([name, network]) => [name, networkSettings(network)])),
	};
}

function networkSettings(network: v.InferOutput<typeof Network>): QemuNetworkSettings {
	switch (network.kind) {
		case 'bridge':
			return {kind: 'bridge', bridge: network.bridge, helper: network.helper};
		case 'multicast': {
			const parsed = parseMulticast(network.address);
			if (parsed === undefined) throw new TypeError(`${network.address} was accepted and is no multicast address`);
			return {kind: 'multicast', ...parsed, localAddress: network['local-address']};
		}
	}
}

function parseMulticast(text: string): {readonly address: string; readonly port: number} | undefined {
	const [, address = '', digits] = /^([\d.]+):(\d{1,5})$/.exec(text) ?? [];
	const port = Number(digits);
	const first = Number(address.split('.', 1)[0]);
	// 224.0.0.0/4 is multicast.
	return isIPv4(address) && first >= 224 && first <= 239 && port >= 1 && port <= 65_535 ? {address, port} : undefined;
}
