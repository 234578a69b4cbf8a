import test from 'ava';
import {DomainError} from '../../../src/index.ts';
import {EpochGate, MAX_EPOCHS, type Outlet} from '../../../src/drivers/workload/epoch-gate.ts';

/** A gate with a clock that is set by hand, and what came out of it. */
function newGate(limitBytes?: number): {gate: EpochGate; out: string[]; clock: {ns: bigint}; say: (text: string) => void; outlet: Outlet} {
	const out: string[] = [];
	const clock = {ns: 100n};
	const gate = new EpochGate({bootTimeNs: () => clock.ns, ...(limitBytes === undefined ? {} : {limitBytes})});
	const outlet: Outlet = bytes => out.push(new TextDecoder().decode(bytes));
	return {gate, out, clock, outlet, say: text => gate.say(new TextEncoder().encode(text), outlet)};
}

const FIRST = {first: true};
const NEXT = {first: false};
const code = (expected: string): {instanceOf: typeof DomainError; code: string} => ({instanceOf: DomainError, code: expected});

test('an open gate lets everything through at once', t => {
	const {gate, out, say} = newGate();
	say('a');
	t.deepEqual(out, ['a']);
	t.deepEqual(gate.facts, {holding: false, heldBytes: 0, heldItems: 0, epochs: 0});
	t.throws(() => gate.cut(1, FIRST), code('ERR_DOMAIN_STATE'));
});

test('epochs come out one after the other, and with a later one all before it', t => {
	const {gate, out, say} = newGate();
	gate.hold();
	for (const epoch of [1, 2, 3, 4]) {
		say(`${epoch}a`);
		say(`${epoch}b`);
		gate.cut(epoch, epoch === 1 ? FIRST : NEXT);
	}

	say('5a');
	t.deepEqual(gate.facts, {holding: true, heldBytes: 18, heldItems: 9, epochs: 4});
	gate.release(1, undefined);
	t.deepEqual(out, ['1a', '1b']);
	gate.release(3, undefined);
	t.deepEqual(out, ['1a', '1b', '2a', '2b', '3a', '3b']);
	gate.open();
	t.deepEqual(out.slice(6), ['4a', '4b', '5a']);
	say('6');
	t.is(out.at(-1), '6');
	t.deepEqual(gate.facts, {holding: false, heldBytes: 0, heldItems: 0, epochs: 0});
});

test('the clock is read for each item: what is not out at the deadline stays, in its place', t => {
	const {gate, out, clock, say} = newGate();
	gate.hold();
	for (const text of ['a', 'b']) say(text);
	gate.say(new Uint8Array(1), () => {
		clock.ns = 200n; // The process was stopped for so long.
	});
	say('c');
	gate.cut(1, FIRST);
	t.throws(() => gate.release(1, 200n), code('ERR_LEASE_LOST'));
	t.deepEqual(out, ['a', 'b']);
	t.deepEqual(gate.facts, {holding: true, heldBytes: 1, heldItems: 1, epochs: 1});
	t.throws(() => gate.release(1, 200n), code('ERR_LEASE_LOST'), 'at the deadline itself it is over');
	gate.release(1, 201n);
	t.deepEqual(out, ['a', 'b', 'c']);
});

test('what an outlet does not take stays held, and is the first to go next time', t => {
	const {gate, out, say} = newGate();
	gate.hold();
	say('a');
	let full = true;
	gate.say(new Uint8Array(1), () => {
		if (full) throw new Error('no space left on device');
		out.push('b');
	});
	say('c');
	gate.cut(1, FIRST);
	t.throws(() => gate.release(1, undefined), {message: 'no space left on device'});
	t.throws(() => gate.open(), {message: 'no space left on device'});
	t.true(gate.facts.holding);
	t.deepEqual(out, ['a']);
	full = false;
	gate.open();
	t.deepEqual(out, ['a', 'b', 'c']);
});

test('the first cut of a daemon takes what an earlier one has cut, and begins its numbers anew', t => {
	const {gate, out, say} = newGate();
	gate.hold();
	say('a');
	gate.cut(7, FIRST);
	say('b');
	gate.cut(8, NEXT);
	say('c');
	gate.hold();
	t.is(gate.facts.epochs, 2, 'holding what is held changes nothing');
	gate.release(7, undefined);
	t.deepEqual(out, ['a']);
	gate.cut(1, FIRST);
	t.throws(() => gate.release(8, undefined), code('ERR_DOMAIN_STATE'));
	gate.release(1, undefined);
	t.deepEqual(out, ['a', 'b', 'c']);
});

test('epochs rise, and no more are cut than the gate has', t => {
	const {gate} = newGate();
	gate.hold();
	for (let epoch = 1; epoch <= MAX_EPOCHS; epoch++) gate.cut(epoch, epoch === 1 ? FIRST : NEXT);
	t.throws(() => gate.cut(MAX_EPOCHS, NEXT), code('ERR_DOMAIN_STATE'));
	t.throws(() => gate.cut(MAX_EPOCHS + 1, NEXT), code('ERR_DOMAIN_STATE'));
	gate.release(1, undefined);
	t.throws(() => gate.cut(MAX_EPOCHS, NEXT), code('ERR_DOMAIN_STATE'));
	t.notThrows(() => gate.cut(MAX_EPOCHS + 1, NEXT));
});

test('a gate is full at its limit, small items counted with what they cost, and drops nothing', t => {
	const {gate, out, say} = newGate(1024);
	say('not held');
	gate.hold();
	for (let count = 0; count < 3; count++) say('x');
	t.false(gate.isFull);
	say('x');
	t.true(gate.isFull);
	say('y');
	gate.cut(1, FIRST);
	gate.release(1, undefined);
	t.false(gate.isFull);
	t.deepEqual(out, ['not held', 'x', 'x', 'x', 'x', 'y']);
});
