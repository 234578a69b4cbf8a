import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {MAIN, migrateCtl} from '../helpers/cli.ts';

// The two that read manual pages on Linux: groff, which man-db runs, and mandoc.

/** All pages, written as for everybody; with what else `migrate-ctl man` said. */
function writePages(t: ExecutionContext): readonly string[] {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-man-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	const out = path.join(directory, 'man1');
	const said = execFileSync(process.execPath, [MAIN, 'man', '--out', out], {encoding: 'utf8'});
	const pages = readdirSync(out).map(name => path.join(out, name));
	t.is(said, `wrote ${pages.length} pages to ${out}\n`);
	t.true(pages.length > 30);
	return pages;
}

/** A page as a terminal without bold and underlining shows it. */
function shown(program: string, args: readonly string[]): string {
	return execFileSync(program, args, {encoding: 'utf8', env: {PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', GROFF_NO_SGR: '1'}}).replaceAll(
		/.\u0008/gu,
		'',
	);
}

test('mandoc and groff have nothing to complain of in any page', t => {
	const pages = writePages(t);
	const mandoc = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', ...pages], {encoding: 'utf8'});
	t.deepEqual([mandoc.status, mandoc.stdout, mandoc.stderr], [0, '', '']);
	for (const page of pages) {
		const groff = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-z', page], {encoding: 'utf8'});
		t.deepEqual([groff.status, groff.stderr], [0, ''], page);
	}
});

test('both show a page as it was meant: options with their hyphens, examples as they are typed, quotes as they are', t => {
	const pages = writePages(t);
	const pageNamed = (name: string): string => pages.find(page => path.basename(page) === `${name}.1`) ?? '';
	for (const [program, args] of [
		['mandoc', ['-T', 'utf8']],
		['groff', ['-man', '-Tutf8', '-rLL=100n']],
	] as const) {
		const start = shown(program, [...args, pageNamed('migrate-ctl-start')]);
		t.regex(start, /^ +migrate-ctl-start - move a running domain to another host$/m, program);
		t.regex(start, /^ +--max-downtime duration$/m, program);
		t.regex(start, /^ +migrate-ctl start dom1 host-b --json \| tail -n 1$/m, program);
		t.regex(start, /\{"result":…\}/, program);
		const doctor = shown(program, [...args, pageNamed('migrate-ctl-doctor')]);
		t.regex(doctor, /^ +migrate-ctl doctor host-b --json \| jq -r '\.findings\[\]\.fix \| select\(\. != ""\)'$/m, program);
	}
});

test('the page of one command is printed for man to read', async t => {
	const {status, stdout} = await migrateCtl(['man', 'domain', 'create'], {SOURCE_DATE_EPOCH: '1764288000'});
	t.is(status, 0);
	t.true(stdout.startsWith('.TH "MIGRATE\\-CTL\\-DOMAIN\\-CREATE" "1" "2025-11-28" '));
	t.is(
		stdout,
		readFileSync(writePages(t).find(page => page.endsWith('domain-create.1')) ?? '', 'utf8').replace(
			/(?<=^.*)\d{4}-\d\d-\d\d/,
			'2025-11-28',
		),
	);
	const wrong = await migrateCtl(['man', 'domain', 'craete']);
	t.is(wrong.status, 2);
	t.regex(wrong.stderr, /there is no command 'domain craete'/);
});
