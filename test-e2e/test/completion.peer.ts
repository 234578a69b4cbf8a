import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {MIGRATE_CTL} from '../src/lab/ctl.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {TmuxScreen} from '../src/tmux-screen.ts';
import {createGuest, DOMAIN, startScene, waitUntil} from './helpers/scene.ts';

// Real shells on a real terminal: what stands in the line after Tab.

const SIZE = {columns: 180, rows: 50};
const PROMPT = 'ready>';

type Shell = {
	readonly name: 'bash' | 'zsh' | 'fish';
	/** Files of its home directory. */
	readonly files: Readonly<Record<string, string>>;
	readonly command: (home: string) => readonly string[];
	/** Keys that show what there is. */
	readonly list: readonly string[];
};

const SHELLS: readonly Shell[] = [
	{
		name: 'bash',
		files: {rc: `PS1='${PROMPT} '\nunset HISTFILE\nsource <(migrate-ctl completion bash)\n`},
		command: home => ['bash', '--noprofile', '--rcfile', path.join(home, 'rc'), '-i'],
		list: ['Tab', 'Tab'],
	},
	{
		name: 'zsh',
		// As in an installation, from a directory of functions.
		files: {
			'.zshrc': `PROMPT='${PROMPT} '\nmkdir functions && migrate-ctl completion zsh > functions/_migrate-ctl\nfpath=(~/functions $fpath)\nautoload -Uz compinit && compinit -u\n`,
		},
		command: () => ['zsh', '-o', 'no_global_rcs', '-i'],
		list: ['Tab'],
	},
	{
		name: 'fish',
		files: {
			init: `set fish_greeting\nset fish_autosuggestion_enabled 0\nfunction fish_prompt; echo -n '${PROMPT} '; end\nmigrate-ctl completion fish | source\n`,
		},
		command: home => ['fish', '--no-config', '--private', '-C', `source ${path.join(home, 'init')}`],
		list: ['Tab'],
	},
];

/** A shell whose `migrate-ctl` is this checkout's, with the configuration of a host, in a directory with one file, `guest.xl`. */
async function openShell(t: ExecutionContext, {files, command}: Shell, host: LabHost): Promise<TmuxScreen> {
	const home = mkdtempSync(path.join(tmpdir(), 'sterna-shell-'));
	const bin = mkdtempSync(path.join(tmpdir(), 'sterna-bin-'));
	t.teardown(() => {
		for (const directory of [home, bin]) rmSync(directory, {recursive: true, force: true, maxRetries: 5});
	});
	for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
	writeFileSync(path.join(home, 'guest.xl'), '');
	// With all the time that a loaded machine may need.
	const program = `exec '${process.execPath}' '${MIGRATE_CTL}'`;
	const script = `#!/bin/sh\n[ "$1" = complete ] || ${program} "$@"\nshift\n${program} complete --patience 1min "$@"\n`;
	writeFileSync(path.join(bin, 'migrate-ctl'), script, {mode: 0o755});
	const environment = [
		`HOME=${home}`,
		`ZDOTDIR=${home}`,
		`XDG_CONFIG_HOME=${home}`,
		`XDG_DATA_HOME=${home}`,
		`PATH=${bin}:${process.env['PATH'] ?? ''}`,
		`STERNA_CONFIG=${host.files.config}`,
	];
	const screen = await TmuxScreen.open(['env', '-C', home, ...environment, ...command(home)], SIZE);
	await screen.shows(rows => rows.at(-1) === PROMPT);
	return screen;
}

const lineOf = (rows: readonly string[]): string | undefined => rows.findLast(row => row.startsWith(PROMPT))?.slice(PROMPT.length + 1);

/** Clears the line and the screen. */
async function clear(screen: TmuxScreen): Promise<void> {
	await screen.type('C-e', 'C-u', 'C-l');
	await screen.shows(rows => rows.length === 1 && rows[0] === PROMPT);
}

/** Presses Tab behind a line, and waits until it has become another one. */
async function completes(screen: TmuxScreen, line: string, expected: string): Promise<void> {
	await clear(screen);
	await screen.type(line);
	await screen.shows(rows => lineOf(rows) === line);
	await screen.type('Tab');
	await screen.shows(rows => lineOf(rows) === expected);
}

for (const shell of SHELLS) {
	test.serial(`${shell.name} completes what the daemons, the configuration and the program know`, async t => {
		const {hostA, hostB} = await startScene(t);
		await createGuest(hostA);
		await using screen = await openShell(t, shell, hostA);
		await completes(screen, 'migrate-ctl abo', 'migrate-ctl abort');
		await completes(screen, 'migrate-ctl start do', `migrate-ctl start ${DOMAIN}`);
		await completes(screen, `migrate-ctl start ${DOMAIN} ho`, `migrate-ctl start ${DOMAIN} host-b`);
		await completes(screen, 'migrate-ctl start --stream=x', 'migrate-ctl start --stream=xen');
		await completes(screen, 'migrate-ctl start --on-stall ad', 'migrate-ctl start --on-stall advise');
		await completes(screen, 'migrate-ctl set x on-stall=ad', 'migrate-ctl set x on-stall=advise');
		await completes(screen, 'migrate-ctl set x bandw', 'migrate-ctl set x bandwidth=');
		await completes(screen, 'migrate-ctl stream verify gu', 'migrate-ctl stream verify guest.xl');
		await completes(screen, 'migrate-ctl start --tee=gu', 'migrate-ctl start --tee=guest.xl');
		const other = `migrate-ctl --config ${hostB.files.config} doctor ho`;
		await completes(screen, other, other.replace(/ho$/, 'host-a'));

		// A line that is not run yet runs nothing.
		const trap = path.join(hostA.directory, 'ran');
		const dangerous = `migrate-ctl start --tee="$(touch ${trap})" `;
		await completes(screen, `${dangerous}do`, `${dangerous}${DOMAIN}`);
		t.false(existsSync(trap));

		await clear(screen);
		await screen.type('migrate-ctl domain ');
		await screen.shows(rows => lineOf(rows) === 'migrate-ctl domain');
		await screen.type(...shell.list);
		await screen.shows(rows => rows.some(row => /\bdestroy\b.*end a guest; its memory is lost/.test(row)));

		const run = hostA.spawnCtl(['start', DOMAIN, 'host-b', '--bandwidth', '4MB/s', '--max-iterations', '1000', '--json']);
		let id = '';
		await waitUntil('the migration is under way', async () => {
			const {migrations} = JSON.parse(await hostA.mustCtl(['list', '--json'])) as {migrations: Array<{id: string; phase: string}>};
			id = migrations.find(({phase}) => phase === 'precopy')?.id ?? '';
			return id !== '';
		});
		await completes(screen, 'migrate-ctl abort do', `migrate-ctl abort ${DOMAIN}`);
		await completes(screen, `migrate-ctl abort ${id.slice(0, -4)}`, `migrate-ctl abort ${id}`);
		await hostA.mustCtl(['abort', DOMAIN]);
		await run.result;
		await completes(screen, `migrate-ctl report ${id.slice(0, -4)}`, `migrate-ctl report ${id}`);

		// Without a daemon there is nothing to offer, and nothing to say: what is typed then stands behind what was there.
		await hostA.stop();
		await clear(screen);
		await screen.type('migrate-ctl start do', 'Tab', 'x');
		const rows = await screen.shows(now => lineOf(now)?.endsWith('x') === true);
		t.deepEqual(rows, [`${PROMPT} migrate-ctl start dox`]);
	});
}
