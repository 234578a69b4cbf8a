import test from 'ava';
import type {OperationFault} from '@sterna/protocol';
import {faultJson, renderFault} from '../../src/render/fault.ts';
import {plainStyle} from '../../src/render/style.ts';

const FAULT: OperationFault = {
	code: 'ERR_HOST_UNREACHABLE',
	message: 'the receiver at 192.0.2.7:7101 does not answer',
	side: 'sender',
	phase: 'prepare',
	runsOn: {kind: 'host', host: 'host-a'},
	next: 'migrate-ctl hosts --probe',
	causes: ['connect ECONNREFUSED 192.0.2.7:7101'],
};

test('an error is one block with its code, phase, side, place, causes and next command', t => {
	t.is(
		renderFault(FAULT, plainStyle),
		[
			'error ERR_HOST_UNREACHABLE: the receiver at 192.0.2.7:7101 does not answer',
			'  phase: prepare',
			'  side: sender',
			'  the guest runs on host-a',
			'  cause: connect ECONNREFUSED 192.0.2.7:7101',
			'  next: migrate-ctl hosts --probe',
		].join('\n'),
	);
});

test('a place that is not known is told as that, and as unchanged where nothing was begun', t => {
	t.regex(renderFault({...FAULT, runsOn: {kind: 'unknown'}}, plainStyle), /where the guest runs is not known yet/);
	t.regex(
		renderFault({...FAULT, phase: 'request', runsOn: {kind: 'unknown'}}, plainStyle),
		/the guest runs where it did: nothing was changed/,
	);
	t.regex(renderFault({...FAULT, runsOn: {kind: 'nowhere'}}, plainStyle), /the guest runs nowhere/);
});

test('an error from another host cannot write to the terminal of this one', t => {
	const text = renderFault({...FAULT, message: 'gone\u001B[2J\u009B1m\nerror: none', causes: ['\u202Ereversed'], next: 'a\rb'}, plainStyle);
	t.false(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u.test(text));
	t.true(text.includes(String.raw`gone\x1b[2J\x9b1m\x0aerror: none`));
	t.is(text.split('\n').length, 6);
});

test('an error in JSON has every field, null where there is nothing to say', t => {
	t.deepEqual(faultJson({...FAULT, runsOn: {kind: 'nowhere'}, next: undefined, causes: []}), {
		code: 'ERR_HOST_UNREACHABLE',
		message: 'the receiver at 192.0.2.7:7101 does not answer',
		side: 'sender',
		phase: 'prepare',
		runsOn: null,
		next: null,
		causes: [],
	});
	t.is(faultJson(FAULT).runsOn, 'host-a');
	t.is(faultJson({...FAULT, runsOn: {kind: 'unknown'}}).runsOn, '?');
});
