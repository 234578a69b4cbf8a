import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {TlsFiles} from '@sterna/test-certificates';
import {freePorts} from '@sterna/test-network';
import {EtcdServer} from './etcd-server.ts';

export type EtcdClusterOptions = {
	/** How many servers; 1 where undefined. */
	readonly size?: number;
	/** Of the servers toward their clients; undefined: plain. Certificates have to hold for 127.0.0.1. */
	readonly tls?: TlsFiles;
};

/** For an election, which takes some 1 to 2 s. */
const ELECTION_TIMEOUT_MS = 30_000;

/** A cluster of Debian's etcd on 127.0.0.1, on ports that nobody else uses, with its data in a directory that goes with it. */
export class EtcdCluster implements AsyncDisposable {
	readonly servers: readonly EtcdServer[];
	readonly #directory: string;

	private constructor(servers: readonly EtcdServer[], directory: string) {
		this.servers = servers;
		this.#directory = directory;
	}

	/** Resolves when every server answers. */
	static async start({size = 1, tls}: EtcdClusterOptions = {}): Promise<EtcdCluster> {
		const directory = mkdtempSync(path.join(tmpdir(), 'sterna-etcd-'));
		const ports = await freePorts(size * 3);
		const places = Array.from({length: size}, (_, index) => ({
			name: `etcd-${index}`,
			directory: path.join(directory, `etcd-${index}`),
			address: '127.0.0.1',
			clientPort: ports[index * 3] ?? 0,
			peerPort: ports[index * 3 + 1] ?? 0,
			healthPort: ports[index * 3 + 2] ?? 0,
		}));
		const members = places.map(({name, address, peerPort}) => `${name}=http://${address}:${peerPort}`).join(',');
		for (const place of places) mkdirSync(place.directory, {mode: 0o700});
		const cluster = new EtcdCluster(
			places.map(place => new EtcdServer({...place, members, tls})),
			directory,
		);
		try {
			await Promise.all(cluster.servers.map(async server => server.ready()));
		} catch (error) {
			await cluster[Symbol.asyncDispose]();
			throw error;
		}

		return cluster;
	}

	/** The first server: the only one of most clusters. */
	get server(): EtcdServer {
		const [first] = this.servers;
		if (first === undefined) throw new TypeError('a cluster without a server');
		return first;
	}

	get urls(): readonly string[] {
		return this.servers.map(({url}) => url);
	}

	/** The server that leads, of those that answer. Waits for an election. */
	async leader(): Promise<EtcdServer> {
		const deadline = performance.now() + ELECTION_TIMEOUT_MS;
		for (;;) {
			for (const server of this.servers) if (await server.isLeader()) return server;
			if (performance.now() > deadline) throw new Error(`no leader within ${ELECTION_TIMEOUT_MS} ms`);
			await sleep(50);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.servers.map(async server => server[Symbol.asyncDispose]()));
		rmSync(this.#directory, {recursive: true, force: true});
	}
}
