import {setTimeout as sleep} from 'node:timers/promises';
import {freePorts} from '@sterna/test-network';
import type {LabHost} from '../lab/lab-host.ts';
import {knownOutput} from '../outside/known-output.ts';
import {OutputClient} from '../outside/output-client.ts';
import {EtcdLab} from './etcd-lab.ts';
import {ProtectedGuest} from './protected-guest.ts';
import {assertReleasedOnce} from './released-lines.ts';
import {nowMs, StepWatch, WATCHED_PAGES} from './step-watch.ts';

const NAME = 'dom1';
/** It writes each of the watched pages some sixty times a second. */
const GUEST = `--memory 64MiB --content random --pattern hot-set --hot ${WATCHED_PAGES * 4}KiB --rate 4MB/s --line-interval 5ms`.split(' ');
const REQUESTS_PER_SECOND = 100;
const PROTECT = ['--interval', '25ms'];
const CHECKPOINTS = 5;
/** A guest that runs is seen within this time on a loaded machine, too. */
const SEEN_WITHIN_MS = 1000;
const POLL_MS = 50;
const PATIENCE_MS = 90_000;

/** Where the one guest runs: 'both' is what must never be. */
export type Whereabouts = 'source' | 'standby' | 'nowhere' | 'both';

/** What the outside, and the guest itself, found. */
export type Verdict = {readonly pagesChecked: number; readonly replies: number; readonly longestSilenceMs: number};

/**
 * A guest of host-a with a standby on host-b and its lease in etcd, asked from outside and watched for steps: what faults of the network, of etcd and of processes are tried on.
 */
export class SplitScene implements AsyncDisposable {
	readonly lab: EtcdLab;
	readonly guest: ProtectedGuest;
	readonly source: LabHost;
	readonly standby: LabHost;
	readonly watch: StepWatch;
	readonly #client: OutputClient;
	readonly #resources: AsyncDisposableStack;

	private constructor(
		resources: AsyncDisposableStack,
		parts: Pick<SplitScene, 'lab' | 'guest' | 'source' | 'standby' | 'watch'>,
		client: OutputClient,
	) {
		this.#resources = resources;
		this.lab = parts.lab;
		this.guest = parts.guest;
		this.source = parts.source;
		this.standby = parts.standby;
		this.watch = parts.watch;
		this.#client = client;
	}

	/** The standby has some whole checkpoints when it resolves, and the guest is heard. */
	static async start(): Promise<SplitScene> {
		await using resources = new AsyncDisposableStack();
		const lab = resources.use(await EtcdLab.start());
		const [source, standby] = [lab.host('host-a'), lab.host('host-b')];
		const [port = 0] = await freePorts(1);
		const guest = await ProtectedGuest.create(lab.relayed.lab, source, NAME, [...GUEST, '--udp-port', String(port)]);
		const addresses = lab.hosts.map(host => host.guestAddress);
		const client = resources.use(await OutputClient.start({addresses, port, requestsPerSecond: REQUESTS_PER_SECOND}));
		await guest.protect(source, standby, PROTECT, CHECKPOINTS);
		await client.answered(source.guestAddress);
		const watch = resources.use(await StepWatch.start({lab: lab.relayed.lab, domain: NAME, source, standby}));
		return new SplitScene(resources.move(), {lab, guest, source, standby, watch}, client);
	}

	/** Where it was seen within the last second. */
	whereabouts(): Whereabouts {
		const hosts = this.watch.runsOn(SEEN_WITHIN_MS);
		if (hosts.length > 1) return 'both';
		return hosts.length === 0 ? 'nowhere' : hosts[0] === this.source ? 'source' : 'standby';
	}

	/**
	 * Resolves with where the guest is when it has been there alone for `forMs`, and that is one of `wanted`; with where it is in the end where that does not come about.
	 */
	async settled(wanted: readonly Whereabouts[], forMs: number): Promise<Whereabouts> {
		const deadlineMs = nowMs() + PATIENCE_MS;
		let [before, sinceMs] = [this.whereabouts(), nowMs()];
		for (;;) {
			await sleep(POLL_MS);
			const now = this.whereabouts();
			if (now !== before) [before, sinceMs] = [now, nowMs()];
			const isSettled = wanted.includes(now) && nowMs() - sinceMs >= forMs;
			if (isSettled || nowMs() > deadlineMs) return now;
		}
	}

	/** What each host says of its copy: state of the domain, and phase of the protection. */
	async says(host: LabHost): Promise<string> {
		const {state} = await host.showDomain(NAME);
		const {domains} = JSON.parse(await host.mustCtl(['domain', 'list', '--json'])) as {
			readonly domains: ReadonlyArray<{readonly name: string; readonly state: string}>;
		};
		const listed = domains.find(({name}) => name === NAME)?.state;
		const phase = (await this.guest.status(host))?.phase ?? 'none';
		return listed === state ? `${state}, ${phase}` : `${state} (${listed} in the list), ${phase}`;
	}

	/** Gives the guest a standby, and resolves when that has some whole checkpoints behind `epoch`. */
	async protect(from: LabHost, to: LabHost, epoch = 0): Promise<void> {
		await this.guest.protect(from, to, PROTECT, epoch + CHECKPOINTS);
	}

	/** The guest is heard from this host, finds its memory right, and the world has heard of it what it knows, each thing once. Rejects otherwise. */
	async mustBeWholeOn(host: LabHost): Promise<Verdict> {
		await this.#client.answered(host.guestAddress);
		const pagesChecked = await this.guest.mustBeIntactOn(host);
		await this.#client.stop();
		const known = await knownOutput(host, NAME);
		const faults = this.#client.faults(known);
		if (faults.length > 0)
			throw new Error(`what the world heard is not what the guest knows: ${faults.slice(0, 5).join('; ')}\n${this.guest.logs()}`);
		assertReleasedOnce(this.lab.relayed.lab.guestOutput(NAME));
		const {replies, longestSilenceMs} = this.#client.summary();
		return {pagesChecked, replies, longestSilenceMs};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#resources.disposeAsync();
	}
}
