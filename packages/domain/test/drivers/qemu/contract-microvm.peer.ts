import test from 'ava';
import {testDomainContract} from '@sterna/domain/contract';
import {qemuSubject} from '../../helpers/qemu-subject.ts';

testDomainContract(test, qemuSubject({machine: 'microvm', memoryBackend: 'memfd', trackers: ['compare']}));
