import test from 'ava';
import {renderBar} from '../../src/progress/bar.ts';

test('a bar is exactly as wide as asked for, whatever the share', t => {
	for (const cells of ['blocks', 'ascii'] as const) {
		for (let share = -0.1; share <= 1.1; share += 0.01) {
			const {full, rest} = renderBar(share, 23, cells);
			t.is(full.length + rest.length, 23, `${cells} at ${share}`);
		}
	}
});

test('a bar is empty at 0, whole at 1 and shows eighths between', t => {
	t.deepEqual(renderBar(0, 4, 'blocks'), {full: '', rest: '····'});
	t.deepEqual(renderBar(1, 4, 'blocks'), {full: '████', rest: ''});
	t.deepEqual(renderBar(0.375, 4, 'blocks'), {full: '█▌', rest: '··'});
	t.deepEqual(renderBar(0.5, 4, 'ascii'), {full: '##', rest: '--'});
});

test('a terminal without room has no bar', t => {
	t.deepEqual(renderBar(0.5, -3, 'blocks'), {full: '', rest: ''});
});
