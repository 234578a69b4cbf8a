import type {CrashPoint} from '@sterna/host';
import {setTimeout as sleep} from 'node:timers/promises';
import type {CtlRun} from '../lab/ctl.ts';
import type {FaultProxy} from '@sterna/test-network';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {forgetArrival} from './forget-arrival.ts';

const MIB = 2 ** 20;
/** Slow enough that something can be done in the middle of a precopy. */
const SLOW_BYTES_PER_SECOND = 16 * MIB;

/** What a way to a crash point works with: a guest on host-a, to be moved to host-b through a proxy. */
export type Stage = {
	readonly lab: Lab;
	readonly hostA: LabHost;
	readonly hostB: LabHost;
	readonly proxy: FaultProxy;
	readonly domain: string;
	/** Starts the daemon that is to die, so armed. */
	readonly arm: () => Promise<void>;
	/** Resolves when it has died. */
	readonly dead: () => Promise<void>;
};

/** Brings a daemon to a crash point: resolves when it died there, with what `migrate-ctl start` was under way. */
type Way = (stage: Stage) => Promise<CtlRun>;

function start({hostA, hostB, domain}: Stage, args: readonly string[] = []): CtlRun {
	return hostA.spawnCtl(['start', domain, hostB.name, '--json', ...args]);
}

async function reached(run: CtlRun, phase: string): Promise<void> {
	for await (const line of run.lines()) {
		const {migration} = JSON.parse(line) as {readonly migration?: {readonly phase: string; readonly pagesSent: number}};
		if (migration?.phase === phase && migration.pagesSent > 0) return;
	}

	throw new Error(`the migration ended before ${phase}\n${JSON.stringify(await run.result)}`);
}

/** A migration that nothing else disturbs. */
const plain: Way = async stage => {
	await stage.arm();
	const run = start(stage);
	await stage.dead();
	return run;
};

/** One that its operator aborts in precopy. */
const aborted: Way = async stage => {
	const {hostA, proxy, domain} = stage;
	await stage.arm();
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = start(stage);
	await reached(run, 'precopy');
	await hostA.ctl(['abort', domain]);
	await stage.dead();
	proxy.throttle(undefined);
	return run;
};

/** One whose data connection is cut in precopy. */
const cut: Way = async stage => {
	const {hostB, proxy} = stage;
	await stage.arm();
	void proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 20 * MIB, how: 'reset'});
	const run = start(stage);
	await stage.dead();
	return run;
};

/** `go` meets a receiver that dies of it, and that is asked when it is back. */
function unanswered({receiver}: {readonly receiver: 'comes back' | 'is armed and comes back' | 'stays away'}): Way {
	return async stage => {
		const {hostB} = stage;
		const point: CrashPoint = 'target.outcome-running.before';
		await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: point}});
		if (receiver !== 'is armed and comes back') await stage.arm();
		const run = start(stage);
		while (hostB.daemon('receiver').id !== undefined) await sleep(20);
		if (receiver === 'is armed and comes back') await stage.arm();
		else if (receiver === 'comes back') await hostB.daemon('receiver').start();
		await stage.dead();
		return run;
	};
}

/** As `unanswered`, by a receiver that comes back without any memory of the migration. */
const unheard: Way = async stage => {
	const {hostB, domain} = stage;
	await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: 'target.outcome-running.before'}});
	const run = start(stage);
	while (hostB.daemon('receiver').id !== undefined) await sleep(20);
	forgetArrival(hostB, domain);
	await stage.arm();
	await stage.dead();
	return run;
};

/** The guest is given back while its receiver is away, which hears of it when it comes back. */
const untold: Way = async stage => {
	const {hostA, hostB, proxy, domain} = stage;
	await stage.arm();
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = start(stage);
	await reached(run, 'precopy');
	await hostB.kill('receiver');
	await hostA.ctl(['abort', domain]);
	await run.result;
	proxy.throttle(undefined);
	await hostB.daemon('receiver').start();
	await stage.dead();
	return run;
};

/** How a daemon comes to each point that a plain migration does not come by. */
const WAYS: Readonly<Record<string, Way>> = {
	'source.journal-given-back': aborted,
	'source.outcome-given-back': aborted,
	'source.journal-returned': aborted,
	'source.send-abort': aborted,
	'target.outcome-declined': aborted,
	'target.journal-gone': aborted,
	'source.send-resume': cut,
	'source.send-query': unanswered({receiver: 'comes back'}),
	'target.send-declined': unanswered({receiver: 'is armed and comes back'}),
	'source.journal-undecided': unanswered({receiver: 'stays away'}),
	'target.outcome-unheard': unheard,
	'source.outcome-told': untold,
};

/** The way to a crash point. */
export function wayTo(point: CrashPoint): Way {
	return WAYS[point.replace(/\.(?:before|after)$/, '')] ?? plain;
}
