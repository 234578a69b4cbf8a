/** Why a device cannot go to another host, and what its operator can do about it. */
export type Immovable = {readonly what: string; readonly cure: string};

const WITHOUT_IT = 'start the guest without it';

/** Device models that cannot go to another host, whatever a host's list says. */
const IMMOVABLE: readonly (readonly [models: RegExp, what: string, cure: string])[] = [
	[/^vfio-/, 'a device of this host that is given to the guest', 'use an emulated or virtio device'],
	[
		/^(usb-host|usb-redir|scsi-block|scsi-generic|u2f-passthru|ccid-card-.*|usb-ccid|pvrdma)$/,
		'a device of this host that is given to the guest',
		WITHOUT_IT,
	],
	[/^virtio-input-host/, 'a device of this host that is given to the guest', WITHOUT_IT],
	[/^(vhost-|vdpa|x-pci-proxy-dev$)/, 'a device whose state is outside of QEMU', 'use the virtio device of QEMU'],
	[/^(pc-dimm|nvdimm|cxl-type3|virtio-mem|virtio-pmem)/, 'memory beside the main one', 'start the guest with all of its memory in -m'],
	[/^ivshmem/, 'memory that it shares with others of this host', WITHOUT_IT],
	[/^(virtio-9p|usb-mtp$)/, 'a directory of this host', WITHOUT_IT],
	[/^(guest-)?loader$/, 'a file of this host that is put into the memory of the guest', 'use -kernel or a disk'],
	[/^tpm-/, 'keys that are kept outside of QEMU', WITHOUT_IT],
	[/^nvme|^virtio-(gpu|vga)-gl/, 'a device whose state QEMU cannot save', 'use another model'],
];

/** What is against moving a device of this model; undefined where nothing is known. */
export function immovable(model: string): Immovable | undefined {
	const found = IMMOVABLE.find(([models]) => models.test(model));
	return found && {what: found[1], cure: found[2]};
}
