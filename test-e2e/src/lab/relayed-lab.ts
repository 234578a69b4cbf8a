import {FaultProxy} from '@sterna/test-network';
import type {HostSettings} from './host-files.ts';
import {Lab} from './lab.ts';
import type {LabHost} from './lab-host.ts';

const LOOPBACK = '127.0.0.1';
const HOSTS = ['host-a', 'host-b'] as const;
/** By host: where the other one reaches it. */
const PROXY_ADDRESSES: Readonly<Record<string, string>> = {'host-a': '127.0.0.3', 'host-b': '127.0.0.2'};

export type RelayedLabOptions = {
	readonly tls?: boolean;
	/** Of both hosts, or of each by its name. */
	readonly settings?: HostSettings | ((host: string) => HostSettings);
};

/** host-a and host-b, with a fault proxy in front of each: whatever one says to the other passes through it. */
export class RelayedLab implements AsyncDisposable {
	readonly lab: Lab;
	readonly #proxies: ReadonlyMap<LabHost, FaultProxy>;

	private constructor(lab: Lab, proxies: ReadonlyMap<LabHost, FaultProxy>) {
		this.lab = lab;
		this.#proxies = proxies;
	}

	/** Everything answers when it resolves; nothing is left when it rejects. */
	static async start({tls = false, settings = {}}: RelayedLabOptions = {}): Promise<RelayedLab> {
		const lab = await Lab.start({
			hosts: HOSTS,
			tls,
			settings: Object.fromEntries(HOSTS.map(name => [name, typeof settings === 'function' ? settings(name) : settings])),
			route: (_from, to) => PROXY_ADDRESSES[to] ?? LOOPBACK,
		});
		const proxies = new Map<LabHost, FaultProxy>();
		const relayed = new RelayedLab(lab, proxies);
		try {
			for (const host of lab.hosts) {
				const listenHost = PROXY_ADDRESSES[host.name] ?? LOOPBACK;
				proxies.set(host, await FaultProxy.listen({listenHost, targetHost: LOOPBACK, ports: [host.controlPort, host.dataPort]}));
			}
		} catch (error) {
			await relayed[Symbol.asyncDispose]();
			throw error;
		}

		return relayed;
	}

	/** The one in front of a host. */
	proxy(host: LabHost): FaultProxy {
		const proxy = this.#proxies.get(host);
		if (proxy === undefined) throw new TypeError(`there is no proxy in front of ${host.name}`);
		return proxy;
	}

	/** Ends all faults of the network, both ways. */
	heal(): void {
		for (const proxy of this.#proxies.values()) proxy.heal();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.heal();
		await this.lab[Symbol.asyncDispose]();
		for (const proxy of this.#proxies.values()) await proxy[Symbol.asyncDispose]();
	}
}
