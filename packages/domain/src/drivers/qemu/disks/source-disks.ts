import {setTimeout as sleep} from 'node:timers/promises';
import type {DiskMirrors, DiskProgress, OpenDisk, SourceDisks} from '../../../disks.ts';
import type {GuestPlace} from '../../../driver.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {DiskMirror} from './disk-mirror.ts';

/** Between two looks at how much is left. */
const LOOK_INTERVAL_MS = 500;

/** The disks of a running QEMU that a target has files of its own for. */
export class QemuSourceDisks implements SourceDisks {
	readonly nodes: readonly string[];
	readonly #monitor: QmpClient;
	readonly #place: GuestPlace;
	#mirrors: QemuMirrors | undefined;

	constructor(monitor: QmpClient, place: GuestPlace, nodes: readonly string[]) {
		this.#monitor = monitor;
		this.#place = place;
		this.nodes = nodes;
	}

	async startMirrors(open: OpenDisk, signal: AbortSignal): Promise<DiskMirrors> {
		const started: DiskMirror[] = [];
		try {
			for (const [index, node] of this.nodes.entries()) {
				// Before QEMU connects: it does nothing else until it has heard from there.
				const channel = await open(node, signal);
				started.push(await DiskMirror.start({monitor: this.#monitor, place: this.#place, node, index, channel}));
			}
		} catch (error) {
			await Promise.all(started.map(async mirror => mirror[Symbol.asyncDispose]()));
			throw error;
		}

		this.#mirrors = new QemuMirrors(this.#monitor, started);
		return this.#mirrors;
	}

	/** With the guest told to stop: the target's disks are whole when this resolves. Its commands are given before it returns. Nothing to do where nothing is mirrored. */
	async finish(): Promise<void> {
		await this.#mirrors?.finish();
	}
}

class QemuMirrors implements DiskMirrors {
	readonly ready: Promise<void>;
	readonly failed: Promise<never>;
	readonly #monitor: QmpClient;
	readonly #mirrors: readonly DiskMirror[];
	readonly #resting = new AbortController();
	#bytesLeft = 0;
	#isOver = false;

	constructor(monitor: QmpClient, mirrors: readonly DiskMirror[]) {
		this.#monitor = monitor;
		this.#mirrors = mirrors;
		this.ready = Promise.all(mirrors.map(async ({ready}) => ready)).then(() => undefined);
		this.failed = Promise.race(mirrors.map(async ({failed}) => failed));
		this.ready.catch(() => undefined);
		this.failed.catch(() => undefined);
		void this.#look();
	}

	get progress(): DiskProgress {
		const bytesSent = this.#mirrors.reduce((sum, mirror) => sum + mirror.bytesSent, 0);
		return {bytesLeft: this.#bytesLeft, bytesSent};
	}

	async finish(): Promise<void> {
		if (this.#isOver) return;
		this.#resting.abort();
		await Promise.all(this.#mirrors.map(async mirror => mirror.finish()));
		this.#bytesLeft = 0;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isOver = true;
		this.#resting.abort();
		await Promise.all(this.#mirrors.map(async mirror => mirror[Symbol.asyncDispose]()));
	}

	/** The monitor is left in peace from the pause on. */
	async #look(): Promise<void> {
		const {signal} = this.#resting;
		const ids = new Set(this.#mirrors.map(({id}) => id));
		while (!signal.aborted) {
			try {
				const jobs = await this.#monitor.execute('query-block-jobs');
				this.#bytesLeft = jobs.filter(({device}) => ids.has(device)).reduce((sum, {len, offset}) => sum + Math.max(0, len - offset), 0);
				await sleep(LOOK_INTERVAL_MS, undefined, {signal});
			} catch {
				return; // What is wrong with the monitor is told by its end.
			}
		}
	}
}
