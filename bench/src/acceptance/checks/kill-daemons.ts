import {type DaemonName, Lab, type LabHost} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import type {Detail} from '../steps.ts';

/** Enough that precopy takes a second, on the fastest machine too. */
const GUEST = [
	'--memory',
	'2GiB',
	'--content',
	'random',
	'--pattern',
	'hot-set',
	'--hot',
	'256MiB',
	'--rate',
	'300MB/s',
	'--line-interval',
	'5ms',
];
/** Tries until a kill meets a precopy. */
const TRIES = 5;
/** The migration must end with the daemon: that it goes on is the crash matrix' affair. */
const NO_RECONNECTION = ['--reconnect', '0s'];

type Victim = {
	readonly host: 'host-a' | 'host-b';
	readonly daemon: DaemonName;
	/** Whether the migration needs it. */ readonly isNeeded: boolean;
};

/** Of a migration from host-a to host-b. */
const VICTIMS: readonly Victim[] = [
	{host: 'host-a', daemon: 'sender', isNeeded: true},
	{host: 'host-b', daemon: 'receiver', isNeeded: true},
	{host: 'host-a', daemon: 'receiver', isNeeded: false},
	{host: 'host-b', daemon: 'sender', isNeeded: false},
];

export const killDaemons: Check = {
	name: 'kill-daemons',
	title: 'each of the four daemons, killed in precopy: the guest runs on, intact, and the restarted daemon moves it',
	subject: 'files',
	async run(steps) {
		for (const victim of VICTIMS) await steps.step(`${victim.host}'s ${victim.daemon}`, async () => killInPrecopy(victim));
	},
};

async function killInPrecopy({host, daemon, isNeeded}: Victim): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, hostA, 'dom1', GUEST);
	await guest.mustRunOn(hostA);
	for (let tried = 1; tried <= TRIES; tried++) {
		const underway = guest.start(hostA, hostB, NO_RECONNECTION);
		const event = await underway.reached(({phase, pagesSent}) => phase === 'precopy' && pagesSent > 0);
		await lab.host(host).kill(daemon);
		const {status, result, text} = await underway.ended;
		if (event === undefined) throw new Error(`the migration ended before precopy\n${text}`);
		if (isNeeded && status === 0) {
			// The precopy was over before the kill came.
			await lab.host(host).daemon(daemon).start();
			await guest.move(hostB, hostA);
			continue;
		}

		const at = isNeeded ? hostA : hostB;
		if (!isNeeded && status !== 0) throw new Error(`the migration does not need ${host}'s ${daemon}, and failed without it\n${text}`);
		await guest.mustRunOn(at);
		await lab.host(host).daemon(daemon).start();
		await mustBeAloneOn(lab, at);
		const pages = await guest.mustBeIntactOn(at);
		const other = at === hostA ? hostB : hostA;
		const {downtimeMs} = (await guest.move(at, other)).result;
		await guest.mustRunOn(other);
		await guest.mustBeIntactOn(other);
		const {lines} = guest.mustHaveEveryLineOnce();
		return {
			tries: tried,
			'killed after pages': event.pagesSent,
			'the migration': isNeeded ? `failed, ${result?.error?.code ?? 'without a result'}` : 'went on',
			'runs on': at.name,
			'pages checked': pages,
			'then moved with ms of downtime': Math.round((downtimeMs ?? Number.NaN) * 10) / 10,
			'lines exactly once': lines,
		};
	}

	throw new Error(`in ${TRIES} tries the precopy was over before ${host}'s ${daemon} was killed`);
}

/** What the other host had of the guest is gone once the daemons have talked; waits for that. */
async function mustBeAloneOn(lab: Lab, at: LabHost): Promise<void> {
	const deadline = performance.now() + 60_000;
	for (const host of lab.hosts.filter(other => other !== at)) {
		while (JSON.parse(await host.mustCtl(['domain', 'list', '--json'])).domains.length > 0) {
			if (performance.now() > deadline) throw new Error(`${host.name} still has a domain while the guest runs on ${at.name}`);
		}
	}
}
