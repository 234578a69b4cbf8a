import test, {type ExecutionContext} from 'ava';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {PolicyDecision} from '../../src/engine/policy/decision.ts';
import {LimitsPolicy} from '../../src/engine/policy/limits-policy.ts';
import type {PrecopyStats} from '../../src/engine/stats.ts';
import {checkModules} from '../../src/user-policy/check-modules.ts';
import {policyModules} from '../../src/user-policy/modules.ts';
import {parseAnswer} from '../../src/user-policy/parse-answer.ts';

const STATS: PrecopyStats = {
	iteration: 1,
	totalWritten: 100,
	dirtyCount: 1000,
	remainingPages: 10,
	elapsedMs: 20,
	bandwidthBytesPerSecond: 1e9,
	dirtyBytesPerSecond: 1e6,
	expectedDowntimeMs: 5,
	iterations: [{iteration: 1, dirtyPages: 1, writtenPages: 1, durationMs: 1, bandwidthBytesPerSecond: 1, dirtyBytesPerSecond: 1}],
};
const LIMITS = {
	maxIterations: 5,
	dirtyThresholdPages: 50,
	maxDowntimeMs: undefined,
	deadlineMs: 60_000,
	onDeadline: 'abort',
	onStall: 'advise',
	use: ['mine'],
} as const;

async function moduleOf(t: ExecutionContext, source: string): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sterna-policy-'));
	t.teardown(async () => rm(directory, {recursive: true}));
	const file = path.join(directory, 'mine.mjs');
	await writeFile(file, source);
	return file;
}

/** Asks a module again and again until its answer, or what is made of it, is the expected one. */
async function asked(
	t: ExecutionContext,
	source: string,
	{
		timeoutMs = 30_000,
		until,
	}: {readonly timeoutMs?: number; readonly until: (decision: PolicyDecision, fault: string | undefined) => boolean},
): Promise<{readonly decision: PolicyDecision; readonly faults: readonly string[]; readonly limits: LimitsPolicy}> {
	const file = await moduleOf(t, source);
	const faults: string[] = [];
	const settings = {...LIMITS, modules: new Map([['mine', file]]), moduleTimeoutMs: timeoutMs};
	const limits = new LimitsPolicy(LIMITS, {
		open: policyModules({policy: settings}).open,
		onFault: fault => {
			faults.push(fault);
		},
	});
	t.teardown(() => {
		limits[Symbol.dispose]();
	});
	for (;;) {
		const decision = limits.policy(STATS);
		if (until(decision, limits.fault)) return {decision, faults, limits};
		await sleep(5);
	}
}

test('a module decides from the figures and the limits, and its reason is told as its own', async t => {
	const source = `export default (stats, limits) =>
		stats.elapsedMs < limits.deadlineMs ? {action: 'stop-and-copy', because: stats.iterations.length + ' of ' + limits.maxIterations} : {action: 'abort', because: ''};`;
	const {decision, faults} = await asked(t, source, {until: ({action}) => action !== 'continue'});
	t.deepEqual(decision, {action: 'stop-and-copy', because: 'mine: 1 of 5'});
	t.deepEqual(faults, []);
});

const WRONG: ReadonlyArray<readonly [what: string, source: string, fault: RegExp]> = [
	['throws', `export default () => { throw new Error('so it is'); };`, /^mine threw Error: so it is$/],
	['answers nothing', 'export default () => {};', /^mine answered undefined, which is no decision$/],
	['answers another action', `export default () => ({action: 'postcopy', because: 'x'});`, /an action of "postcopy"/],
	['gives no reason', `export default () => ({action: 'abort'});`, /abort without a reason/],
	['answers with a promise', `export default async () => ({action: 'abort', because: 'x'});`, /^mine (threw DataCloneError|answered)/],
	[
		'writes to the figures',
		`export default stats => { stats.iteration = 9; return {action: 'abort', because: 'x'}; };`,
		/TypeError.*read only/,
	],
	['writes to a past pass', `export default stats => { stats.iterations.pop(); return {action: 'abort', because: 'x'}; };`, /TypeError/],
	['ends its thread', 'export default () => process.exit(0);', /^mine ended its thread$/],
	[
		'fails later',
		`export default () => { setTimeout(() => { throw new Error('later'); }); return {action: 'continue', because: 'x'}; };`,
		/failed: later/,
	],
	['is no module', 'export default 7;', /cannot be loaded: TypeError: its default export is no function/],
	['is no JavaScript', 'export default (', /cannot be loaded: SyntaxError/],
];
for (const [what, source, expected] of WRONG) {
	test(`a module that ${what} is at fault once, and the built-in policies decide from then on`, async t => {
		const {faults, limits, decision} = await asked(t, source, {until: (_decision, fault) => fault !== undefined});
		t.is(faults.length, 1);
		t.regex(faults[0] ?? '', expected);
		t.not(decision.action, 'abort');
		t.is(limits.policy(STATS).action, 'continue');
		t.is(limits.policy({...STATS, iteration: 5}).action, 'stop-and-copy', 'the iteration limit');
		t.is(limits.policy({...STATS, elapsedMs: 60_000}).action, 'abort', 'the deadline');
		t.is(faults.length, 1);
	});
}

test('a module in an endless loop keeps nobody waiting, and its time is limited', async t => {
	const {faults, limits} = await asked(t, 'export default () => { for (;;); };', {
		timeoutMs: 50,
		until: (_decision, fault) => fault !== undefined,
	});
	t.deepEqual(faults, ['mine did not answer within 50 ms']);
	t.is(limits.policy({...STATS, iteration: 5}).action, 'stop-and-copy');
});

test('while a module thinks, what it said before holds', async t => {
	const source = `let asked = 0;
		export default () => { asked += 1; if (asked > 1) for (;;); return {action: 'continue', because: 'first'}; };`;
	const {limits} = await asked(t, source, {until: ({because}) => because === 'mine: first'});
	t.is(limits.policy(STATS).because, 'mine: first');
	t.is(limits.policy(STATS).because, 'mine: first');
	t.is(limits.fault, undefined);
});

test('other policies that are put in place forget the fault of those before', async t => {
	const {limits} = await asked(t, 'export default 7;', {until: (_decision, fault) => fault !== undefined});
	limits.replace({...limits.limits, maxIterations: 9});
	t.not(limits.fault, undefined, 'the same policies as before');
	limits.replace({...limits.limits, use: ['xen']});
	t.is(limits.fault, undefined);
	t.is(limits.policy({...STATS, elapsedMs: 60_000}).action, 'continue', 'no deadline is asked any more');
});

test('modules are checked ahead: what is none is a fault of the configuration that names the key', async t => {
	await t.notThrowsAsync(checkModules(new Map([['mine', await moduleOf(t, 'export default () => {};')]])));
	const error = await t.throwsAsync(checkModules(new Map([['mine', '/nonexistent/mine.mjs']])), {code: 'ERR_CONFIG'});
	t.regex(error.message, /policy\.modules\.mine: \/nonexistent\/mine\.mjs cannot be loaded/);
	await t.throwsAsync(checkModules(new Map([['mine', await moduleOf(t, 'export const policy = 1;')]])), {
		code: 'ERR_CONFIG',
		message: /its default export is no function/,
	});
});

test('what else is in an answer does not count, and a reason has an end', t => {
	t.deepEqual(parseAnswer({action: 'abort', because: 'x', isUrgent: true, requires: 7}), {action: 'abort', because: 'x'});
	const long = parseAnswer({action: 'continue', because: 'x'.repeat(10_000)});
	t.is(typeof long === 'string' ? 0 : long.because.length, 500);
});
