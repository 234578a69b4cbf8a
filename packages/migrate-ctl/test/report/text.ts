import {stripVTControlCharacters, styleText} from 'node:util';
import * as fc from 'fast-check';
import test from 'ava';
import {plainStyle} from '../../src/render/style.ts';
import {explain} from '../../src/report/explain/index.ts';
import {readRecord} from '../../src/report/record.ts';
import {renderReport, type TextOptions} from '../../src/report/text/render-report.ts';
import {wrapped} from '../../src/render/wrap.ts';
import {begun, completed, cutOff, fault, lostLink, neverConverging, passes, type Recording, refused} from '../helpers/recordings.ts';

function rendered(recording: Recording, options: Partial<TextOptions> = {}): string {
	const record = readRecord(recording.lines);
	if (record === undefined) throw new TypeError('no recording');
	return renderReport(record, explain(record), {style: plainStyle, width: 80, unicode: true, ...options});
}

const LONG = 'x'.repeat(300);
const RECORDINGS: readonly (readonly [string, Recording])[] = [
	['completed', completed()],
	['never converging', neverConverging('60.2 s since the start, the deadline was 60.0 s', {deadlineMs: 60_000})],
	[
		'cut',
		lostLink({again: fault('ERR_PEER_SILENT', `nothing was heard of ${LONG}`, {causes: [LONG, 'connect ETIMEDOUT']}), receiver: 'ends'}),
	],
	['refused', refused(fault('ERR_TLS', 'the certificate of host-b is out of date', {phase: 'prepare'}))],
	['cut off', cutOff('handover')],
];

for (const [name, recording] of RECORDINGS) {
	test(`a report fits into 80 columns, and into 50: ${name}`, t => {
		for (const width of [80, 50]) {
			const lines = rendered(recording, {width}).split('\n');
			// Commands are for pasting; a table is as wide as its figures.
			const prose = lines.filter(line => !line.startsWith('    ') && (width === 80 || !/ (?:KiB|MiB|GUEST WROTE)/.test(line)));
			for (const line of prose) t.true(line.length <= width, line);
			t.false(
				lines.some(line => line !== line.trimEnd()),
				'no blanks at the end of a line',
			);
		}
	});
}

test('a report of a run that completed has all of its parts', t => {
	const text = rendered(completed());
	for (const title of ['What happened', 'Why', 'Where the guest is', 'Timeline', 'Iterations', 'Downtime', 'Configuration', 'Hosts'])
		t.regex(text, new RegExp(`^${title}$`, 'm'), title);
	t.notRegex(text, /^What to do$/m);
	t.regex(text, /^ {2}last pass {7}30\.2 ms {2}█+/m);
	t.regex(text, /^ +1 +512 MiB +512 MiB +2\.68 s +200 MB\/s +-$/m);
	t.regex(text, /host-b is 12\.4 ms behind host-a, known to ±0\.3 ms/);
	t.regex(text, /sterna-receiver 0\.1\.0; recorded to its end/);
});

test('a report names the tracker that was in use, and what was configured where that is another', t => {
	const opened = {kind: 'opened', totalPages: 131_072} as const;
	t.regex(rendered(completed().add(2, {...opened, tracker: 'pagemap-scan'})), /^ {2}tracker {10}pagemap-scan \(userfaultfd\)$/m);
	t.regex(rendered(completed().add(2, {...opened, tracker: 'userfaultfd'})), /^ {2}tracker {10}userfaultfd$/m);
	t.regex(rendered(completed()), /^ {2}tracker {10}userfaultfd$/m);
	t.notRegex(rendered(completed().add(2, {...opened, tracker: ''})), /^ {2}tracker/m);
});

test('a report without UTF-8 draws its bars in ASCII', t => {
	const text = rendered(completed(), {unicode: false});
	t.regex(text, /^ {2}last pass {7}30\.2 ms {2}#{20,}/m);
	t.notRegex(text, /█/);
});

test('colours change nothing but colours', t => {
	const coloured = rendered(completed(), {style: (role, text) => styleText(role === 'bad' ? 'red' : 'dim', text, {validateStream: false})});
	t.not(coloured, rendered(completed()));
	t.is(stripVTControlCharacters(coloured), rendered(completed()));
});

test('an error that holds escapes moves no cursor', t => {
	const text = rendered(
		refused(fault('ERR_TARGET_REFUSED', 'no\u001B[2J\u001B]0;owned\u0007\n\u202Eevil', {side: 'receiver', phase: 'prepare'})),
	);
	t.notRegex(text, /[\u001B\u0007\u202E]/);
	t.regex(text, /\\x1b\[2J/);
});

test('a recording with thousands of events is told in a bounded number of lines', t => {
	const recording = begun();
	passes(recording, {dirty: Array.from({length: 500}, (_, index) => 5000 + index)});
	for (let atMs = 0; atMs < 5000; atMs++) recording.add(atMs, {kind: 'note', text: `a note ${atMs}`});
	const lines = rendered(recording).split('\n');
	t.true(lines.length < 200, String(lines.length));
	t.true(lines.some(line => /… 4,9\d\d more/.test(line)));
});

test('lines that are wrapped hold all words in their order, none wider than allowed', t => {
	fc.assert(
		fc.property(
			fc.array(
				fc.string({minLength: 1, maxLength: 60}).filter(word => !word.includes(' ')),
				{minLength: 1},
			),
			fc.integer({min: 5, max: 80}),
			(words, width) => {
				const lines = wrapped(words.join(' '), width);
				t.true(lines.every(line => line.length <= width));
				t.is(lines.join('').replaceAll(' ', ''), words.join(''));
			},
		),
	);
});
