import type {CrashPoint} from '@sterna/host';
import {until} from '../../crash/until.ts';
import type {CtlResult} from '../../lab/ctl.ts';
import type {LabHost} from '../../lab/lab-host.ts';
import type {EtcdLab} from '../etcd-lab.ts';
import type {Source} from '../kill-source.ts';
import type {ProtectedGuest, RunCtl} from '../protected-guest.ts';

/** What a way to a crash point works with: a guest that runs on host-a, to be protected on host-b. */
export type Stage = {
	readonly hostA: LabHost;
	readonly hostB: LabHost;
	readonly guest: ProtectedGuest;
	/** The guest on host-a, and the daemon that protects it. */
	readonly source: Source;
	readonly ctl: RunCtl;
	/** Undefined: a person decides, and no lease store. */
	readonly etcd: EtcdLab | undefined;
	/** Starts the daemon that is to die, so armed. */
	readonly arm: () => Promise<void>;
	/** Resolves when it has died. */
	readonly dead: () => Promise<void>;
};

/** What was under way when a daemon died. */
export type UnderWay = {
	/** What an operator had typed; undefined where the daemons were on their own. */
	readonly run: Promise<CtlResult> | undefined;
	/** The guest was lost on host-a before: nothing but its standby is left. */
	readonly isSourceLost: boolean;
	/** What an operator types once more when the daemons are back: it may have died with the first. */
	readonly again?: () => Promise<CtlResult>;
};

/** Brings a daemon to a crash point: resolves when it died there. */
type Way = (stage: Stage) => Promise<UnderWay>;

const INTERVAL = ['--interval', '40ms'] as const;
/** Checkpoints before anything else is done. */
const CHECKPOINTS = 3;

/** While the standby is made, brought in step, and kept so. */
const protect: Way = async ({hostA, hostB, guest, ctl, arm, dead}) => {
	await arm();
	const run = ctl(hostA, ['protect', guest.name, hostB.name, '--detach', ...INTERVAL]);
	await dead();
	return {run, isSourceLost: false};
};

/** As an operator of either host ends or hands over what has been in step for some checkpoints. The daemon is armed before: a restart would be a new link. */
function afterSome(command: (stage: Stage) => Promise<CtlResult>): Way {
	return async stage => {
		const {hostA, hostB, guest, arm, dead} = stage;
		await arm();
		await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
		const run = command(stage);
		await dead();
		return {run, isSourceLost: false};
	};
}

const unprotect = afterSome(async ({hostA, guest, ctl}) => ctl(hostA, ['unprotect', guest.name]));
const plannedFailover = afterSome(async ({hostA, guest, ctl}) => ctl(hostA, ['failover', guest.name, '--planned']));
const wantedFailover = afterSome(async ({hostB, guest, ctl}) => ctl(hostB, ['failover', guest.name, '--planned']));

/** The standby's daemon is gone for longer than it is waited for. */
function standbyLost(policy: 'continue' | 'pause'): Way {
	return async ({hostA, hostB, guest, arm, dead}) => {
		await arm();
		await guest.protect(hostA, hostB, [...INTERVAL, '--on-standby-loss', policy], CHECKPOINTS);
		await hostB.kill('receiver');
		await dead();
		return {run: undefined, isSourceLost: false};
	};
}

/** The daemon of the guest's host is another one, which takes the protection up. `armed`: the other side is to die of it. */
function sourceRestarts(armed: 'source' | 'standby'): Way {
	return async ({hostA, hostB, guest, arm, dead}) => {
		if (armed === 'standby') await arm();
		await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
		await (armed === 'source' ? arm() : hostA.restart('sender'));
		await dead();
		return {run: undefined, isSourceLost: false};
	};
}

/** The host of the guest loses its power, and a person at the standby's lets it go on there. */
const deadSource: Way = async ({hostA, hostB, guest, source, ctl, arm, dead}) => {
	await arm();
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	await losePower(hostA, source);
	const run = ctl(hostB, ['failover', guest.name, '--source-is-dead']);
	await dead();
	return {run, isSourceLost: true};
};

/** A host that stood still is there again, with all it had, and its guest runs elsewhere by a person's word. */
const thawedSource: Way = async ({hostA, hostB, guest, arm, dead}) => {
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	process.kill(await hostA.guestPid(guest.name), 'SIGSTOP');
	await hostA.kill('receiver');
	await hostA.kill('sender');
	await guest.failover(hostB, ['--source-is-dead']);
	await arm();
	await dead();
	return {run: undefined, isSourceLost: true};
};

/** `go` meets a standby's daemon that dies before it answers, and is asked about when that is back. */
const unanswered: Way = async ({hostA, hostB, guest, ctl, arm, dead}) => {
	const point: CrashPoint = 'standby.send-running.before';
	await arm();
	await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: point}});
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	const run = ctl(hostA, ['failover', guest.name, '--planned']);
	await until(`death at ${point}`, () => hostB.daemon('receiver').id === undefined);
	await hostB.daemon('receiver').start();
	await dead();
	return {run, isSourceLost: false};
};

/** A source that has written down that it hands over dies before it says so, and asks when it is back: the standby declines. */
const unsaid: Way = async ({hostA, hostB, guest, ctl, arm, dead}) => {
	const point: CrashPoint = 'source.journal-handing-over.after';
	await arm();
	await hostA.restart('sender', {environment: {STERNA_CRASH_POINT: point}});
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	const run = ctl(hostA, ['failover', guest.name, '--planned']);
	await until(`death at ${point}`, () => hostA.daemon('sender').id === undefined);
	await hostA.daemon('sender').start();
	await dead();
	return {run, isSourceLost: false};
};

/** A sender that comes back, and whose guest is gone: it leaves it to the standby. */
const foundGone: Way = async ({hostA, hostB, guest, source, arm, dead}) => {
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	await source.kill({first: 'daemon', gapMs: 0});
	// It may die before it is up.
	await arm().catch(() => undefined);
	await dead();
	return {run: undefined, isSourceLost: true};
};

function giveUpStandby({hostB, guest, ctl}: Stage): Promise<CtlResult> {
	return ctl(hostB, ['resolve', guest.name, '--force', 'destroy-here']);
}

/** A guest that was to go on from its standby and is gone there: a person says that it took no step, and it goes on where it was. */
const lostGivenUp: Way = async stage => {
	const {hostA, hostB, guest, ctl, arm, dead} = stage;
	const point: CrashPoint = 'standby.journal-promoting.after';
	await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: point}});
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	const failover = ctl(hostA, ['failover', guest.name, '--planned']);
	await until(`death at ${point}`, () => hostB.daemon('receiver').id === undefined);
	process.kill(await hostB.guestPid(guest.name), 'SIGKILL');
	await arm();
	const given = giveUpStandby(stage);
	await dead();
	const run = failover.then(async () => given);
	return {run, isSourceLost: false, again: async () => giveUpStandby(stage)};
};

/** The source's host does not reach the lease store until its standby has taken over, or it died of that. */
const leaseLost: Way = async ({hostA, hostB, guest, etcd, arm, dead}) => {
	if (etcd === undefined) throw new TypeError('a lease is lost, and there is no lease store');
	await arm();
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	etcd.cutFromEtcd(hostA);
	await until('a death, or a takeover', async () => {
		if (hostA.daemon('sender').id === undefined) return true;
		return (await guest.show(hostB)).state === 'running';
	});
	etcd.heal();
	await dead();
	return {run: undefined, isSourceLost: false};
};

/** The host of the guest loses its power, and the standby gets the lease. */
const leaseTaken: Way = async ({hostA, hostB, guest, source, arm, dead}) => {
	await arm();
	await guest.protect(hostA, hostB, INTERVAL, CHECKPOINTS);
	await losePower(hostA, source);
	await dead();
	return {run: undefined, isSourceLost: true};
};

/** All of a host's processes that have to do with the guest end at once. */
export async function losePower(host: LabHost, source: Source): Promise<void> {
	await Promise.all([source.kill({first: 'daemon', gapMs: 0}), host.kill('receiver')]);
}

const NAMED = {
	protect,
	unprotect,
	'planned failover': plannedFailover,
	'failover that its standby wants': wantedFailover,
	'standby lost, continue': standbyLost('continue'),
	'standby lost, pause': standbyLost('pause'),
	'its source restarts': sourceRestarts('standby'),
	'it restarts': sourceRestarts('source'),
	'failover of a dead source': deadSource,
	'thawed after a failover': thawedSource,
	'go unanswered': unanswered,
	'go unsaid': unsaid,
	'guest found gone': foundGone,
	'standby given up': afterSome(giveUpStandby),
	'lost standby given up': lostGivenUp,
	'lease lost': leaseLost,
	'lease taken': leaseTaken,
} as const satisfies Readonly<Record<string, Way>>;
export type WayName = keyof typeof NAMED;

/** Points of a handover that a protection comes by, too. */
export const SHARED_CRASH_POINTS: readonly CrashPoint[] = (
	['source.send-go', 'source.send-query', 'source.outcome-handed-over', 'source.journal-removed'] as const
).flatMap(step => [`${step}.before`, `${step}.after`] as const);

const PROMOTIONS: readonly WayName[] = ['planned failover', 'failover of a dead source'];
/** By which ways a daemon comes to each point; `protect` where nothing is said here. */
const WAYS: Readonly<Record<string, readonly WayName[]>> = {
	'source.journal-stopped': ['standby lost, pause'],
	'source.journal-alone': ['standby lost, continue', 'unprotect'],
	'source.journal-handing-over': ['planned failover'],
	'source.journal-gone': ['guest found gone'],
	'source.journal-stale': ['thawed after a failover'],
	'source.journal-unprotected': ['unprotect'],
	'source.send-standby-end': ['unprotect', 'guest found gone'],
	'source.send-standby-query': ['it restarts'],
	'source.send-go': ['planned failover'],
	'source.send-query': ['go unanswered'],
	'source.outcome-handed-over': ['planned failover'],
	'source.journal-removed': ['planned failover'],
	'standby.journal-attached': ['its source restarts'],
	'standby.journal-declined': ['go unsaid'],
	'standby.journal-promoting': PROMOTIONS,
	'standby.outcome-promoted': PROMOTIONS,
	'standby.journal-promoted': PROMOTIONS,
	'standby.journal-removed': ['unprotect', 'standby given up', 'lost standby given up'],
	'standby.send-failover-wanted': ['failover that its standby wants'],
	'standby.send-running': ['planned failover'],
	'standby.send-declined': ['go unsaid'],
	'standby.send-ended': ['unprotect'],
};

/** Where a lease store decides, and a daemon's death is another one than where a person does. */
const LEASE_WAYS: Readonly<Record<string, readonly WayName[]>> = {
	'source.journal-stopped': ['lease lost'],
	'source.journal-alone': ['standby lost, continue'],
	'source.journal-handing-over': ['planned failover'],
	'source.journal-gone': ['guest found gone'],
	'source.journal-stale': ['lease lost'],
	'source.send-standby-end': ['guest found gone'],
	'standby.journal-promoting': ['lease taken'],
	'standby.outcome-promoted': ['lease taken'],
	'standby.journal-promoted': ['lease taken'],
};

/** The ways that come by a crash point. `leases`: where a lease store decides, of those that are others then. */
export function waysTo(point: CrashPoint, {leases}: {readonly leases: boolean} = {leases: false}): readonly WayName[] {
	const step = point.replace(/\.(?:before|after)$/, '');
	return leases ? (LEASE_WAYS[step] ?? []) : (WAYS[step] ?? ['protect']);
}

/** Goes one of them. */
export async function go(name: WayName, stage: Stage): Promise<UnderWay> {
	return NAMED[name](stage);
}
