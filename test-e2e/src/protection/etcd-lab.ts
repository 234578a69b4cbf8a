import {EtcdCluster} from '@sterna/test-etcd';
import {FaultProxy} from '@sterna/test-network';
import type {HostSettings} from '../lab/host-files.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {RelayedLab} from '../lab/relayed-lab.ts';

/** The shortest term that a configuration may say. */
export const LEASE_TTL_MS = 2000;

const LOOPBACK = '127.0.0.1';
/** By host: where it reaches etcd. */
const ETCD_ADDRESSES: Readonly<Record<string, string>> = {'host-a': '127.0.0.4', 'host-b': '127.0.0.5'};

/** A host that says nothing is missed soon, and not for being slow. */
const PEER = {'heartbeat-interval': '500ms', 'silence-timeout': '2s'};

/**
 * host-a and host-b with leases in a real etcd. Whatever goes from one of the three to another passes a fault proxy, so that each of the three ways between them can be cut
 * by itself.
 */
export class EtcdLab implements AsyncDisposable {
	readonly relayed: RelayedLab;
	readonly etcd: EtcdCluster;
	readonly #toEtcd: ReadonlyMap<string, FaultProxy>;
	readonly #resources: AsyncDisposableStack;

	private constructor(resources: AsyncDisposableStack, relayed: RelayedLab, etcd: EtcdCluster, toEtcd: ReadonlyMap<string, FaultProxy>) {
		this.#resources = resources;
		this.relayed = relayed;
		this.etcd = etcd;
		this.#toEtcd = toEtcd;
	}

	/** `ttlMs`: of the leases. Everything answers when it resolves; nothing is left when it rejects. */
	static async start({ttlMs = LEASE_TTL_MS}: {readonly ttlMs?: number} = {}): Promise<EtcdLab> {
		await using resources = new AsyncDisposableStack();
		const etcd = resources.use(await EtcdCluster.start());
		const {clientPort} = etcd.server;
		const toEtcd = new Map<string, FaultProxy>();
		for (const [name, listenHost] of Object.entries(ETCD_ADDRESSES))
			toEtcd.set(name, resources.use(await FaultProxy.listen({listenHost, targetHost: LOOPBACK, ports: [clientPort]})));
		const settings = (host: string): HostSettings => ({
			lease: {store: 'etcd', endpoints: [`http://${ETCD_ADDRESSES[host] ?? LOOPBACK}:${clientPort}`], ttl: `${ttlMs}ms`},
			peer: PEER,
		});
		const relayed = resources.use(await RelayedLab.start({settings}));
		return new EtcdLab(resources.move(), relayed, etcd, toEtcd);
	}

	get hosts(): readonly LabHost[] {
		return this.relayed.lab.hosts;
	}

	host(name: string): LabHost {
		return this.relayed.lab.host(name);
	}

	/** Between this host and etcd. */
	toEtcd({name}: LabHost): FaultProxy {
		const proxy = this.#toEtcd.get(name);
		if (proxy === undefined) throw new TypeError(`there is no proxy between ${name} and etcd`);
		return proxy;
	}

	/** Nothing passes between the two hosts until `heal`; what is said meanwhile arrives then, as TCP has it. */
	cutHosts(): void {
		for (const host of this.hosts) this.relayed.proxy(host).stall();
	}

	/** The same between this host and etcd. */
	cutFromEtcd(host: LabHost): void {
		this.toEtcd(host).stall();
	}

	/** Ends all faults of the network. */
	heal(): void {
		this.relayed.heal();
		for (const proxy of this.#toEtcd.values()) proxy.heal();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.heal();
		await this.#resources.disposeAsync();
	}
}
