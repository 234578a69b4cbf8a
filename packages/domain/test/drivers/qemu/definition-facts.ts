import test from 'ava';
import {definitionFacts} from '../../../src/drivers/qemu/definition-facts.ts';
import {qemuDefinition} from '../../helpers/qemu-definition.ts';

test('what a guest was made of is told in a line each', t => {
	t.deepEqual(
		definitionFacts(
			qemuDefinition({
				kernel: {image: '/srv/images/vmlinuz'},
				disks: [{node: 'disk0', path: '/srv/images/a.img', format: 'raw', sharing: 'shared', direct: true}],
				networks: [
					{netdev: 'net0', network: 'lan'},
					{netdev: 'net1', network: 'lab'},
				],
				devices: [
					{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}},
					{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:02'}},
				],
			}),
		),
		{
			machine: 'pc-q35-7.2',
			accelerator: 'tcg',
			cpu: 'qemu64',
			memoryBackend: 'memfd',
			kernel: '/srv/images/vmlinuz',
			'disk.disk0': '/srv/images/a.img (raw, shared)',
			'network.net0': 'lan (52:54:00:00:00:02)',
			'network.net1': 'lab',
			devices: 'virtio-blk-pci, virtio-net-pci',
		},
	);
});
