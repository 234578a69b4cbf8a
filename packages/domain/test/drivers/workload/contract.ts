import test from 'ava';
import {testDomainContract} from '@sterna/domain/contract';
import {workloadSubject} from '../../helpers/workload-subject.ts';

testDomainContract(test, workloadSubject(['pagemap-scan', 'compare']));
