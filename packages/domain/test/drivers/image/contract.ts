import test from 'ava';
import {testDomainContract} from '@sterna/domain/contract';
import {imageSubject} from '../../helpers/image-subject.ts';

testDomainContract(test, imageSubject('hvm'));
testDomainContract(test, imageSubject('pv'));
