import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {TlsFiles} from '@sterna/test-certificates';
import {EtcdProcess} from './etcd-process.ts';

export type EtcdServerOptions = {
	/** In its cluster. */
	readonly name: string;
	/** Exists; the data and the log are in it. */
	readonly directory: string;
	readonly address: string;
	readonly clientPort: number;
	readonly peerPort: number;
	/** Tells in plain HTTP how it is, on `address`. */
	readonly healthPort: number;
	/** `NAME=http://ADDRESS:PEER-PORT,…` of all members. */
	readonly members: string;
	/** Clients come with TLS, and with a certificate of this authority. */
	readonly tls: TlsFiles | undefined;
};

/** A server starts within 0.2 s on a quiet machine. */
const START_TIMEOUT_MS = 30_000;

/** A member of a cluster, a process of its own. */
export class EtcdServer implements AsyncDisposable {
	/** That clients are told. */
	readonly url: string;
	readonly #options: EtcdServerOptions;
	#process: EtcdProcess;

	constructor(options: EtcdServerOptions) {
		this.#options = options;
		this.url = `${options.tls === undefined ? 'http' : 'https'}://${options.address}:${options.clientPort}`;
		this.#process = this.#spawn();
	}

	get clientPort(): number {
		return this.#options.clientPort;
	}

	/** What it has said. */
	get log(): string {
		return readFileSync(path.join(this.#options.directory, 'log'), 'utf8');
	}

	/** Resolves when it serves clients, as a part of a cluster that has a leader. Rejects with its last words where it ends before, or takes too long. */
	async ready(): Promise<void> {
		const deadline = performance.now() + START_TIMEOUT_MS;
		while ((await this.#ask('/health'))?.includes('"true"') !== true) {
			if (!this.#process.isRunning || performance.now() > deadline) throw new Error(`etcd does not start: ${this.log.slice(-2000)}`);
			await sleep(20);
		}
	}

	async isLeader(): Promise<boolean> {
		return (await this.#ask('/metrics'))?.includes('\netcd_server_is_leader 1\n') === true;
	}

	/** kill -9: what it answered before is on its disk. */
	async kill(): Promise<void> {
		await this.#process.end('SIGKILL');
	}

	/** Starts it again, with the data that it had. */
	restart(): void {
		if (this.#process.isRunning) throw new Error('etcd runs already');
		this.#process = this.#spawn();
	}

	/** Stands still, with its connections open. */
	freeze(): void {
		this.#process.send('SIGSTOP');
	}

	thaw(): void {
		this.#process.send('SIGCONT');
	}

	/** Leaves the data behind. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.kill();
	}

	/** Undefined where it does not answer. */
	async #ask(what: string): Promise<string | undefined> {
		try {
			const {address, healthPort} = this.#options;
			const response = await fetch(`http://${address}:${healthPort}${what}`, {signal: AbortSignal.timeout(1000)});
			return await response.text();
		} catch {
			return undefined;
		}
	}

	#spawn(): EtcdProcess {
		const {name, directory, address, peerPort, healthPort, members, tls} = this.#options;
		const peerUrl = `http://${address}:${peerPort}`;
		const flags: Record<string, string> = {
			name,
			'data-dir': path.join(directory, 'data'),
			'listen-client-urls': this.url,
			'advertise-client-urls': this.url,
			'listen-peer-urls': peerUrl,
			'initial-advertise-peer-urls': peerUrl,
			'initial-cluster': members,
			'listen-metrics-urls': `http://${address}:${healthPort}`,
			logger: 'zap',
			...(tls === undefined
				? {}
				: {'cert-file': tls.certificate, 'key-file': tls.key, 'trusted-ca-file': tls.ca, 'client-cert-auth': 'true'}),
		};
		return new EtcdProcess(
			Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
			path.join(directory, 'log'),
		);
	}
}
