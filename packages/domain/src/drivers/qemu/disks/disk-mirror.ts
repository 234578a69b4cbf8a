import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import type {DiskChannel} from '../../../disks.ts';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {relay} from '../../../relay.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {QmpCommandError} from '../qmp/qmp-command-error.ts';

export type DiskMirrorOptions = {
	readonly monitor: QmpClient;
	readonly place: GuestPlace;
	/** Node of the guest's disk. */
	readonly node: string;
	/** Of this disk among those that are mirrored. */
	readonly index: number;
	/** The way to the target's disk; this owns it. */
	readonly channel: DiskChannel;
};

/** The target's disk as a node of the source's QEMU, and the job that copies to it: `sterna-0`, `sterna-1`, … */
const idOf = (index: number): string => `sterna-${index}`;

/** Where QEMU reaches the target's disk: a Unix socket in the guest's run directory. */
const socketOf = ({runDir}: GuestPlace, index: number): string => path.join(runDir, `disk-${index}.sock`);

/**
 * One disk of a running guest that is copied to the target, and kept equal there. QEMU speaks NBD through a Unix socket, and what it says goes over the
 * channel. Every write of the guest waits for the target, too, so that the copy comes to an end however fast the guest writes.
 */
export class DiskMirror implements AsyncDisposable {
	readonly #monitor: QmpClient;
	readonly #node: string;
	readonly #id: string;
	readonly #socketPath: string;
	readonly #channel: DiskChannel;
	readonly #server: Server;
	readonly #stopping = new AbortController();
	readonly #ready = Promise.withResolvers<void>();
	readonly #failed = Promise.withResolvers<never>();
	#bytesSent = 0;
	/** What went wrong first. */
	#cause: Error | undefined;
	/** `finished`: the copy is whole and is not kept so any more. */
	#state: 'copying' | 'finishing' | 'finished' | 'failed' = 'copying';

	private constructor({monitor, place, node, index, channel}: DiskMirrorOptions) {
		this.#monitor = monitor;
		this.#node = node;
		this.#id = idOf(index);
		this.#socketPath = socketOf(place, index);
		this.#channel = channel;
		this.#server = createServer({allowHalfOpen: true}, socket => void this.#pass(socket));
		this.#ready.promise.catch(() => undefined); // Whoever waits for either hears of it.
		this.#failed.promise.catch(() => undefined);
	}

	/** Begins. Rejects ERR_TARGET_REFUSED for a disk of another size, and as QEMU does; nothing is left then, the channel neither. */
	static async start(options: DiskMirrorOptions): Promise<DiskMirror> {
		const mirror = new DiskMirror(options);
		try {
			await mirror.#start();
			return mirror;
		} catch (error) {
			await mirror[Symbol.asyncDispose]();
			// What QEMU says of a connection that failed is less.
			throw mirror.#cause ?? error;
		}
	}

	get id(): string {
		return this.#id;
	}

	/** As of `DiskMirrors`. */
	get ready(): Promise<void> {
		return this.#ready.promise;
	}

	get failed(): Promise<never> {
		return this.#failed.promise;
	}

	get bytesSent(): number {
		return this.#bytesSent;
	}

	/** Of a guest that stands still, or was told to: the target's disk is equal and whole when this resolves. The command is given before it returns. */
	async finish(): Promise<void> {
		if (this.#state === 'finished') return;
		if (this.#state !== 'copying') return this.#failed.promise;
		this.#state = 'finishing';
		const completed = this.#monitor.waitForEvent('BLOCK_JOB_COMPLETED', ({device}) => device === this.#id);
		const refused = this.#monitor.execute('block-job-cancel', {device: this.#id});
		refused.catch(() => undefined);
		const {error, len, offset} = await Promise.race([completed, this.#failed.promise, refused.then(async () => completed)]);
		if (error !== undefined || len !== offset) throw this.#fail(new Error(error ?? `${len - offset} bytes were left`));
		this.#state = 'finished';
	}

	/** Ends the copy where it is under way, and removes the target's disk from the source's QEMU. Never rejects. */
	async [Symbol.asyncDispose](): Promise<void> {
		const mayRun = this.#state !== 'finished';
		if (mayRun) this.#state = 'failed';
		// A job whose other end does not answer ends with the connection to it.
		this.#stopping.abort();
		this.#server.close();
		rmSync(this.#socketPath, {force: true});
		await this.#remove(mayRun);
		await this.#channel[Symbol.asyncDispose]();
	}

	async #start(): Promise<void> {
		await this.#remove(true); // An earlier daemon may have left it.
		rmSync(this.#socketPath, {force: true});
		this.#server.listen(this.#socketPath);
		await once(this.#server, 'listening');
		const server = {type: 'unix', path: this.#socketPath} as const;
		await this.#monitor.execute('blockdev-add', {driver: 'nbd', 'node-name': this.#id, server, export: this.#node});
		this.#server.close();
		await this.#assertSameSize();
		this.#watch();
		await this.#monitor.execute('blockdev-mirror', {
			'job-id': this.#id,
			device: this.#node,
			target: this.#id,
			sync: 'full',
			'copy-mode': 'write-blocking',
		});
	}

	async #assertSameSize(): Promise<void> {
		const nodes = await this.#monitor.execute('query-named-block-nodes', {flat: true});
		const sizeOf = (name: string): number | undefined => nodes.find(each => each['node-name'] === name)?.image['virtual-size'];
		const [here, there] = [sizeOf(this.#node), sizeOf(this.#id)];
		if (here === there && here !== undefined) return;
		throw new DomainError('ERR_TARGET_REFUSED', `the disk ${this.#node} has ${here} bytes, and that of the other host has ${there}`);
	}

	#watch(): void {
		const {signal} = this.#stopping;
		const isOurs = ({device}: {readonly device: string}): boolean => device === this.#id;
		const ready = this.#monitor.waitForEvent('BLOCK_JOB_READY', isOurs, signal);
		const completed = this.#monitor.waitForEvent('BLOCK_JOB_COMPLETED', isOurs, signal);
		const cancelled = this.#monitor.waitForEvent('BLOCK_JOB_CANCELLED', isOurs, signal);
		// They reject where the mirror was stopped, or QEMU is gone.
		void notice(ready, () => this.#ready.resolve());
		void notice(cancelled, () => void this.#fail(new Error('the copy was cancelled')));
		void notice(completed, ({error}) => {
			if (this.#state === 'copying') this.#fail(new Error(error ?? 'the copy ended by itself'));
		});
	}

	async #pass(socket: Socket): Promise<void> {
		try {
			await relay(socket, this.#channel, {
				signal: this.#stopping.signal,
				onSent: bytes => {
					this.#bytesSent += bytes;
				},
			});
			this.#fail(new DomainError('ERR_CONNECTION_LOST', `the other host has ended the connection to its disk ${this.#node}`));
		} catch (error) {
			this.#fail(error);
		}
	}

	/** What went wrong first counts. Returns the error that is told. */
	#fail(thrown: unknown): Error {
		const error = hasCode(thrown) ? thrown : ofJob(this.#node, thrown);
		if (this.#state === 'finished' || this.#state === 'failed') return this.#cause ?? error;
		this.#state = 'failed';
		this.#cause = error;
		this.#failed.reject(error);
		this.#ready.reject(error);
		return error;
	}

	/** Job and node, as far as they are there. */
	async #remove(mayRun: boolean): Promise<void> {
		try {
			if (mayRun) await this.#cancel();
			await this.#monitor.execute('blockdev-del', {'node-name': this.#id});
		} catch {
			// Not there; or QEMU is gone, and with it everything.
		}
	}

	async #cancel(): Promise<void> {
		const over = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
		const isOurs = ({device}: {readonly device: string}): boolean => device === this.#id;
		const ended = Promise.race([
			this.#monitor.waitForEvent('BLOCK_JOB_CANCELLED', isOurs, over),
			this.#monitor.waitForEvent('BLOCK_JOB_COMPLETED', isOurs, over),
		]);
		ended.catch(() => undefined);
		try {
			await this.#monitor.execute('block-job-cancel', {device: this.#id, force: true});
		} catch (error) {
			if (error instanceof QmpCommandError) return; // There is no such job any more.
			throw error;
		}

		await ended;
	}
}

/** A job that is cancelled by force, with its connection cut, ends at once. */
const CANCEL_TIMEOUT_MS = 10_000;

async function notice<Data>(event: Promise<Data>, tell: (data: Data) => void): Promise<void> {
	const data = await event.catch(() => undefined);
	if (data !== undefined) tell(data);
}

function hasCode(error: unknown): error is Error {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_');
}

function ofJob(node: string, cause: unknown): DomainError {
	const message = cause instanceof Error ? cause.message : String(cause);
	return new DomainError(
		message.includes('No space left') ? 'ERR_DISK_FULL' : 'ERR_FILE',
		`the disk ${node} could not be copied: ${message}`,
		{
			cause,
		},
	);
}
