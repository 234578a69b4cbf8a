import test from 'ava';
import {operationError, toOperationError} from '../src/operation-faults.ts';

const HERE = {side: 'sender', phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}, domain: 'dom1', peer: 'host-b'} as const;

test('an error from a part that knows of no phase gets the one in which it arose', t => {
	const lost = operationError('ERR_CONNECTION_LOST', 'the connection broke', {side: 'sender', phase: 'request', runsOn: {kind: 'unknown'}});
	const {fault} = toOperationError(lost, HERE);
	t.like(fault, {phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}, next: 'migrate-ctl start dom1 host-b'});
});

test('an error keeps the phase and the side that it knows', t => {
	const refused = operationError('ERR_DOMAIN_EXISTS', 'it is there already', {
		side: 'receiver',
		phase: 'prepare',
		runsOn: {kind: 'unknown'},
	});
	t.like(toOperationError(refused, HERE).fault, {code: 'ERR_DOMAIN_EXISTS', phase: 'prepare', side: 'receiver'});
});

test('an error of the system becomes a code that the operator knows, with its causes', t => {
	const full = Object.assign(new Error('write ENOSPC', {cause: new Error('the disk')}), {code: 'ENOSPC'});
	t.like(toOperationError(full, {...HERE, phase: 'save'}).fault, {code: 'ERR_DISK_FULL', phase: 'save', causes: ['the disk']});
});
