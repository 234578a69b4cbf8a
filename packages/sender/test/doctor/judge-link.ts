import test from 'ava';
import {clockOffset} from '@sterna/host';
import {array, assert, integer, property, tuple} from 'fast-check';
import {type ConnectFailure, judgeClock, judgeConnection, judgeDataPort, judgePeerName} from '../../src/doctor/judge-link.ts';

const HOST = {host: 'host-b', address: '192.0.2.7:7440', port: 7440};

test('what keeps a connection from being made has the cure of its cause', t => {
	const rows: readonly [ConnectFailure['code'], systemCode: string | undefined, fix: RegExp][] = [
		['ERR_HOST_UNREACHABLE', 'ECONNREFUSED', /systemctl start sterna-receiver, on host-b/],
		['ERR_HOST_UNREACHABLE', 'ETIMEDOUT', /lets TCP port 7440 in/],
		['ERR_HOST_UNREACHABLE', undefined, /lets TCP port 7440 in/],
		['ERR_HOST_UNREACHABLE', 'EHOSTUNREACH', /route/],
		['ERR_HOST_UNREACHABLE', 'ENOTFOUND', /hosts\.host-b\.address/],
		['ERR_TLS', undefined, /hosts\.host-b\.tls-name/],
		['ERR_CONFIG', undefined, /configure \[tls\] on both hosts/],
		['ERR_PROTOCOL_VERSION', undefined, /same version of Sterna here and on host-b/],
	];
	for (const [code, systemCode, fix] of rows) {
		const judged = judgeConnection({...HOST, failure: {code, message: 'it failed', systemCode}, roundTripMs: undefined});
		t.like(judged, {check: 'connection', state: 'fault', detail: 'it failed'});
		t.regex(judged.fix, fix, `${code} ${systemCode}`);
	}

	t.like(judgeConnection({...HOST, failure: undefined, roundTripMs: 1.5}), {state: 'ok', fix: ''});
});

test('a data port that is closed while the control port is open is a matter of what is between', t => {
	const at = {host: 'host-b', address: '192.0.2.7:7441', port: 7441};
	t.like(judgeDataPort({...at, failure: undefined}), {state: 'ok', fix: ''});
	for (const [failure, fix] of [
		['ECONNREFUSED', /open TCP port 7441 of host-b/],
		['timeout', /lets TCP port 7441 in/],
		['EHOSTUNREACH', /route/],
	] as const) {
		const judged = judgeDataPort({...at, failure});
		t.is(judged.state, 'fault');
		t.regex(judged.fix, fix);
	}
});

test('a host that calls itself otherwise is a fault', t => {
	t.like(judgePeerName({host: 'host-b', answered: 'host-b'}), {state: 'ok', fix: ''});
	const other = judgePeerName({host: 'host-b', answered: 'host-c'});
	t.is(other.state, 'fault');
	t.regex(other.fix, /hosts\.host-b\.address/);
});

test('clocks: apart by more than a second is a warning, by more than five minutes a fault, beyond what the round trip leaves open', t => {
	const at = (offsetMs: number, roundTripMs = 2): ReturnType<typeof judgeClock> =>
		judgeClock('host-b', {offsetMs, uncertaintyMs: roundTripMs / 2, roundTripMs});
	for (const [offsetMs, state, detail] of [
		[0, 'ok', /0\.0 ms ahead \(± 1\.0 ms\)/],
		[-700, 'ok', /700\.0 ms behind/],
		[2000, 'warning', /2\.0 s ahead/],
		[-90_000, 'warning', /90\.0 s behind/],
		[3_600_000, 'fault', /3600\.0 s ahead.*certificates/],
	] as const) {
		const judged = at(offsetMs);
		t.is(judged.state, state);
		t.regex(judged.detail, detail);
		t.is(judged.fix === '', state === 'ok');
	}

	t.is(at(1500, 2000).state, 'ok', 'it may be half a second');
	t.like(judgeClock('host-b', undefined), {state: 'warning'});
});

test('the offset of a clock is right to within half of the shortest round trip, however the others are delayed', t => {
	const delays = array(tuple(integer({min: 0, max: 500}), integer({min: 0, max: 500})), {minLength: 1, maxLength: 9});
	assert(
		property(integer({min: -1e7, max: 1e7}), delays, (offsetMs, ways) => {
			const samples = ways.map(([thereMs, backMs], index) => {
				const sentMs = 1e9 + index * 1000;
				return {sentMs, receivedMs: sentMs + thereMs + backMs, theirMs: sentMs + thereMs + offsetMs};
			});
			const found = clockOffset(samples);
			const shortest = Math.min(...samples.map(({sentMs, receivedMs}) => receivedMs - sentMs));
			return found !== undefined && found.uncertaintyMs === shortest / 2 && Math.abs(found.offsetMs - offsetMs) <= found.uncertaintyMs;
		}),
	);
	t.is(clockOffset([]), undefined);
});
