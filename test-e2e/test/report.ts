import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertRunsIntact, createGuest, startScene, startSceneThroughProxy} from './helpers/scene.ts';
import {beginMigration, migrate, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** So that bytes on the wire are pages. */
const PLAIN = ['--compression', 'none'];

/** What an operator reads who has nothing but the report. */
type Told = {
	readonly ending: string;
	readonly runsOn: string | null;
	readonly headline: string;
	readonly why: readonly string[];
	readonly whereTheGuestIs: string;
	readonly whatToDo: readonly {readonly text: string; readonly command: string | null}[];
	readonly error: {readonly code: string; readonly phase: string} | null;
};

/** The report by the domain's name, as text and as JSON. */
async function reportOf(
	t: ExecutionContext,
	host: LabHost,
): Promise<Told & {readonly reasons: string; readonly commands: readonly (string | null)[]}> {
	const text = await host.mustCtl(['report', 'dom1']);
	for (const line of text.split('\n').filter(each => !each.startsWith('    '))) t.true(line.length <= 80, line);
	const told = JSON.parse(await host.mustCtl(['report', 'dom1', '--json'])) as Told;
	t.log(text);
	return {...told, reasons: told.why.join('\n'), commands: told.whatToDo.map(({command}) => command)};
}

test.serial('a migration that completed is told with what its times were made of, and as a page', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await mustMigrate(t, hostA, hostB, {args: PLAIN});
	const told = await reportOf(t, hostA);
	t.like(told, {ending: 'completed', runsOn: 'host-b', error: null});
	t.regex(told.headline, /^dom1 moved from host-a to host-b in [\d.]+ m?s, with a downtime of [\d.]+ m?s$/);
	t.regex(told.reasons, /^The switch came because of this: .+/m);
	t.regex(told.reasons, /^Of its downtime the largest part was /m);
	const file = join(hostA.files.state, 'report.html');
	await hostA.mustCtl(['report', 'dom1', '--html', file]);
	const page = await readFile(file, 'utf8');
	t.true(page.includes(told.headline));
	t.regex(page, /<path class="curve c1 area" d="M/);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a link that is cut for good is told by the report alone', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(16 * MIB);
	const run = beginMigration(hostA, hostB, {args: [...PLAIN, '--reconnect', '1s']});
	await run.reached('some of the memory', ({pagesSent}) => pagesSent > 1000);
	proxy.down();
	const {error} = await run.ended;
	const told = await reportOf(t, hostA);
	t.like(told, {ending: 'failed', runsOn: 'host-a', error: {code: error?.code, phase: 'precopy'}});
	t.regex(told.headline, /^dom1 did not move: .*host-b.* in precopy, iteration \d+$/);
	t.regex(told.reasons, /^The connection was lost at \+[\d.]+ m?s in precopy/m);
	t.regex(told.reasons, /tried anew for [\d.]+ m?s/);
	t.regex(told.whereTheGuestIs, /^dom1 runs on host-a/);
	t.true(told.commands.includes('migrate-ctl start dom1 host-b'));
	t.true(told.commands.includes('migrate-ctl hosts --probe'));
	t.true(told.commands.includes('migrate-ctl doctor host-b'));
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a receiver that is killed is told by the report alone', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const run = beginMigration(hostA, hostB, {args: [...PLAIN, '--bandwidth', '16MB/s', '--reconnect', '1s']});
	await run.reached('some of the memory', ({pagesSent}) => pagesSent > 1000);
	await hostB.kill('receiver');
	const {error} = await run.ended;
	const told = await reportOf(t, hostA);
	t.like(told, {ending: 'failed', runsOn: 'host-a', error: {code: error?.code, phase: 'precopy'}});
	t.regex(told.headline, /^dom1 did not move: sterna-receiver on host-b was gone in precopy/);
	t.regex(told.reasons, /nobody listens there: the host and the link were up, and the daemon was not/);
	t.regex(told.whereTheGuestIs, /^dom1 runs on host-a/);
	t.true(told.commands.includes('systemctl status sterna-receiver'));
	t.true(told.commands.includes('migrate-ctl doctor host-b'));
	t.true(told.commands.includes('migrate-ctl start dom1 host-b'));
	await hostB.daemon('receiver').start();
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a guest that never converges is told by the report alone, with the limit that would have let it move', async t => {
	const policy = {deadline: '6s', 'on-deadline': 'abort', 'max-iterations': 10_000, 'dirty-threshold': 0};
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-a': {policy}}});
	await createGuest(hostA, {memory: '16MiB', hot: '6MiB', rate: '120MB/s'});
	const ended = await migrate(hostA, hostB, {args: [...PLAIN, '--bandwidth', '24MB/s', '--max-downtime', '50ms']});
	t.is(ended.status, 3, ended.text);
	const told = await reportOf(t, hostA);
	t.like(told, {ending: 'aborted', runsOn: 'host-a', error: {code: 'ERR_ABORTED_BY_POLICY'}});
	t.regex(told.headline, /did not converge, and the policy ended it$/);
	t.regex(told.reasons, /the deadline was 6\.0 s/);
	t.regex(told.reasons, /the dirty set did not fall|the dirty set fell from/);
	t.regex(told.reasons, /were sent, by a limit of 24 MB\/s/);
	t.regex(told.reasons, /would have cost about [\d.]+ m?s, and 50 ms were allowed/);
	const remedy = told.commands.find(command => /^migrate-ctl start .* --max-downtime \d+ms$/.test(command ?? ''));
	t.truthy(remedy, told.commands.join('\n'));
	t.true(told.commands.includes('migrate-ctl forecast dom1 host-b'));
	const [, ...onRecording] = told.commands.find(command => command?.startsWith('migrate-ctl replay '))?.split(' ') ?? [];
	t.regex(await hostA.mustCtl(onRecording), /^dom1: it would /m);
	await assertRunsIntact(t, lab, hostA);

	// What it says to do is what does it.
	const [, allowed = ''] = /--max-downtime (\d+ms)$/.exec(remedy ?? '') ?? [];
	await mustMigrate(t, hostA, hostB, {args: [...PLAIN, '--bandwidth', '24MB/s', '--max-downtime', allowed]});
	await assertRunsIntact(t, lab, hostB);
});
