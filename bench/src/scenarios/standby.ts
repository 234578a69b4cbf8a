import {setTimeout as sleep} from 'node:timers/promises';
import {type Distribution, freePorts, OutputClient, type ProtectionJson} from '@sterna/test-e2e';
import {daemonPid, HostPair} from '../host-pair.ts';
import {anonymousBytesOf} from '../measure/anonymous-memory.ts';
import {GuestSteps} from '../measure/guest-steps.ts';
import {mustCtl, runCtl} from '../run-ctl.ts';
import {type Contender, type Figure, figures, OURS, type Scenario} from '../scenario.ts';
import {GIB, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'protected';
const HOT = ['--pattern', 'hot-set', '--hot', '16MiB', '--line-interval', '5ms'];
const MEASURED_MS = 5000;
/** For what is slow only once, and for medians of the status to be of what is measured. */
const SETTLE_MS = 3000;
const REQUESTS_PER_SECOND = 200;
const POLL_MS = 100;
const PATIENCE_MS = 60_000;

/** Steady checkpoints of a guest whose writes have a rate, and what an outside client notices of them. */
export function standby(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? 256 * MIB : GIB;
	const what = `guest of ${sizeText(memoryBytes)}, 100 MB/s over a hot set of 16 MiB, an epoch of 20 ms`;
	return {
		id: 'standby',
		title: `Checkpoints: ${what}`,
		rows: [
			{id: 'standby-rate', title: `checkpoints a second, ${what}`, unit: '/s', better: 'more', targets: [{figure: 'median', atLeast: 40}]},
			{
				id: 'standby-pause',
				title: `pause of a checkpoint, median, ${what}`,
				unit: 'ms',
				better: 'less',
				targets: [{figure: 'median', atMost: 3}],
			},
			{id: 'standby-pause-p99', title: `pause of a checkpoint, 99th percentile, ${what}`, unit: 'ms', better: 'less'},
			{
				id: 'standby-lag',
				title: `from a cut to its acknowledgement, in epochs, ${what}`,
				unit: 'epochs',
				better: 'less',
				targets: [{figure: 'median', atMost: 2}],
			},
			{
				id: 'standby-latency',
				title: `response seen by a client outside, median, ${what}; beside it the unprotected guest`,
				unit: 'ms',
				better: 'less',
			},
			{id: 'standby-latency-p99', title: `the same, 99th percentile`, unit: 'ms', better: 'less'},
			{id: 'standby-sender-memory', title: `anonymous memory of the source's sender, ${what}`, unit: 'MiB', better: 'less'},
			{id: 'standby-receiver-memory', title: `anonymous memory of the standby's receiver, ${what}`, unit: 'MiB', better: 'less'},
		],
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			const pair = await HostPair.start();
			const [port = 0] = await freePorts(1);
			const addresses = pair.lab.hosts.map(host => host.guestAddress);
			const client = await OutputClient.start({addresses, port, requestsPerSecond: REQUESTS_PER_SECOND});
			return {
				contenders: [unprotected(client), steady(pair, client)],
				async warmUp() {
					const load = ['--rate', '100MB/s', '--udp-port', String(port)];
					await pair.create(GUEST, ['--memory', `${memoryBytes / MIB}MiB`, '--content', 'random', ...HOT, ...load]);
					await whileProtected(pair, '20ms', async () => sleep(SETTLE_MS));
				},
				async [Symbol.asyncDispose]() {
					try {
						await pair.check(GUEST);
					} finally {
						await client[Symbol.asyncDispose]();
						await pair[Symbol.asyncDispose]();
					}
				},
			};
		},
	};
}

function unprotected(client: OutputClient): Contender {
	return {
		name: 'unprotected',
		async measure() {
			const {medianMs, p99Ms} = await latencyOf(client);
			return figures('unprotected', {'standby-latency': medianMs, 'standby-latency-p99': p99Ms});
		},
	};
}

function steady(pair: HostPair, client: OutputClient): Contender {
	return {
		name: OURS,
		async measure() {
			return whileProtected(pair, '20ms', async begun => {
				await sleep(SETTLE_MS);
				const before = await protectionOf(pair);
				const startedMs = performance.now();
				const {medianMs, p99Ms} = await latencyOf(client);
				const status = await protectionOf(pair);
				const seconds = (performance.now() - startedMs) / 1000;
				const {from, to} = pair.route(GUEST);
				return figures(OURS, {
					'standby-rate': ((status.committedEpoch ?? 0) - (before.committedEpoch ?? 0)) / seconds,
					'standby-pause': status.pauseMedianMs ?? Number.NaN,
					'standby-pause-p99': status.pauseP99Ms ?? Number.NaN,
					'standby-lag': (status.ackLagMs ?? Number.NaN) / (begun.intervalMs ?? Number.NaN),
					'standby-latency': medianMs,
					'standby-latency-p99': p99Ms,
					'standby-sender-memory': anonymousBytesOf(daemonPid(from, 'sender')) / MIB,
					'standby-receiver-memory': anonymousBytesOf(daemonPid(to, 'receiver')) / MIB,
				});
			});
		},
	};
}

/** Of what is asked for from now on. */
async function latencyOf(client: OutputClient): Promise<Distribution> {
	const fromMs = performance.now();
	await sleep(MEASURED_MS);
	return client.summary(fromMs).latency;
}

const RATES = [
	{perSecond: 20, interval: '50ms', atMost: 15},
	{perSecond: 40, interval: '25ms', atMost: 30},
] as const;

/** What protection takes from a guest that writes as fast as it can, beside the same guest without. */
export function standbySlowdown(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? 256 * MIB : GIB;
	const what = `guest of ${sizeText(memoryBytes)} that writes 16 MiB over and over as fast as it can`;
	return {
		id: 'standby-slowdown',
		title: `Slowdown by checkpoints: ${what}`,
		rows: RATES.flatMap(({perSecond, atMost}) => [
			{
				id: `standby-slowdown-${perSecond}`,
				title: `steps a second that are lost at ${perSecond} checkpoints a second, ${what}`,
				unit: '%',
				better: 'less',
				targets: [{figure: 'median', atMost}],
			} as const,
			{
				id: `standby-kept-rate-${perSecond}`,
				title: `checkpoints a second of ${perSecond} that were asked for, ${what}`,
				unit: '/s',
				better: 'more',
			} as const,
		]),
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			const pair = await HostPair.start();
			return {
				contenders: RATES.map(rate => ({name: `${OURS}, ${rate.perSecond}/s`, measure: async () => slowdown(pair, rate)})),
				async warmUp() {
					await pair.create(GUEST, ['--memory', `${memoryBytes / MIB}MiB`, '--content', 'random', ...HOT, '--rate', 'unthrottled']);
					await whileProtected(pair, '25ms', async () => sleep(SETTLE_MS));
				},
				async [Symbol.asyncDispose]() {
					try {
						await pair.check(GUEST);
					} finally {
						await pair[Symbol.asyncDispose]();
					}
				},
			};
		},
	};
}

/** Without, with, and without again: a machine that grows slower meanwhile is not taken for the checkpoints. */
async function slowdown(pair: HostPair, {perSecond, interval}: (typeof RATES)[number]): Promise<readonly Figure[]> {
	const {from} = pair.route(GUEST);
	const before = await timed(async () => sleep(MEASURED_MS));
	const inside = await whileProtected(pair, interval, async () => {
		await sleep(SETTLE_MS);
		const first = (await protectionOf(pair)).committedEpoch ?? 0;
		const span = await timed(async () => sleep(MEASURED_MS));
		const last = (await protectionOf(pair)).committedEpoch ?? 0;
		return {span, rate: (last - first) / (Number(span.toNs - span.fromNs) / 1e9)};
	});
	const after = await timed(async () => sleep(MEASURED_MS));
	const steps = GuestSteps.of(from, GUEST);
	const rateOf = ({fromNs, toNs}: Span): number => steps.perSecond(fromNs, toNs);
	const free = (rateOf(before) + rateOf(after)) / 2;
	return figures(OURS, {
		[`standby-slowdown-${perSecond}`]: (1 - rateOf(inside.span) / free) * 100,
		[`standby-kept-rate-${perSecond}`]: inside.rate,
	});
}

type Span = {readonly fromNs: bigint; readonly toNs: bigint};

async function timed(work: () => Promise<void>): Promise<Span> {
	const fromNs = process.hrtime.bigint();
	await work();
	return {fromNs, toNs: process.hrtime.bigint()};
}

/** Protects the guest for as long as `work` takes. */
async function whileProtected<T>(pair: HostPair, interval: string, work: (begun: ProtectionJson) => Promise<T>): Promise<T> {
	const {from, to} = pair.route(GUEST);
	await mustCtl(from, ['protect', GUEST, to.name, '--interval', interval, '--detach']);
	try {
		return await work(await committed(pair));
	} finally {
		await mustCtl(from, ['unprotect', GUEST]);
	}
}

async function committed(pair: HostPair): Promise<ProtectionJson> {
	const deadline = performance.now() + PATIENCE_MS;
	for (;;) {
		const status = await protectionOf(pair);
		if (status.phase === 'protected' && status.committedEpoch !== null) return status;
		if (performance.now() > deadline) throw new Error(`the guest is not protected: ${JSON.stringify(status)}`);
		await sleep(POLL_MS);
	}
}

async function protectionOf(pair: HostPair): Promise<ProtectionJson> {
	const {status, stdout, stderr} = await runCtl(pair.route(GUEST).from, ['status', GUEST, '--json']);
	const {protection} = status === 0 ? (JSON.parse(stdout) as {readonly protection?: ProtectionJson}) : {};
	if (protection === undefined) throw new Error(`no protection of ${GUEST}: ${stdout}${stderr}`);
	return protection;
}
