import {readFileSync} from 'node:fs';
import test from 'ava';
import {ERROR_CODES} from '../../src/operation-error.ts';

const SPEC = readFileSync(new URL('../../../../docs/spec/control.md', import.meta.url), 'utf8');
const PROTO = readFileSync(new URL('../../proto/control.proto', import.meta.url), 'utf8');

test('the table of error codes in docs/spec/control.md is that of the code', t => {
	const rows = [...SPEC.matchAll(/^\| `(ERR_\w+)` \| (\d+) \| (.+) \|$/gm)].map(([, code, exitStatus, summary]) => [
		code,
		Number(exitStatus),
		summary,
	]);
	t.deepEqual(
		rows,
		Object.entries(ERROR_CODES).map(([code, {exitStatus, summary}]) => [code, exitStatus, summary]),
	);
});

test('every request has its place in docs/spec/control.md', t => {
	const [, frame = ''] = /message ClientFrame \{([\s\S]*?)\n\}/.exec(PROTO) ?? [];
	for (const [, name] of frame.matchAll(/^\t\t\w+ (\w+) = \d+;/gm)) t.true(SPEC.includes(`\`${name}\``), name);
});
