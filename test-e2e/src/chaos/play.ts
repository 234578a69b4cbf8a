import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError} from '@sterna/protocol';
import type {MigrationResult, MigrationStatus, StartRequest} from '@sterna/protocol/control';
import {DOMAIN} from '../small-guest.ts';
import {armDaemon, inflict} from './inflict.ts';
import type {ChaosFault, ChaosKind, Schedule} from './schedule.ts';
import {askDaemon, type Roles, type Stage} from './stage.ts';
import {Supervisor} from './supervisor.ts';
import {comesToRest, describeError, violations} from './verdict.ts';

/** So long faults may go on; then everything is healed. */
const PATIENCE_MS = 12_000;
/** A migration that its operator still follows this long after everything was healed is given up on. */
const FOLLOW_TIMEOUT_MS = 90_000;

/** How a run went. */
export type Played = {
	/** What does not hold, in sentences; none: the run passed. */
	readonly wrong: readonly string[];
	/** Faults that came to pass. */
	readonly struck: readonly ChaosKind[];
	/** What the operator was told. */
	readonly told: string;
	readonly interruptions: number;
};

type Ending = {readonly result: MigrationResult} | {readonly error: unknown};

/** Plays a schedule: moves the guest from where it is to the other host while things go wrong, heals everything, and looks at what is left. */
export async function play(stage: Stage, {link, transfer, faults}: Schedule): Promise<Played> {
	const roles = stage.roles();
	const failedBefore = failedWrites(stage);
	await using supervisor = new Supervisor(stage.lab.hosts);
	for (const fault of faults) await armDaemon({roles, supervisor}, fault);
	const proxy = stage.proxy(roles.target);
	proxy.throttle(link.bytesPerSecond);
	proxy.delay(link.delayMs);

	const healing = new AbortController();
	const struck = new Set<ChaosFault>();
	const waiting: {readonly phase: string; readonly act: () => void}[] = [];
	const scene = {
		stage,
		roles,
		supervisor,
		healing: healing.signal,
		onPhase: (phase: string, act: () => void) => waiting.push({phase, act}),
		onStruck: (fault: ChaosFault) => struck.add(fault),
	};
	for (const fault of faults) inflict(scene, fault);
	let interruptions = 0;
	const giveUp = new AbortController();
	const ending = follow(roles, transfer, giveUp.signal, ({phase, interruptions: count}) => {
		interruptions = count ?? interruptions;
		for (const [index, item] of [...waiting.entries()].toReversed()) {
			if (item.phase === phase && !healing.signal.aborted) {
				waiting.splice(index, 1);
				item.act();
			}
		}
	});

	await Promise.race([settled(stage, ending), sleep(PATIENCE_MS)]);
	healing.abort();
	stage.heal();
	await supervisor.heal();
	const timer = setTimeout(() => giveUp.abort(), FOLLOW_TIMEOUT_MS);
	const ended = await ending;
	clearTimeout(timer);
	for (const fault of faults) {
		if (fault.kind === 'crash-point' && supervisor.crashes > 0) struck.add(fault);
		if (fault.kind === 'journal-fault' && failedWrites(stage) > failedBefore) struck.add(fault);
	}

	const result = 'result' in ended ? ended.result : undefined;
	const wrong = [...surprises(ended), ...(await violations(stage, result)), ...new Set(supervisor.complaints)];
	return {
		wrong,
		struck: [...struck].map(({kind}) => kind),
		told:
			result === undefined
				? describeError('error' in ended ? ended.error : undefined)
				: `${result.outcome}${result.error === undefined ? '' : ` (${result.error.code})`}`,
		interruptions,
	};
}

/** Asks for the migration and waits for its end. Never rejects. */
async function follow(
	{source, target}: Roles,
	transfer: Schedule['transfer'],
	signal: AbortSignal,
	onStatus: (status: MigrationStatus) => void,
): Promise<Ending> {
	const {channels, compression, deltaCacheBytes, proof, reconnectMs} = transfer;
	const body: StartRequest = {
		domain: DOMAIN,
		host: target.name,
		detach: false,
		stream: 'sterna',
		tee: '',
		paused: false,
		transfer: {channels, compression, deltaCacheBytes, proof, reconnectMs},
	};
	try {
		return {result: await askDaemon(source, 'sender', async daemon => daemon.follow('start', body, {onStatus, signal}))};
	} catch (error) {
		return {error};
	}
}

/** How often the daemons have told of a write that failed because it was armed to. */
function failedWrites(stage: Stage): number {
	return stage.logs().split('(armed at ').length - 1;
}

/** The operator has an answer, and nothing is under way by the hosts' records. */
async function settled(stage: Stage, ending: Promise<Ending>): Promise<void> {
	await ending;
	await comesToRest(stage, PATIENCE_MS);
}

/** What no fault may lead to: an answer that is a fault of ours, or none at all. */
function surprises(ended: Ending): string[] {
	const {code, message} =
		'result' in ended
			? (ended.result.error ?? {})
			: ended.error instanceof OperationError
				? ended.error
				: {code: 'ERR_INTERNAL', message: describeError(ended.error)};
	return code === 'ERR_INTERNAL' ? [`a fault of ours: ${message}`] : [];
}
