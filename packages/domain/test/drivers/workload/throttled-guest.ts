import test from 'ava';
import {EpochGate} from '../../../src/drivers/workload/epoch-gate.ts';
import {Guest} from '../../../src/drivers/workload/guest.ts';
import {MAX_WAITING, Responder} from '../../../src/drivers/workload/responder.ts';
import {smallWorkload} from '../../helpers/workload-subject.ts';
import {until} from '../../helpers/workshop.ts';

const neverOver = (): bigint => 0n;

test.serial('a guest that has said more than its gate holds makes no step until something is let out', async t => {
	const gate = new EpochGate({bootTimeNs: neverOver, limitBytes: 4096});
	const out: string[] = [];
	const write = (line: string): void => {
		gate.say(new TextEncoder().encode(line), bytes => out.push(new TextDecoder().decode(bytes)));
	};
	const definition = {...smallWorkload({lineIntervalMs: 1}, 64 * 4096), udpPort: 7000};
	await using guest = new Guest({definition, lines: {write}, gate, tracking: false, onNotice: () => undefined});
	await guest.boot();
	gate.hold();
	guest.resume();
	await until(() => gate.isFull);
	const {steps, lines} = guest.show();
	guest.receive('a', () => out.push('reply'));
	for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
	t.like(guest.show(), {steps, lines, serial: 0, state: 'running'});
	t.deepEqual(out, []);
	guest.pause();
	guest.cut(1, {first: true});
	guest.resume();
	guest.release(1, undefined);
	await until(() => guest.show().serial === 1);
	t.deepEqual(
		out.map(line => Number(/^LINE (\d+)/.exec(line)?.[1])),
		Array.from({length: lines}, (_, index) => index + 1),
	);
	await until(() => guest.show().steps > steps + 2);
	t.throws(() => guest.cut(2, {first: false}), {code: 'ERR_DOMAIN_STATE'}, 'not while it runs');
});

test('requests beyond those that wait are lost', t => {
	const gate = new EpochGate({bootTimeNs: neverOver});
	const responder = new Responder();
	const out: string[] = [];
	for (let count = 0; count < MAX_WAITING + 5; count++) responder.receive(`${count}`, bytes => out.push(new TextDecoder().decode(bytes)));
	responder.answer(7, gate);
	responder.answer(7, gate);
	t.is(out.length, MAX_WAITING);
	t.is(responder.state.serial, MAX_WAITING);
	t.regex(out.at(-1) ?? '', new RegExp(`^REPLY serial=${MAX_WAITING} step=7 nonce=${MAX_WAITING - 1} `));
});
