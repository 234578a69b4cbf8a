/**
 * `node test-e2e/src/transcripts.ts`: one guest moves to another host and back, seen on a terminal of 80 columns (tmux) and in a pipe, and what is seen is written to
 * docs/pictures, with what is said of it before and after: doctor, forecast, report, replay. The figures are those of the machine that it runs on.
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
mkdirSync(PICTURES, {recursive: true});
const pictures: string[] = [];
const keep = (name: string, text: string): void => {
	writeFileSync(path.join(PICTURES, name), text);
	pictures.push(text);
};
/** What a command prints on host-a, behind its prompt; where the lab was has no meaning elsewhere. */
const printed = async (...command: readonly string[]): Promise<string> =>
	`host-a$ migrate-ctl ${command.join(' ')}\n${(await hostA.ctl(command)).stdout.replaceAll(lab.directory, '/lab')}`;

keep('doctor.txt', await printed('doctor', 'host-b'));
keep('forecast.txt', await printed('forecast', 'dom1', 'host-b', ...LIMITS));
const args = ['start', 'dom1', 'host-b', ...LIMITS];
const seen = [`host-a$ migrate-ctl ${args.join(' ')}`];
{
	await using screen = await TmuxScreen.open(hostA.ctlCommand(args), {columns: 80, rows: 24});
	for (const [what, isSeen] of MOMENTS) seen.push(`--- ${what}`, ...(await screen.shows(isSeen)));
}

keep('start-terminal.txt', `${seen.join('\n')}\n`);
keep('report.txt', await printed('report', 'dom1'));
keep('replay.txt', await printed('replay', 'dom1', '--bandwidth', '400MB/s'));
const back = ['start', 'dom1', 'host-a', ...LIMITS];
const piped = await lab.host('host-b').mustCtl(back);
keep('start-pipe.txt', `host-b$ migrate-ctl ${back.join(' ')} | cat\n${piped}`);
console.log(pictures.join('\n'));
