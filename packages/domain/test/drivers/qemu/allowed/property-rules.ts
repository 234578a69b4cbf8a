import test from 'ava';
import {type References, whyNotProperty, whyNotSetting} from '../../../../src/drivers/qemu/allowed/property-rules.ts';

const REFERENCES: References = {nodes: new Set(['disk0']), netdevs: new Set(['net0'])};
const why = (name: string, value: string): string | undefined => whyNotProperty(name, value, REFERENCES);

test('what stays within the guest is allowed', t => {
	const properties = [
		['drive', 'disk0'],
		['netdev', 'net0'],
		['mac', '52:54:00:ab:CD:02'],
		['romfile', ''],
		['id', 'root.port-1'],
		['bus', 'pcie.0'],
		['addr', '0x1f.7'],
		['addr', '05'],
		['port', '1.4'],
		['bootindex', '1'],
		['serial', 'my disk, "the" /first'],
		['num-queues', '4'],
		['disable-legacy', 'on'],
		['romsize', '4294967295'],
		['logical_block_size', '4k'],
		['queue-size', '0x100'],
		['werror', 'stop'],
		['tx', 'bh'],
		['x-speed', '2_5'],
		['free-page-reporting', 'off'],
		['vhost', 'off'],
	] as const;
	for (const [name, value] of properties) t.is(why(name, value), undefined, `${name}=${value}`);
});

test('what would reach beyond the guest is not', t => {
	const properties = [
		// Files of the host.
		['romfile', '/etc/shadow'],
		['romfile', 'efi-virtio.rom'],
		['pcap', '/root/.ssh/authorized_keys'],
		['pcap', '1'],
		['file', '/etc/passwd'],
		['some-new-property', '/dev/sda'],
		['some-new-property', '../secret'],
		['some-new-property', 'name-of-a-file'],
		// Another device model, and objects that QEMU has for us.
		['driver', 'vfio-pci'],
		['driver', '1'],
		['chardev', 'qmp'],
		['chardev', 'console'],
		['memdev', 'ram'],
		['iothread', 'io1'],
		// Other processes and the kernel.
		['vhost', 'on'],
		['vhostfd', '3'],
		['fds', '3:4'],
		['hostdevice', '1'],
		// What this guest does not have.
		['drive', 'disk1'],
		['drive', 'disk0-file'],
		['drive', ''],
		['netdev', 'net1'],
		// What breaks a promise of ours.
		['share-rw', 'on'],
		['share-rw', 'off'],
		['failover', 'on'],
		['free-page-reporting', 'on'],
		['free-page-hint', 'true'],
		// Forms.
		['mac', '52:54:00:00:00'],
		['mac', 'x'],
		['id', '1'],
		['bus', '/machine/peripheral'],
		['addr', 'ffff:00'],
		['serial', 'x'.repeat(129)],
		['bootindex', ''],
		['bootindex', '1,driver=vfio-pci'],
	] as const;
	for (const [name, value] of properties) t.is(typeof why(name, value), 'string', `${name}=${value}`);
});

test('a default of a device refers to nothing', t => {
	t.is(whyNotSetting('disable_s3', '1'), undefined);
	t.is(whyNotSetting('lost_tick_policy', 'discard'), undefined);
	for (const name of ['drive', 'netdev', 'bus', 'id']) t.is(typeof whyNotSetting(name, 'disk0'), 'string', name);
});
