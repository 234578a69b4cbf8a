import test from 'ava';
import {SentPages} from '../../src/engine/sent-pages.ts';

const batch = (...runs: number[]): Parameters<SentPages['take']>[0] => ({runs: Uint32Array.from(runs), pageCount: 0, nextPfn: 0});

test('zeros are only named in a batch none of whose pages was sent, and are cleared in every other', t => {
	const sent = new SentPages(1000);
	t.is(sent.take(batch(0, 100, 200, 1)), 'allocate');
	t.is(sent.take(batch(100, 100, 201, 10)), 'allocate');
	t.is(sent.take(batch(300, 100, 200, 1)), 'record');
	t.is(sent.take(batch(99, 1)), 'record');
	t.is(sent.take(batch(399, 1)), 'record');
	t.is(sent.take(batch(400, 600)), 'allocate');
	t.is(sent.take(batch(999, 1)), 'record');
});
