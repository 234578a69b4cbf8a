/** Device models that cannot go to another host, whatever a host's list says. */
const IMMOVABLE: readonly (readonly [models: RegExp, why: string])[] = [
	[/^vfio-|^(usb-host|usb-redir|u2f-passthru|ccid-card-.*|usb-ccid|pvrdma)$|^virtio-input-host/, 'it is a device of this one host'],
	[/^scsi-(block|generic)$/, 'it is a device of this one host'],
	[/^vhost-|^x-pci-proxy-dev$|^tpm-/, 'another process serves it, and what that writes to the memory of the guest is not seen'],
	[/^(nvdimm|pc-dimm|cxl-type3)$|^virtio-p?mem/, 'it has memory beside the block that is migrated'],
	[/^ivshmem/, 'it shares memory with other processes'],
	[/^virtio-9p|^usb-mtp$/, 'it has files of this one host open'],
	[/^(guest-)?loader$/, 'it reads a file of this one host into the memory of the guest'],
	[/^nvme|^virtio-(gpu|vga)-gl/, 'QEMU cannot save its state'],
];

/** Why a device of this model cannot migrate; undefined where nothing is known against it. */
export function whyImmovable(model: string): string | undefined {
	return IMMOVABLE.find(([models]) => models.test(model))?.[1];
}
