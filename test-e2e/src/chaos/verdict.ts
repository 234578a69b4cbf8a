import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError} from '@sterna/protocol';
import type {DomainInfo, MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import {LAB_VARIABLE} from '../lab/reaper.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {DOMAIN} from '../small-guest.ts';
import {askDaemon, readGuestRecord, type Stage} from './stage.ts';

/** Healed daemons have found out by then what has become of a migration: every time limit that a run configures is far below it. */
const SETTLE_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 30;
const TIDY_TIMEOUT_MS = 10_000;
/** What a guest's process calls itself. */
const GUEST_TITLE = `sterna-guest ${DOMAIN}`;

/** What one host's daemons say when they are asked. */
type HostView = {
	readonly host: LabHost;
	readonly domains: readonly DomainInfo[];
	/** Migrations under way. */
	readonly open: readonly MigrationStatus[];
	/** Why the host could not be asked; undefined when it could. */
	readonly error?: unknown;
};

/** Waits until nothing is under way any more by the hosts' own records; false when that is not so after `timeoutMs`. Asks no daemon. */
export async function comesToRest(stage: Stage, timeoutMs: number): Promise<boolean> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const records = stage.lab.hosts.map(readGuestRecord).filter(record => record !== undefined);
		if (records.length === 1 && records[0]?.migration === undefined && records[0]?.state === 'running') return true;
		if (performance.now() > deadline) return false;
		await sleep(POLL_INTERVAL_MS);
	}
}

/**
 * What does not hold of the two hosts after a run, in sentences; none when all does. Waits for what is still being found out.
 * `told`: what the operator was told at the end; undefined when nobody could tell.
 */
export async function violations(stage: Stage, told: MigrationResult | undefined): Promise<string[]> {
	const found: string[] = [];
	const isAtRest = await comesToRest(stage, SETTLE_TIMEOUT_MS);
	const views = await settledViews(stage, isAtRest ? SETTLE_TIMEOUT_MS : 0);
	const homes = views.filter(({domains}) => domains.some(({name, state}) => name === DOMAIN && state === 'running'));
	if (!isAtRest || homes.length !== 1 || views.some(view => !isSettled(view)))
		found.push(`not settled: ${views.map(describeView).join('; ')}`);
	const processes = await tidiedProcesses(stage.lab.id);
	if (processes.length !== 1) found.push(`${processes.length} guest processes: ${processes.join(' ')}`);
	const [home] = homes;
	if (home === undefined) return found;

	const {host} = home;
	const {pid} = home.domains.find(({name}) => name === DOMAIN) ?? {};
	if (pid !== processes[0]) found.push(`${host.name} says that its guest is process ${pid}`);
	if (told !== undefined && told.runsOn !== '?' && told.runsOn !== host.name)
		found.push(`the operator was told that the guest runs on ${told.runsOn || 'no host'} (${told.outcome}), and it runs on ${host.name}`);
	if (!(await stage.writesLines(host))) found.push(`the guest writes no lines on ${host.name}`);
	const {pagesChecked, badPages, firstBad} = await askDaemon(host, 'sender', async daemon => daemon.checkDomain(DOMAIN));
	if (badPages !== 0 || pagesChecked === 0) found.push(`${badPages} of ${pagesChecked} pages are wrong: ${firstBad}`);
	const {lines, missing, repeated, remarks} = stage.lab.guestOutput(DOMAIN);
	if (missing.length + repeated.length + remarks.length > 0)
		found.push(
			`of ${lines.length} lines ${missing.length} are missing (${missing.slice(0, 5).join(' ')}), ${repeated.length} came twice (${repeated.slice(0, 5).join(' ')}); ${remarks.slice(0, 3).join('; ')}`,
		);
	for (const other of stage.lab.hosts.filter(candidate => candidate !== host))
		if (!(await isTidy(other))) found.push(`${other.name} has a socket of a guest left`);
	return found;
}

/** Whether nothing of the guest is left on a host that it is not on: what a daemon removes behind its answer may take a moment. */
async function isTidy(host: LabHost): Promise<boolean> {
	const socket = path.join(host.files.run, 'guests', DOMAIN, 'guest.sock');
	const deadline = performance.now() + TIDY_TIMEOUT_MS;
	while (existsSync(socket)) {
		if (performance.now() > deadline) return false;
		await sleep(POLL_INTERVAL_MS);
	}

	return true;
}

/** The guests' processes, once there is one: an aborted `prepare` may have just made one at the target, which is ended behind the answer. */
async function tidiedProcesses(labId: string): Promise<number[]> {
	const deadline = performance.now() + TIDY_TIMEOUT_MS;
	for (;;) {
		const processes = guestProcesses(labId);
		if (processes.length === 1 || performance.now() > deadline) return processes;
		await sleep(POLL_INTERVAL_MS);
	}
}

/** What the daemons say, as soon as no migration is under way by it, or the time is over. */
async function settledViews(stage: Stage, timeoutMs: number): Promise<HostView[]> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const views = await Promise.all(stage.lab.hosts.map(viewOf));
		if (views.every(isSettled) || performance.now() > deadline) return views;
		await sleep(POLL_INTERVAL_MS);
	}
}

async function viewOf(host: LabHost): Promise<HostView> {
	try {
		const domains = await askDaemon(host, 'sender', async daemon => daemon.domains());
		const migrations = await Promise.all(
			(['sender', 'receiver'] as const).map(async name => askDaemon(host, name, async daemon => daemon.migrations(''))),
		);
		const open = migrations.flat().filter(({result, phase}) => result === undefined && phase !== 'completed' && phase !== 'failed');
		return {host, domains, open};
	} catch (error) {
		return {host, domains: [], open: [], error};
	}
}

function isSettled({domains, open, error}: HostView): boolean {
	return error === undefined && open.length === 0 && domains.every(({state}) => state === 'running');
}

function describeView({host, domains, open, error}: HostView): string {
	if (error !== undefined) return `${host.name} cannot be asked: ${describeError(error)}`;
	const guests = domains.map(({state}) => `the guest is ${state}`).join(', ') || 'no guest';
	const record = readGuestRecord(host)?.migration?.step;
	const underWay = open.map(({direction, phase, reason}) => `${direction} in ${phase} (${reason})`).join(', ');
	return `${host.name}: ${guests}${record === undefined ? '' : `, journal ${record}`}${underWay === '' ? '' : `, ${underWay}`}`;
}

/** Process ids of all guests of a lab, whoever started them. */
function guestProcesses(labId: string): number[] {
	const mark = `${LAB_VARIABLE}=${labId}`;
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.filter(pid => {
			try {
				// Empty for one that has ended.
				const isGuest = readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(GUEST_TITLE);
				return isGuest && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
			} catch {
				return false; // Gone in between.
			}
		})
		.map(Number);
}

/** A text for an error of whatever kind. */
export function describeError(error: unknown): string {
	if (error instanceof OperationError) return `${error.code} ${error.message}`;
	return error instanceof Error ? error.message : String(error);
}
