import test from 'ava';
import {LiveView} from '../../src/progress/live-view.ts';
import {MIGRATION, result, status} from '../helpers/frames.ts';
import {Sink} from '../helpers/sink.ts';

test('no line of the display is wider than the terminal', t => {
	for (const columns of [20, 40, 80]) {
		const stdout = new Sink({columns});
		const view = new LiveView({stdout, unicode: true, now: () => 0});
		view.update(status({domain: 'a-rather-long-name-of-a-domain', reason: 'x'.repeat(200), expectedDowntimeMs: 9}));
		view[Symbol.dispose]();
		const visible = stdout.text.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '');
		for (const line of visible.split('\n')) t.true(line.length < columns, `${line.length} of ${columns}: ${line}`);
	}
});

test('drawing hides no cursor and changes no mode that would outlive the process', t => {
	const stdout = new Sink({columns: 80});
	const view = new LiveView({stdout, unicode: true, now: () => 0});
	for (const frame of MIGRATION) view.update(frame);
	view.note('aborting');
	view.end(result(), 'outgoing');
	t.false(stdout.text.includes('\u001B[?25l'));
	t.false(stdout.text.includes('\u001B[?1049h'));
	t.true(stdout.text.endsWith('handover 1.3 ms, resume 0.2 ms\n'));
	t.is(stdout.listenerCount('resize'), 0);
});

test('events that come faster than an eye are not all drawn, but every change of phase is', t => {
	const stdout = new Sink({columns: 80});
	let nowMs = 0;
	using view = new LiveView({stdout, unicode: true, now: () => nowMs});
	view.update(status({pagesSent: 1}));
	const afterFirst = stdout.text.length;
	for (nowMs = 1; nowMs < 50; nowMs++) view.update(status({pagesSent: nowMs}));
	t.is(stdout.text.length, afterFirst);
	view.update(status({phase: 'stop-and-copy'}));
	t.true(stdout.text.includes('stop-and-copy'));
	nowMs = 200;
	view.update(status({phase: 'stop-and-copy', pagesSent: 77_777}));
	t.true(stdout.text.includes('77,777'));
});

test('the display is drawn again when the terminal is resized', t => {
	const stdout = new Sink({columns: 80});
	using view = new LiveView({stdout, unicode: true, now: () => 0});
	view.update(status());
	const before = stdout.text.length;
	stdout.columns = 30;
	stdout.emit('resize');
	t.true(stdout.text.length > before);
});
