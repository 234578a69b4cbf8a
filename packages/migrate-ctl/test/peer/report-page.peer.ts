import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {explain} from '../../src/report/explain/index.ts';
import {renderPage} from '../../src/report/html/page.ts';
import {readRecord} from '../../src/report/record.ts';
import {completed, neverConverging, type Recording} from '../helpers/recordings.ts';

// A real browser, of Debian's package chromium, without a screen: what it makes of the page of a report.

const WIDTH = 1160;
const HEIGHT = 1900;

type Shown = {readonly dom: string; readonly complaints: readonly string[]; readonly png: Buffer};

/** Opens a page in a browser of its own, which forgets it. `complaints`: what its console says. */
function show(t: ExecutionContext, html: string, {dark = false, width = WIDTH}: {dark?: boolean; width?: number} = {}): Shown {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-page-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true, maxRetries: 5}));
	const [file, png] = [path.join(directory, 'page.html'), path.join(directory, 'page.png')];
	writeFileSync(file, html);
	const {status, stdout, stderr} = spawnSync(
		'chromium',
		[
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--disable-dev-shm-usage',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--hide-scrollbars',
			'--enable-logging=stderr',
			`--blink-settings=preferredColorScheme=${dark ? 0 : 1}`,
			`--user-data-dir=${path.join(directory, 'profile')}`,
			`--window-size=${width},${HEIGHT}`,
			`--screenshot=${png}`,
			'--dump-dom',
			pathToFileURL(file).href,
		],
		{encoding: 'utf8', timeout: 120_000, env: {...process.env, HOME: directory}},
	);
	t.is(status, 0, stderr);
	return {dom: stdout, complaints: stderr.split('\n').filter(line => line.includes(':CONSOLE')), png: readFileSync(png)};
}

function pageOf(recording: Recording): string {
	const record = readRecord(recording.lines);
	if (record === undefined) throw new TypeError('no recording');
	return renderPage(record, explain(record));
}

/** Width and height in the header of a PNG. */
const sizeOf = (png: Buffer): {width: number; height: number} => ({width: png.readUInt32BE(16), height: png.readUInt32BE(20)});

test.serial('a browser shows the page of a run that completed, in light and in dark, and has nothing to complain of', t => {
	const page = pageOf(completed());
	const light = show(t, page);
	t.deepEqual(light.complaints, []);
	t.deepEqual(sizeOf(light.png), {width: WIDTH, height: HEIGHT});
	t.regex(light.dom, /<h1>dom1 moved from host-a to host-b in 3\.14 s, with a downtime of 38\.5 ms<\/h1>/);
	t.is(light.dom.match(/<svg viewBox="0 0 960 232"/g)?.length, 3);
	const dark = show(t, page, {dark: true});
	t.deepEqual(dark.complaints, []);
	t.notDeepEqual(dark.png, light.png);
});

test.serial('a browser shows the page of a run that failed on a narrow window', t => {
	const {dom, complaints, png} = show(t, pageOf(neverConverging('the deadline was 60.0 s', {deadlineMs: 60_000})), {width: 620});
	t.deepEqual(complaints, []);
	t.is(sizeOf(png).width, 620);
	t.regex(dom, /<pre>migrate-ctl start dom1 host-b --max-downtime 2700ms<\/pre>/);
});

test.serial('the browser would complain of a page that runs, loads or styles anything else', t => {
	const smuggled = '<script>document.title = "run"</script><style>h1{color:red}</style><img src="data:image/png;base64,AAAA">';
	const {complaints, dom} = show(t, pageOf(completed()).replace('<main>', `<main>${smuggled}`));
	for (const what of ['script', 'style', 'image'])
		t.true(
			complaints.some(line => line.includes('Content Security Policy') && line.includes(what)),
			`${what}: ${complaints.join('\n')}`,
		);
	t.notRegex(dom, /<title>run<\/title>/);
});
