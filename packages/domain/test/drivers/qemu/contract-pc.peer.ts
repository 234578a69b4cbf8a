import test from 'ava';
import {testDomainContract} from '@sterna/domain/contract';
import {qemuSubject} from '../../helpers/qemu-subject.ts';

testDomainContract(
	test,
	qemuSubject({
		machine: 'pc-i440fx-7.2',
		memoryBackend: 'file',
		trackers: ['pagemap-scan'],
		hotPlug: {buses: ['pci.0', 'pci.0'], devices: []},
	}),
);
