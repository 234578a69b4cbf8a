import test from 'ava';
import * as fc from 'fast-check';
import {
	digestOf,
	formatReply,
	formatRequest,
	MAX_DATAGRAM_BYTES,
	nextReply,
	NO_REPLIES,
	parseReply,
	parseRequest,
} from '../../../src/drivers/workload/replies.ts';

const NONCE = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

test('a request and its reply are what was sent, and fit into a datagram that is looked at', t => {
	fc.assert(
		fc.property(NONCE, fc.maxSafeNat(), fc.nat(), (nonce, step, serial) => {
			const reply = nextReply({serial, digest: '0123456789abcdef'}, {step, nonce});
			return (
				parseRequest(formatRequest(nonce)) === nonce &&
				JSON.stringify(parseReply(formatReply(reply))) === JSON.stringify(reply) &&
				formatReply(reply).length <= MAX_DATAGRAM_BYTES
			);
		}),
	);
	t.pass();
});

test('what is no request has no nonce, and what is no reply no serial number', t => {
	for (const text of ['', 'ASK', 'ASK ', 'ask a', 'ASK a b', 'ASK a\n\n', `ASK ${'x'.repeat(65)}`, 'ASK ä', 'REPLY a'])
		t.is(parseRequest(text), undefined, text);
	const reply = formatReply(nextReply(NO_REPLIES, {step: 5, nonce: 'a'}));
	for (const text of ['', reply.trimEnd(), ` ${reply}`, reply.replace('serial=1', 'serial=-1'), reply.replace('digest=', 'digest=0')])
		t.is(parseReply(text), undefined, text);
});

test('a reply follows from all before it', t => {
	const first = nextReply(NO_REPLIES, {step: 10, nonce: 'a'});
	const second = nextReply(first, {step: 10, nonce: 'a'});
	t.deepEqual([first.serial, second.serial], [1, 2]);
	t.is(first.previous, NO_REPLIES.digest);
	t.is(second.previous, first.digest);
	t.is(digestOf(second), second.digest);
	const others = [
		nextReply({...first, serial: 2}, {step: 10, nonce: 'a'}),
		nextReply({...first, digest: NO_REPLIES.digest}, {step: 10, nonce: 'a'}),
		nextReply(first, {step: 11, nonce: 'a'}),
		nextReply(first, {step: 10, nonce: 'b'}),
	];
	t.is(new Set([second, ...others].map(({digest}) => digest)).size, 5);
});
