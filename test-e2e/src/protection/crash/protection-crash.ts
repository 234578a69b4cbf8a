import type {CrashPoint} from '@sterna/host';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {guestProcesses, placesOf} from '../../crash/guest-places.ts';
import {runningCopies} from '../../crash/running-copies.ts';
import {until} from '../../crash/until.ts';
import {Lab} from '../../lab/lab.ts';
import type {LabHost} from '../../lab/lab-host.ts';
import {DOMAIN, SMALL_GUEST} from '../../small-guest.ts';
import {EtcdLab} from '../etcd-lab.ts';
import {Source} from '../kill-source.ts';
import {ProtectedGuest, type RunCtl} from '../protected-guest.ts';
import {assertReleasedOnce} from '../released-lines.ts';
import {go, losePower, type UnderWay, type WayName} from './ways.ts';

/**
 * What becomes of the daemon that died: back at once; or away while the other side does what it can without it. `host lost`, of a source: what its host has of the guest dies with it, and a
 * person lets the standby go on, where there is one to go on from.
 */
export type AfterProtectionCrash = 'restart' | 'stay down' | 'host lost';

/** `leases`: in a real etcd; otherwise a person decides. */
export type ProtectionCrash = {
	readonly point: CrashPoint;
	readonly way: WayName;
	readonly after: AfterProtectionCrash;
	readonly leases?: boolean;
};

export type ProtectionCrashRun = {
	/** On which host's output the guest was heard while the daemon was away: `nowhere` where that needs the daemon. */
	readonly meanwhile: string;
	/** Where it runs when all is settled. */
	readonly end: string;
	/** State of the domain on the other host then; `-` where it has none. */
	readonly other: string;
	readonly pagesChecked: number;
	readonly lines: number;
	/** Said and not released before the host of the guest was lost. */
	readonly unheard: number;
};

/** Long enough for the other side to do what it does alone. */
const AWAY_MS = 3000;
/** Checkpoints that a store has taken before one dies in the next. */
const STORE_COUNT = 4;

/** What may become of a daemon that dies at this point. */
export function aftersOf(point: CrashPoint): readonly AfterProtectionCrash[] {
	return point.startsWith('source.') ? ['restart', 'host lost'] : ['restart', 'stay down'];
}

/**
 * Protects a guest of host-a on host-b, lets the daemon die at the point, and sees what becomes of the guest. Rejects where the point is not come by, where two copies run at any look or none
 * does in the end, where it is on the wrong host or not whole, or a line came twice or is missing that its host could have let out. `runCtl`: as of `ProtectedGuest`.
 */
export async function protectionCrashAt(
	{point, way, after, leases = false}: ProtectionCrash,
	runCtl: RunCtl = async (host, args) => host.ctl(args),
): Promise<ProtectionCrashRun> {
	await using resources = new AsyncDisposableStack();
	const etcd = leases ? resources.use(await EtcdLab.start()) : undefined;
	const lab = etcd?.relayed.lab ?? resources.use(await Lab.start({hosts: ['host-a', 'host-b']}));
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const said: string[] = [];
	const ctl: RunCtl = async (host, args) => {
		const result = await runCtl(host, args);
		if (result.status !== 0) said.push(`${host.name}: migrate-ctl ${args.join(' ')}: ${result.stderr}`);
		return result;
	};
	const guest = await ProtectedGuest.create(lab, hostA, DOMAIN, SMALL_GUEST, ctl);
	const source = Source.of(hostA, await guest.show(hostA));
	const [host, daemon] = point.startsWith('source.') ? ([hostA, 'sender'] as const) : ([hostB, 'receiver'] as const);
	// The data worker knows its places by shorter names.
	const isStore = point.startsWith('standby.store-');
	const died = `crash point ${point.replace('standby.store-', '')} reached`;
	const armed = isStore ? `${point}:${STORE_COUNT}` : point;
	const stage = {
		hostA,
		hostB,
		guest,
		source,
		ctl,
		etcd,
		arm: async () => host.restart(daemon, {environment: {STERNA_CRASH_POINT: armed}}),
		dead: async () => until(died, () => host.daemon(daemon).id === undefined && host.daemon(daemon).log.includes(died)),
	};
	try {
		const underWay = await go(way, stage);
		return await observe(lab, {guest, source, underWay, after, leases, expected: endOf({point, way, leases})});
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n${said.join('')}${guest.logs()}`, {cause: error});
	}
}

type Observed = {
	readonly guest: ProtectedGuest;
	readonly source: Source;
	readonly underWay: UnderWay;
	readonly after: AfterProtectionCrash;
	readonly leases: boolean;
	/** The host that must have it where nobody fails over; undefined where either is right. */
	readonly expected: string | undefined;
};

/** From the death on. */
async function observe(lab: Lab, {guest, source, underWay, after, leases, expected}: Observed): Promise<ProtectionCrashRun> {
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	let {isSourceLost} = underWay;
	let isTakenOver = false;
	if (after === 'host lost' && !isSourceLost) {
		isTakenOver = await canGoOnAt(hostB, guest);
		if (isTakenOver) {
			isSourceLost = true;
			await losePower(hostA, source);
			await (leases ? takesOver(hostB, guest) : failOver(hostB, guest));
		}
	}

	if (after !== 'restart') await sleep(AWAY_MS);
	const meanwhile = await placesOf(lab, guest.name);
	await assertOneRuns(lab, guest.name);
	if (meanwhile.length > 1) throw new Error(`the guest is heard on ${meanwhile.join(' and ')} while a daemon is away`);
	// The one that the guest may be left at is there first: a person sees to it before anybody asks it anything.
	for (const host of isSourceLost ? [hostB, hostA] : [hostA, hostB]) {
		for (const daemon of ['sender', 'receiver'] as const) if (host.daemon(daemon).id === undefined) await host.daemon(daemon).start();
		if (isSourceLost && host === hostB) await (leases ? takesOver(hostB, guest) : failOver(hostB, guest));
	}

	await underWay.again?.();
	await underWay.run;
	const {host, other} = await settled(lab, guest);
	const wanted = isTakenOver ? 'host-b' : expected;
	if (wanted !== undefined && host.name !== wanted) throw new Error(`the guest runs on ${host.name} and not on ${wanted}`);
	const pagesChecked = await guest.mustBeIntactOn(host);
	const {lines, unheard} = assertReleasedOnce(lab.guestOutput(guest.name));
	// Whose lease ran out says no more, as if its host were lost.
	if (unheard > 0 && !isSourceLost && !(leases && host === hostB))
		throw new Error(`${unheard} lines were never heard, and no host of the guest was lost`);
	return {meanwhile: meanwhile[0] ?? 'nowhere', end: host.name, other: other ?? '-', pagesChecked, lines, unheard};
}

/** What must come of a crash here where nobody fails over by hand. */
function endOf({point, way, leases}: {readonly point: CrashPoint; readonly way: WayName; readonly leases: boolean}): string | undefined {
	if (way === 'guest found gone' || way === 'lease taken') return 'host-b';
	// A daemon that is away for a moment longer than its lease lasts has lost it.
	if (leases) return undefined;
	if (way === 'standby given up' || way === 'lost standby given up') return 'host-a';
	if (way === 'failover of a dead source' || way === 'thawed after a failover' || way === 'go unanswered') return 'host-b';
	// The source may have begun to hand over, or not have heard that it is wanted.
	if (point.startsWith('standby.send-failover-wanted')) return undefined;
	if (/^source\.(?:send-go\.after|outcome-handed-over|journal-removed)/.test(point)) return 'host-b';
	if (/^standby\.(?:journal-promoting\.after|outcome-promoted|journal-promoted|send-running)/.test(point)) return 'host-b';
	return 'host-a';
}

/** Whether a standby is left that somebody could let go on, or that does so already. */
async function canGoOnAt(host: LabHost, guest: ProtectedGuest): Promise<boolean> {
	if (host.daemon('receiver').id === undefined) return false;
	// What was on its way when the source died has been heard by then.
	await sleep(300);
	const status = await guest.status(host);
	if (status?.role === 'standby') return status.committedEpoch !== null && status.committedEpoch > 0;
	return stateOn(host, guest.name) === 'running';
}

/** Nobody answers for anything: the standby gets the lease, or has it. */
async function takesOver(host: LabHost, guest: ProtectedGuest): Promise<void> {
	await until(`that ${host.name} has the lease`, () => stateOn(host, guest.name) === 'running');
}

/** A person answers for it that the source is dead. Nothing to do where the guest runs there, or comes to while it is asked for. */
async function failOver(host: LabHost, guest: ProtectedGuest): Promise<void> {
	if (stateOn(host, guest.name) !== 'standby') return;
	try {
		await guest.failover(host, ['--source-is-dead']);
	} catch (error) {
		if (stateOn(host, guest.name) !== 'running') throw error;
	}
}

/** Waits until exactly one host has the guest, and it is heard there; the other has nothing of it, or a copy that stands still. */
async function settled(lab: Lab, guest: ProtectedGuest): Promise<{readonly host: LabHost; readonly other: string | undefined}> {
	let last = '';
	let found: {readonly host: LabHost; readonly other: string | undefined} | undefined;
	await until(
		'one copy that runs, and at most a standby or a stale one beside it',
		async () => {
			const shown = lab.hosts.map(host => ({host, state: stateOn(host, guest.name)}));
			const places = await placesOf(lab, guest.name);
			last = JSON.stringify({shown: shown.map(({host, state}) => `${host.name}: ${state ?? '-'}`), places});
			if (places.length > 1) throw new Error(`the guest is heard on both hosts: ${last}`);
			const running = await assertOneRuns(lab, guest.name);
			const at = shown.find(({state}) => state === 'running' || state === 'protected');
			const other = shown.find(entry => entry !== at)?.state;
			if (at === undefined || running !== 1 || places[0] !== at.host.name) return false;
			found = {host: at.host, other};
			return other === undefined || other === 'stale' || (other === 'standby' && at.state === 'protected');
		},
		() => last,
	);
	if (found === undefined) throw new TypeError('settled nowhere');
	return found;
}

/** Resolves with how many copies take steps: none or one; rejects for more, heard or not. */
async function assertOneRuns(lab: Lab, domain: string): Promise<number> {
	const running = await runningCopies(lab, domain);
	if (running.length > 1)
		throw new Error(
			`${running.length} copies of the guest run: processes ${running.join(' ')} of ${guestProcesses(lab, domain).join(' ')}`,
		);
	return running.length;
}

/** State of the domain in the journal of a host, whose daemons need not be up; undefined where it has none. */
function stateOn(host: LabHost, domain: string): string | undefined {
	const record = path.join(host.files.state, 'domains', domain, 'domain.json');
	return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as {readonly state: string}).state : undefined;
}
