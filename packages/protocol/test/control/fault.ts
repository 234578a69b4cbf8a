import test from 'ava';
import {decodeServerFrame, encodeServerFrame, faultFromMessage, faultToMessage} from '../../src/control/index.ts';
import {causeChain, OperationError, type OperationFault, PHASES, SIDES} from '../../src/operation-error.ts';

const FAULT: OperationFault = {
	code: 'ERR_TARGET_REFUSED',
	message: 'the name dom1 is taken on host-b',
	side: 'receiver',
	phase: 'prepare',
	runsOn: {kind: 'host', host: 'host-a'},
	next: 'migrate-ctl domain list',
	causes: ['receiver: first', 'sender: ERR_X: second'],
};

/** As the other side gets it, through the wire. */
const transfer = (error: OperationError): OperationError => {
	const frame = decodeServerFrame(encodeServerFrame({request: 1, last: true, kind: 'fault', body: faultToMessage(error)}));
	if (frame.kind !== 'fault') throw new TypeError(frame.kind);
	return faultFromMessage(frame.body);
};

test('an error arrives with everything that it knew', t => {
	t.deepEqual(transfer(new OperationError(FAULT)).fault, FAULT);
	for (const runsOn of [{kind: 'nowhere'}, {kind: 'unknown'}] as const)
		t.deepEqual(transfer(new OperationError({...FAULT, runsOn})).fault.runsOn, runsOn);
	t.is(transfer(new OperationError({...FAULT, next: undefined})).fault.next, undefined);
});

test('the chain of causes of both sides arrives', t => {
	const error = new OperationError({...FAULT, causes: []}, {cause: new Error('outer', {cause: new Error('inner')})});
	t.deepEqual(transfer(error).fault.causes, ['receiver: outer', 'receiver: inner']);
});

test('a fault that crosses a second host keeps where each of its causes arose', t => {
	const atReceiver = transfer(new OperationError({...FAULT, code: 'ERR_FILE', causes: []}, {cause: new Error('no space')}));
	const atSender = new OperationError({...FAULT, side: 'sender', causes: causeChain(atReceiver)}, {cause: atReceiver});
	t.deepEqual(transfer(atSender).fault.causes, ['receiver: ERR_FILE: the name dom1 is taken on host-b', 'receiver: no space']);
	const below = new OperationError({...FAULT, side: 'sender', causes: []}, {cause: new Error('gave up', {cause: atReceiver})});
	t.deepEqual(transfer(below).fault.causes, [
		'sender: gave up',
		'receiver: ERR_FILE: the name dom1 is taken on host-b',
		'receiver: no space',
	]);
});

test('every phase and every side arrives', t => {
	for (const phase of PHASES) for (const side of SIDES) t.like(transfer(new OperationError({...FAULT, phase, side})).fault, {phase, side});
});

test('long texts are cut, so that the report of an error never fails', t => {
	const error = transfer(
		new OperationError({
			...FAULT,
			message: '€'.repeat(10_000),
			causes: Array.from({length: 40}, (_, index) => `${index} ${'x'.repeat(9999)}`),
		}),
	);
	t.is(error.message.length, 1365);
	t.true(error.message.endsWith('…'));
	t.true(error.fault.causes.length <= 16);
});

test('a code of a later version becomes ERR_INTERNAL and keeps its text', t => {
	const error = faultFromMessage({
		...faultToMessage(new OperationError(FAULT)),
		code: 'ERR_COSMIC_RAY',
		side: 'moon',
		phase: 'eclipse',
		runsOnKind: 'orbit',
	});
	t.like(error.fault, {
		code: 'ERR_INTERNAL',
		message: 'ERR_COSMIC_RAY: the name dom1 is taken on host-b',
		side: 'receiver',
		phase: 'request',
		runsOn: {kind: 'unknown'},
	});
});
