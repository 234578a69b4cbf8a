import type {CrashPoint} from '@sterna/host';
import {setTimeout as sleep} from 'node:timers/promises';
import type {CtlRun} from '../lab/ctl.ts';
import {FaultProxy} from '@sterna/test-network';
import {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {guestProcesses, placesOf} from './guest-places.ts';
import {until} from './until.ts';
import {wayTo} from './ways.ts';
import {DOMAIN, SMALL_GUEST} from '../small-guest.ts';

/** What becomes of the daemon that died: back at once, or away while the other side does what it can without it. */
export type AfterCrash = 'restart' | 'stay down';

export type CrashRun = {
	readonly point: CrashPoint;
	readonly after: AfterCrash;
	/** Where the guest ran while the daemon was away: `nowhere` where that needs the daemon. */
	readonly meanwhile: string;
	/** Where it runs when all is settled. */
	readonly end: string;
	readonly pagesChecked: number;
	readonly lines: number;
};

const PROXY_HOST = '127.0.0.2';
/** The end of a daemon's log, where something is wrong. */
const LOG_CHARACTERS = 4000;
/** Long enough for the other side to do what it does alone. */
const AWAY_MS = 3000;

/**
 * Moves a guest from host-a to host-b, lets the daemon die at the point, and sees what becomes of the guest. Rejects where the point is not come by, where two copies run
 * or none does in the end, where it is on the wrong host or not whole, a line is missing or there twice, or anything of a second copy is left.
 */
export async function crashAt(point: CrashPoint, after: AfterCrash): Promise<CrashRun> {
	await using lab = await Lab.start({
		hosts: ['host-a', 'host-b'],
		route: (from, to) => (from === 'host-a' && to === 'host-b' ? PROXY_HOST : '127.0.0.1'),
	});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const {controlPort, dataPort} = hostB;
	await using proxy = await FaultProxy.listen({listenHost: PROXY_HOST, targetHost: '127.0.0.1', ports: [controlPort, dataPort]});
	await hostA.mustCtl(['domain', 'create', DOMAIN, ...SMALL_GUEST]);
	await until('lines of the guest', async () => (await placesOf(lab, DOMAIN)).length > 0);

	const [host, name] = point.startsWith('source.') ? ([hostA, 'sender'] as const) : ([hostB, 'receiver'] as const);
	const died = `crash point ${point} reached`;
	const dead = async (): Promise<void> => until(died, () => host.daemon(name).id === undefined && host.daemon(name).log.includes(died));
	const arm = async (): Promise<void> => host.restart(name, {environment: {STERNA_CRASH_POINT: point}});
	try {
		return await observe(lab, {point, after, died: wayTo(point)({lab, hostA, hostB, proxy, domain: DOMAIN, arm, dead})});
	} catch (error) {
		const logs = [hostA.daemon('sender'), hostB.daemon('receiver')].map(daemon => `${daemon.name}\n${daemon.log.slice(-LOG_CHARACTERS)}`);
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n${logs.join('\n')}`, {cause: error});
	}
}

type Observed = {readonly point: CrashPoint; readonly after: AfterCrash; readonly died: Promise<CtlRun>};

/** From the death on. */
async function observe(lab: Lab, {point, after, died}: Observed): Promise<CrashRun> {
	const run = await died;
	if (after === 'stay down') await sleep(AWAY_MS);
	const meanwhile = await placesOf(lab, DOMAIN);
	if (meanwhile.length > 1) throw new Error(`the guest runs on ${meanwhile.join(' and ')} while a daemon is away`);
	for (const host of lab.hosts)
		for (const daemon of ['sender', 'receiver'] as const) if (host.daemon(daemon).id === undefined) await host.daemon(daemon).start();
	await run.result;
	const end = await settled(lab);
	const wanted = endOf(point);
	if (wanted !== undefined && end.name !== wanted) throw new Error(`the guest runs on ${end.name} and not on ${wanted}`);
	return {point, after, meanwhile: meanwhile[0] ?? 'nowhere', end: end.name, ...(await intact(lab, end))};
}

/** What must come of a crash here; undefined where either host is right: the restarted daemon goes on with the migration if it can. */
function endOf(point: CrashPoint): string | undefined {
	// The operator's abort dies with the daemon that had not written it down, and was not answered.
	if (point === 'source.journal-given-back.before') return undefined;
	const step = point.replace(/\.(?:before|after)$/, '');
	if (/^source\.(?:journal-handed-over|outcome-handed-over|journal-removed)$/.test(step)) return 'host-b';
	if (/^target\.(?:journal-arrived|outcome-arrived|send-running)$/.test(step) || point === 'target.outcome-running.after') return 'host-b';
	if (/(?:given-back|returned|send-abort|outcome-told|declined|unheard|gone|send-query|undecided)$/.test(step)) return 'host-a';
	return undefined;
}

/** Waits until exactly one host has the guest, running, and of the other copy nothing is left. */
async function settled(lab: Lab): Promise<LabHost> {
	let last = '';
	let at: LabHost | undefined;
	await until(
		'one copy that runs, and nothing of another',
		async () => {
			const shown = await Promise.all(lab.hosts.map(async host => ({host, domains: await domainsOf(host)})));
			const having = shown.filter(({domains}) => domains.length > 0);
			const processes = guestProcesses(lab, DOMAIN);
			const places = await placesOf(lab, DOMAIN);
			last = JSON.stringify({shown: shown.map(({host, domains}) => `${host.name}: ${domains.join()}`), processes, places});
			if (places.length > 1) throw new Error(`the guest runs on both hosts: ${last}`);
			at = having[0]?.host;
			return having.length === 1 && having[0]?.domains[0] === 'running' && processes.length === 1 && places[0] === at?.name;
		},
		() => last,
	);
	if (at === undefined) throw new TypeError('settled nowhere');
	return at;
}

/** States of the guest that a host shows; empty where it has none. */
async function domainsOf(host: LabHost): Promise<string[]> {
	const {domains} = JSON.parse(await host.mustCtl(['domain', 'list', '--json'])) as {
		readonly domains: ReadonlyArray<{readonly name: string; readonly state: string}>;
	};
	return domains.filter(({name}) => name === DOMAIN).map(({state}) => state);
}

async function intact(lab: Lab, host: LabHost): Promise<{readonly pagesChecked: number; readonly lines: number}> {
	const {checked} = JSON.parse(await host.mustCtl(['domain', 'check', DOMAIN, '--json'])) as {
		readonly checked: {readonly pagesChecked: number; readonly badPages: number; readonly firstBad: string | null};
	};
	if (checked.badPages > 0 || checked.pagesChecked === 0) throw new Error(`${checked.badPages} pages are wrong: ${checked.firstBad}`);
	const {lines, missing, repeated, remarks} = lab.guestOutput(DOMAIN);
	if (missing.length + repeated.length + remarks.length > 0)
		throw new Error(
			`missing ${missing.slice(0, 10).join(' ')}, twice ${repeated.slice(0, 10).join(' ')}, complaints ${remarks.slice(0, 3).join('; ')}`,
		);
	return {pagesChecked: checked.pagesChecked, lines: lines.length};
}
