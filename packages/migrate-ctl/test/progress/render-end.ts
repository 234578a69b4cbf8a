import test from 'ava';
import {renderEnd} from '../../src/progress/render-end.ts';
import {plainStyle} from '../../src/render/style.ts';
import {result} from '../helpers/frames.ts';

test('the end of a migration fits a terminal, at the places where words end', t => {
	for (const columns of [40, 79, 200]) {
		const lines = renderEnd(result(), 'outgoing', plainStyle, columns).split('\n');
		for (const line of lines) t.true(line.length <= columns, `${columns}: ${line}`);
		t.is(lines.map(line => line.trim()).join(' '), renderEnd(result(), 'outgoing', plainStyle).replaceAll(/\s+/g, ' '));
	}
});

test('what is said first has its colour, whatever is broken behind it', t => {
	const said = renderEnd(result(), 'outgoing', (role, text) => `<${role}>${text}</>`, 60);
	t.regex(said, /^<good>dom1 is on host-b<\/>: 354 ms/);
	t.regex(said, /^ {2}<label>downtime<\/>: pause/m);
});
