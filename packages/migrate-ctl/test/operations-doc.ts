import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import type {Command} from 'commander';
import {loadConfig} from '@sterna/host/config';
import {CHECKS} from '@sterna/host/doctor';
import {ERROR_CODES} from '@sterna/protocol';
import {parseQemuFile} from '../src/commands/domain/qemu-definition.ts';
import {QemuFile} from '../src/commands/domain/qemu-file.ts';
import {EXIT_STATUSES} from '../src/exit-status.ts';
import {createProgram} from '../src/program.ts';
import {unopenedCli} from './helpers/unopened.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
const text = readFileSync(new URL('operations.md', DOCS), 'utf8');

test('the operations page has every error with its exit status', t => {
	for (const [code, {exitStatus}] of Object.entries(ERROR_CODES))
		t.regex(text, new RegExp(String.raw`^\| \`${code}\` \| ${exitStatus} \| \S`, 'm'), code);
});

test('the operations page has every exit status', t => {
	for (const [status] of EXIT_STATUSES) t.regex(text, new RegExp(String.raw`^\| ${status}[ ,]`, 'm'), String(status));
});

test('the operations page names every command', t => {
	const program = createProgram(unopenedCli());
	const [, commands = ''] = /^## Commands$([^]*?)^## /m.exec(text) ?? [];
	const names = (command: Command): string[] =>
		command.commands.length === 0 ? [command.name()] : command.commands.flatMap(child => names(child));
	for (const name of names(program)) t.regex(commands, new RegExp(String.raw`\`[^\`]*\b${name}\b[^\`]*\``), name);
});

test('the operations page has a row for each check of the doctor: what it looks at, and how bad it is', t => {
	const [, chapter = ''] = /^## Before a migration$([^]*?)^## /m.exec(text) ?? [];
	for (const check of CHECKS) t.regex(chapter, new RegExp(String.raw`^\| \`${check}\` \| \S[^|]+ \| (fault|warning)[^|]* \|$`, 'm'), check);
});

test('the example of a configuration is valid', t => {
	const file = fileURLToPath(new URL('examples/sterna.toml', DOCS));
	t.like(loadConfig({side: 'migrate-ctl', file, env: {}}), {
		hostName: 'host-a',
		sender: {socket: '/run/sterna/sender.sock'},
		policy: {maxIterations: 5},
	});
});

test('every key that the example has is explained', t => {
	const example = readFileSync(new URL('examples/sterna.toml', DOCS), 'utf8');
	let table = '';
	for (const line of example.split('\n')) {
		const [, header] = /^\[(\w+)\]$/.exec(line) ?? [];
		const [, key] = /^#?([a-z-]+) = /.exec(line) ?? [];
		if (header !== undefined) table = header;
		else if (key !== undefined && table !== 'hosts')
			t.true(text.includes(`| \`${table === '' ? key : `${table}.${key}`}\` |`), `${table}.${key}`);
	}
});

const [, qemuChapter = ''] = /^## QEMU guests$([^]*?)^## /m.exec(text) ?? [];

test('the example of a QEMU guest is valid', t => {
	const [, example = ''] = /^```toml\n([^]*?)^```/m.exec(qemuChapter) ?? [];
	t.like(parseQemuFile(example, 'vm1.toml', {name: undefined}), {
		name: 'vm1',
		disks: {length: 1},
		networks: {length: 1},
		devices: {length: 3},
	});
});

test('every key of the file of a QEMU guest is explained', t => {
	for (const key of Object.keys(QemuFile.entries)) t.regex(qemuChapter, new RegExp(String.raw`^\| [^|]*\`${key}[\`.]`, 'm'), key);
});
