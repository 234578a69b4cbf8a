import {strict as assert} from 'node:assert';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ErrorCode} from '@sterna/protocol';
import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {LabHost} from '../lab/lab-host.ts';
import {seededRandom} from '../seeded-random.ts';
import {type Answered, Operator} from './operator.ts';
import {OPERATORS, type RandomCommand, randomCommands, randomStart} from './random-commands.ts';

const UNKNOWN = 'ffffffff-0000-0000-0000-000000000000';

/** What became of one sequence. `runsOn`: where the guest is behind it. */
export type SequenceEnd = {readonly runsOn: LabHost; readonly outcomes: readonly MigrationResult['outcome'][]; readonly answers: number};

type Hosts = {readonly from: LabHost; readonly to: LabHost};

/** Whom the commands of one sequence go to, and what they are about. */
type Desk = {
	readonly domain: string;
	readonly operators: readonly Operator[];
	readonly atReceiver: Operator;
	readonly start: Parameters<Operator['ask']>[1];
	/** Of the first migration. */
	readonly id: string;
};

/**
 * Migrates a guest while several operators tell it things at random moments: what, is the seed's. Rejects where a command is not answered, or not as it may
 * be; where what was promised did not come true; where the migration does not end; and where the guest does not run on exactly one host, whole.
 */
export async function playSequence(seed: number, domain: string, {from, to}: Hosts): Promise<SequenceEnd> {
	const random = seededRandom(seed);
	await using resources = new AsyncDisposableStack();
	const operators: Operator[] = [];
	for (let count = 0; count < OPERATORS; count++) operators.push(resources.use(await Operator.at(from, 'sender')));
	const [first] = operators;
	assert(first !== undefined);
	const atReceiver = resources.use(await Operator.at(to, 'receiver'));
	const start = randomStart(random, domain, to.name);
	const known = new Set((await first.migrations()).map(({id}) => id));
	const begun = first.ask('start', start);
	const id = await idOf(first, known, begun);
	const desk: Desk = {domain, operators, atReceiver, start, id};
	const asked: Array<Promise<{readonly command: RandomCommand; readonly answer: Answered}>> = [];
	for (const command of randomCommands(random)) {
		await sleep(command.afterMs);
		asked.push(tell(desk, command).then(answer => ({command, answer})));
	}

	await letEnd(first, domain);
	const answers = await Promise.all(asked);
	assert((await begun).frame?.kind === 'result', 'start was followed to its end');
	const results = new Map<string, MigrationResult>();
	for (const {id: of, result} of await first.migrations()) if (result !== undefined && !known.has(of)) results.set(of, result);
	for (const {command, answer} of answers) assertLegal(command, answer, results);
	for (const {outcome, error} of results.values())
		assert(outcome === 'completed' || outcome === 'aborted', `an outcome of ${outcome}: ${error?.message}`);
	const outcomes = [...results.values()].map(({outcome}) => outcome);
	return {runsOn: await onlyHost(domain, {from, to}), outcomes, answers: answers.length};
}

/** Of the migration that has just been asked for. */
async function idOf(operator: Operator, known: ReadonlySet<string>, begun: Promise<Answered>): Promise<string> {
	let isAnswered = false;
	void begun.finally(() => {
		isAnswered = true;
	});
	for (;;) {
		const found = (await operator.migrations()).find(({id}) => !known.has(id));
		if (found !== undefined) return found.id;
		if (isAnswered) throw new Error(`no migration began: ${(await begun).fault?.message}`);
	}
}

async function tell({domain, operators, atReceiver, start, id}: Desk, command: RandomCommand): Promise<Answered> {
	const operator = operators[command.operator];
	assert(operator !== undefined);
	switch (command.kind) {
		case 'command':
			return operator.ask('command', {id: {id, domain, unknown: UNKNOWN}[command.target], action: command.action});
		case 'command-at-receiver':
			return atReceiver.ask('command', {id, action: command.action});
		case 'set':
			return operator.ask('set', {id, ...command.change});
		case 'watch':
			return operator.ask('watch', {id});
		case 'status':
			return operator.ask('status', {id});
		case 'start':
			return operator.ask('start', start as Parameters<typeof operator.ask<'start'>>[1]);
	}
}

/** Takes away what keeps migrations of the domain from their end, until none goes on. What they answer is of no interest. */
async function letEnd(operator: Operator, domain: string): Promise<void> {
	for (;;) {
		const going = (await operator.migrations()).filter(({domain: of, result}) => of === domain && result === undefined);
		if (going.length === 0) return;
		for (const {id} of going) {
			await operator.ask('set', {id, bandwidthBytesPerSecond: 0});
			await operator.ask('command', {id, action: 'stop-and-copy'});
		}

		await sleep(50);
	}
}

const LEGAL: Readonly<Record<RandomCommand['kind'], ReadonlySet<ErrorCode>>> = {
	command: new Set(['ERR_DOMAIN_STATE']),
	// It may not have heard of it yet, or not any more.
	'command-at-receiver': new Set(['ERR_MIGRATION_UNKNOWN', 'ERR_DOMAIN_STATE', 'ERR_NOT_SUPPORTED']),
	set: new Set(['ERR_DOMAIN_STATE']),
	watch: new Set(),
	status: new Set(),
	// It is being moved, or is gone.
	start: new Set(['ERR_DOMAIN_BUSY', 'ERR_DOMAIN_STATE', 'ERR_DOMAIN_UNKNOWN']),
};

/** `results`: of every migration of the sequence, by id. */
function assertLegal(command: RandomCommand, {frame, fault}: Answered, results: ReadonlyMap<string, MigrationResult>): void {
	const what = JSON.stringify(command);
	const isUnknown = command.kind === 'command' && command.target === 'unknown';
	const isWrong = command.kind === 'set' && command.isWrong;
	if (fault !== undefined) {
		assert(fault.message !== '' && fault.fault.next !== undefined, `${what} was refused without a way on: ${fault.message}`);
		if (isUnknown) assert.equal(fault.code, 'ERR_MIGRATION_UNKNOWN', what);
		else if (isWrong) assert(['ERR_USAGE', 'ERR_NOT_SUPPORTED', 'ERR_DOMAIN_STATE'].includes(fault.code), `${what}: ${fault.code}`);
		else assert(LEGAL[command.kind].has(fault.code), `${what}: ${fault.code} ${fault.message}`);
		return;
	}

	assert(!isUnknown && !isWrong, `${what} was accepted`);
	if (frame.kind === 'migration' && command.kind === 'command') assertPromise(command.action, frame.body, results, what);
	if (frame.kind === 'migration' && command.kind === 'command-at-receiver') assert.equal(command.action, 'abort', what);
	if (frame.kind === 'result' && command.kind === 'watch') assert.deepEqual(frame.body.outcome, results.get(frame.body.id)?.outcome, what);
}

/** What was accepted came true. */
function assertPromise(action: string, status: MigrationStatus, results: ReadonlyMap<string, MigrationResult>, what: string): void {
	const outcome = results.get(status.id)?.outcome;
	if (action === 'abort') assert.equal(outcome, 'aborted', `${what} was accepted in ${status.phase}`);
	if (action === 'pause') assert.equal(status.transferPaused, true, what);
	if (action === 'continue') assert.notEqual(status.transferPaused, true, what);
}

/** Where the guest runs; it must be one host alone, and its memory right. */
async function onlyHost(domain: string, {from, to}: Hosts): Promise<LabHost> {
	for (;;) {
		const places: Array<{readonly host: LabHost; readonly state: string}> = [];
		for (const host of [from, to]) {
			await using operator = await Operator.at(host, 'sender');
			for (const {name, state} of await operator.domains()) if (name === domain) places.push({host, state});
		}

		const running = places.filter(({state}) => state === 'running');
		assert(running.length < 2, `${domain} runs on both hosts`);
		const [only] = running;
		// The other end may still be at tidying up.
		if (only === undefined || places.length > 1) {
			await sleep(20);
			continue;
		}

		await using operator = await Operator.at(only.host, 'sender');
		const check = await operator.must('domainCommand', {name: domain, action: 'check'});
		assert(check.kind === 'checked' && check.body.badPages === 0, `${domain} on ${only.host.name} has wrong pages`);
		return only.host;
	}
}
