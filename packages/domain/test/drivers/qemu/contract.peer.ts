import test from 'ava';
import {testDomainContract} from '@sterna/domain/contract';
import {qemuSubject} from '../../helpers/qemu-subject.ts';

/** Two for each tracker: a bus of PCI Express takes one device. */
const ports = ['port1', 'port2', 'port3', 'port4'];

testDomainContract(
	test,
	qemuSubject({
		machine: 'pc-q35-7.2',
		memoryBackend: 'memfd',
		trackers: ['pagemap-scan', 'compare'],
		hotPlug: {
			buses: ports,
			devices: ports.map((id, index) => ({driver: 'pcie-root-port', properties: {id, chassis: `${index + 1}`}})),
		},
	}),
);
