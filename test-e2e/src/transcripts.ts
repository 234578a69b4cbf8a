/**
 * `node test-e2e/src/transcripts.ts`: one guest moves to another host and back, seen on a terminal of 80 columns (tmux) and in a pipe, and what is seen is written to
 * docs/pictures. The figures are those of the machine that it runs on.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Lab} from './lab/lab.ts';
import {TmuxScreen} from './tmux-screen.ts';

const PICTURES = path.join(import.meta.dirname, '../../docs/pictures');
const CREATE = ['domain', 'create', 'dom1', '--memory', '512MiB', '--pattern', 'hot-set', '--hot', '64MiB', '--rate', '80MB/s'];
const LIMITS = ['--bandwidth', '100MB/s', '--max-iterations', '12', '--max-downtime', '20ms'];

/** What is waited for on the screen, in the order of a migration. */
const MOMENTS: ReadonlyArray<readonly [what: string, isSeen: (rows: readonly string[]) => boolean]> = [
	['the first pass', rows => rows.some(row => / [3-9]\d %.* left$/.test(row))],
	['later', rows => rows.some(row => /^ +3 +\d/.test(row))],
	['the end', rows => rows.some(row => row.startsWith('exit status'))],
];

await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
const hostA = lab.host('host-a');
await hostA.mustCtl(CREATE);
const args = ['start', 'dom1', 'host-b', ...LIMITS];
const seen = [`host-a$ migrate-ctl ${args.join(' ')}`];
{
	await using screen = await TmuxScreen.open(hostA.ctlCommand(args), {columns: 80, rows: 24});
	for (const [what, isSeen] of MOMENTS) seen.push(`--- ${what}`, ...(await screen.shows(isSeen)));
}

const back = ['start', 'dom1', 'host-a', ...LIMITS];
const piped = await lab.host('host-b').mustCtl(back);
mkdirSync(PICTURES, {recursive: true});
writeFileSync(path.join(PICTURES, 'start-terminal.txt'), `${seen.join('\n')}\n`);
writeFileSync(path.join(PICTURES, 'start-pipe.txt'), `host-b$ migrate-ctl ${back.join(' ')} | cat\n${piped}`);
console.log(`${seen.join('\n')}\n\n${piped}`);
