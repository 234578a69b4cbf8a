import test from 'ava';
import {Reconnection} from '../src/reconnect.ts';

test('a lost link is tried again until its time is over', t => {
	const reconnection = new Reconnection(1000);
	t.true(reconnection.mayGoOn('ERR_CONNECTION_LOST', 5000));
	t.true(reconnection.mayGoOn('ERR_HOST_UNREACHABLE', 5999));
	t.false(reconnection.mayGoOn('ERR_PEER_SILENT', 6000));
});

test('progress gives the next loss all the time again, and says how long there was no link', t => {
	const reconnection = new Reconnection(1000);
	t.is(reconnection.madeProgress(1), 0);
	reconnection.mayGoOn('ERR_CONNECTION_LOST', 5000);
	t.is(reconnection.madeProgress(5800), 800);
	t.true(reconnection.mayGoOn('ERR_CONNECTION_LOST', 6500));
	t.true(reconnection.mayGoOn('ERR_CONNECTION_LOST', 7499));
});

test('waits grow up to some seconds, and begin anew after progress', t => {
	const reconnection = new Reconnection(1);
	const waits = Array.from({length: 8}, () => reconnection.nextWaitMs());
	t.deepEqual(waits, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
	reconnection.madeProgress(0);
	t.is(reconnection.nextWaitMs(), 100);
});

test('changed bytes are borne three times, whatever the time', t => {
	const reconnection = new Reconnection(1000);
	for (const code of ['ERR_STREAM', 'ERR_PROOF_MISMATCH', 'ERR_TLS'] as const) {
		t.true(reconnection.mayGoOn(code, 0), code);
		reconnection.madeProgress(0);
	}

	t.false(reconnection.mayGoOn('ERR_STREAM', 0));
});

test('what is no loss of the link, and what must not be made anew, ends the migration', t => {
	t.false(new Reconnection(1000).mayGoOn('ERR_ABORTED_BY_RECEIVER', 0));
	t.false(new Reconnection(1000).mayGoOn('ERR_TARGET_REFUSED', 0));
	t.false(new Reconnection(0).mayGoOn('ERR_CONNECTION_LOST', 0));
});
