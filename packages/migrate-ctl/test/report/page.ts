import {createHash} from 'node:crypto';
import * as fc from 'fast-check';
import {type DefaultTreeAdapterTypes as Tree, parse} from 'parse5';
import test, {type ExecutionContext} from 'ava';
import {explain} from '../../src/report/explain/index.ts';
import {renderPage} from '../../src/report/html/page.ts';
import {type Point, thin} from '../../src/report/html/series.ts';
import {readRecord} from '../../src/report/record.ts';
import {begun, completed, cutOff, fault, lostLink, neverConverging, passes, type Recording, refused} from '../helpers/recordings.ts';

function page(recording: Recording): string {
	const record = readRecord(recording.lines);
	if (record === undefined) throw new TypeError('no recording');
	return renderPage(record, explain(record));
}

function elementsOf(node: Tree.Node): Tree.Element[] {
	const children = 'childNodes' in node ? node.childNodes.flatMap(child => elementsOf(child)) : [];
	return 'tagName' in node ? [node, ...children] : children;
}

const attributesOf = ({attrs}: Tree.Element): Map<string, string> => new Map(attrs.map(({name, value}) => [name, value]));

function textOf(node: Tree.Node): string {
	if ('value' in node) return node.value;
	return 'childNodes' in node ? node.childNodes.map(child => textOf(child)).join('') : '';
}

/** Parsed as a browser does, every complaint being one. */
function parsed(t: ExecutionContext, text: string): Tree.Element[] {
	const complaints: string[] = [];
	const document = parse(text, {onParseError: ({code, startLine, startCol}) => complaints.push(`${code} at ${startLine}:${startCol}`)});
	t.deepEqual(complaints, []);
	return elementsOf(document);
}

const RECORDINGS: readonly (readonly [string, () => Recording])[] = [
	['completed', completed],
	['never converging', () => neverConverging('the deadline was 60.0 s', {deadlineMs: 60_000})],
	['cut', () => lostLink({again: fault('ERR_PEER_SILENT', 'nothing was heard of host-b'), receiver: 'ends'})],
	['refused', () => refused(fault('ERR_TLS', 'out of date', {phase: 'prepare'}))],
	['cut off', () => cutOff('precopy')],
];

for (const [name, recording] of RECORDINGS) {
	test(`a page is well-formed, loads nothing and runs nothing: ${name}`, t => {
		const elements = parsed(t, page(recording()));
		const tags = new Set(elements.map(({tagName}) => tagName));
		for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'base', 'form', 'a']) t.false(tags.has(tag), tag);
		for (const element of elements) {
			for (const [key, value] of attributesOf(element)) {
				t.false(/^on|^style$|href|src/i.test(key) && key !== 'charset', `${element.tagName} ${key}`);
				if (key !== 'content') t.notRegex(value, /url\(|https?:|NaN|undefined|Infinity/, key);
			}
		}

		const style = elements.find(({tagName}) => tagName === 'style');
		if (style === undefined) throw new TypeError('no style sheet');
		t.notRegex(textOf(style), /url\(|@import|https?:/);
		const policy = elements.map(each => attributesOf(each)).find(each => each.get('http-equiv') === 'Content-Security-Policy');
		t.true(
			policy?.get('content')?.includes(createHash('sha256').update(textOf(style)).digest('base64')),
			'the policy lets this style sheet be, and no other',
		);
	});

	test(`every picture of a page has a title and a description, and ids are there once: ${name}`, t => {
		const elements = parsed(t, page(recording()));
		const ids = elements.flatMap(element => attributesOf(element).get('id') ?? []);
		t.is(new Set(ids).size, ids.length);
		const pictures = elements.filter(element => element.tagName === 'svg' && attributesOf(element).get('aria-hidden') !== 'true');
		for (const picture of pictures) {
			t.is(attributesOf(picture).get('role'), 'img');
			const labels = attributesOf(picture).get('aria-labelledby')?.split(' ') ?? [];
			t.is(labels.length, 2);
			for (const label of labels) t.true(ids.includes(label), label);
		}
	});
}

test('a page of a run that completed shows its plots, its downtime and its figures', t => {
	const elements = parsed(t, page(completed()));
	const text = elements
		.filter(({tagName}) => tagName === 'body')
		.map(each => textOf(each))
		.join('');
	for (const words of [
		'dom1 moved from host-a to host-b',
		'Dirty and left to send',
		'Bandwidth',
		'Throughput',
		'Downtime: 38.5 ms',
		'last pass',
		'userfaultfd',
		'host-b is 12.4 ms behind host-a',
	])
		t.true(text.includes(words), words);
	const curves = elements.filter(each => each.tagName === 'path' && attributesOf(each).get('class')?.startsWith('curve') === true);
	t.true(curves.filter(each => (attributesOf(each).get('d')?.length ?? 0) > 20).length >= 5);
	t.is(elements.filter(each => attributesOf(each).get('class') === 'mark switch').length, 2 + 2, 'one in each plot, and one in the legend');
});

/** Texts that would be markup, were they not escaped. */
const nasty = fc.oneof(
	fc.constantFrom(
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"' onload='x",
		'</style><b>',
		'</title><script>',
		'<!--',
		']]>',
		'&lt;b&gt;',
		'&#60;b>',
		'\u0000\u202E\u0007',
	),
	fc.string({unit: 'grapheme', maxLength: 40}),
);

test('whatever a name, a message or a reason holds is text in the page and nothing else', t => {
	const shape = (text: string): string[] =>
		parsed(t, text).map(({tagName, attrs}) => `${tagName} ${attrs.map(({name}) => name).join(' ')}`);
	const build = (words: {name: string; message: string; reason: string}): Recording => {
		const recording = begun();
		recording.lines[0] = JSON.stringify({
			...(JSON.parse(recording.lines[0] ?? '') as object),
			domain: words.name,
			host: words.name,
			compression: words.message,
		});
		const error = fault('ERR_TARGET_REFUSED', words.message, {phase: words.reason, causes: [words.message], next: words.name});
		return recording
			.phase(5, words.reason, words.message)
			.add(6, {kind: 'note', text: words.message})
			.add(7, {kind: 'command', command: words.reason, detail: words.message})
			.add(8, {kind: 'link', link: 1, state: 'lost', error})
			.add(9, {kind: 'decision', action: 'abort', because: words.reason})
			.add(10, {kind: 'downtime', totalMs: 3, parts: {[words.name]: 3}})
			.add(11, {kind: 'end', outcome: 'failed', runsOn: words.name, totalMs: 9, iterations: 0, pagesSent: 1, bytesSent: 1, error});
	};
	const harmless = shape(page(build({name: 'n', message: 'n', reason: 'n'})));
	fc.assert(
		fc.property(fc.record({name: nasty, message: nasty, reason: nasty}), words => {
			// What is empty is left out, and what is long has no room: neither is what this is about.
			const texts = {name: `n${words.name}`, message: `n${words.message}`, reason: `n${words.reason}`};
			const found = shape(page(build(texts))).filter(each => !/^text class x y$/.test(each));
			t.deepEqual(
				found,
				harmless.filter(each => !/^text class x y$/.test(each)),
			);
		}),
		{numRuns: 60},
	);
});

test('a page of a long recording is not longer than one of a short one by more than what is seen', t => {
	const recording = begun();
	passes(recording, {dirty: Array.from({length: 5000}, (_, index) => 9000 + ((index * 7919) % 5000))});
	for (let atMs = 0; atMs < 3000; atMs++) recording.add(atMs * 10, {kind: 'note', text: `note ${atMs}`});
	const bytes = Buffer.byteLength(page(recording));
	t.true(bytes < 300_000, String(bytes));
});

test('what is thinned keeps its greatest and least values, its gaps and its order', t => {
	const point = fc.record({
		step: fc.integer({min: 0, max: 50}),
		value: fc.option(fc.integer({min: 0, max: 1000}), {nil: undefined, freq: 12}),
	});
	fc.assert(
		fc.property(fc.array(point, {maxLength: 400}), fc.integer({min: 1, max: 50}), (steps, buckets) => {
			let atMs = 0;
			const points: Point[] = steps.map(({step, value}) => ({atMs: (atMs += step), value}));
			const kept = thin(points, buckets);
			t.true(kept.length <= Math.max(points.length > buckets * 2 ? buckets * 3 : points.length, 0));
			t.deepEqual(
				kept.map(each => each.atMs),
				kept.map(each => each.atMs).toSorted((a, b) => a - b),
			);
			const values = (list: readonly Point[]): number[] => list.flatMap(({value}) => (value === undefined ? [] : [value]));
			t.is(Math.max(...values(kept)), Math.max(...values(points)));
			t.is(Math.min(...values(kept)), Math.min(...values(points)));
			t.is(
				kept.some(({value}) => value === undefined),
				points.some(({value}) => value === undefined),
			);
		}),
	);
});
