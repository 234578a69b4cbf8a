import {Worker, type Transferable} from 'node:worker_threads';
import {closeDescriptor, createEventFd, freeTlsSession, signalEventFd} from '@sterna/system';
import {LinkError} from './link-error.ts';
import type {OpenHandshake, OpenHash, OpenReceive, OpenSend, WorkerCommand, WorkerReport} from './messages.ts';
import type {DataWorkerSetup} from './worker.ts';

/** The main thread's end of one link. */
export type LinkOwner = {
	/** Takes what the worker reports of the link. After a `closed` nothing follows. */
	readonly onReport: (report: WorkerReport) => void;
	/** The worker is gone, and the link with it; its descriptors are closed. */
	readonly onWorkerLost: (error: LinkError) => void;
};

type Attached = LinkOwner & {readonly descriptors: readonly number[]; readonly tlsSession: number | undefined};

type OpenCommand = Omit<OpenSend, 'link'> | Omit<OpenReceive, 'link'> | Omit<OpenHandshake, 'link'> | Omit<OpenHash, 'link'>;

/** One data worker, seen from the main thread: commands go in, reports come out. */
export class DataWorker {
	readonly #worker: Worker;
	readonly #wakeFd = createEventFd();
	readonly #stopFlag = new Int32Array(new SharedArrayBuffer(4));
	readonly #links = new Map<number, Attached>();
	readonly #exited: Promise<void>;
	#nextLink = 1;
	#stopping = false;
	/** Whether the worker is about to be woken. */
	#wakes = false;
	#failed = false;
	#failure: unknown;

	constructor(file: URL) {
		const setup: DataWorkerSetup = {wakeFd: this.#wakeFd, stopFlag: this.#stopFlag};
		// Not the flags of this process: some, like --input-type, are of its own entry point.
		this.#worker = new Worker(file, {name: 'sterna-data', workerData: setup, execArgv: []});
		this.#worker.on('message', (report: WorkerReport) => this.#onReport(report));
		this.#worker.on('error', error => {
			this.#failure = error;
		});
		this.#exited = new Promise(resolve => {
			this.#worker.once('exit', () => {
				this.#onExit();
				resolve();
			});
		});
		this.#worker.unref();
	}

	get linkCount(): number {
		return this.#links.size;
	}

	/** Whether the worker has ended. */
	get failed(): boolean {
		return this.#failed;
	}

	/** Opens a link; from here the worker owns its descriptors and TLS session. Returns its number, for `post`. */
	open(command: OpenCommand, owner: LinkOwner): number {
		const link = this.#nextLink;
		this.#nextLink += 1;
		this.#links.set(link, {...owner, ...ownedBy(command)});
		// Only a worker with links keeps the process alive.
		this.#worker.ref();
		this.post({...command, link});
		return link;
	}

	post(command: WorkerCommand, transfer: readonly Transferable[] = []): void {
		if (this.#failed) return;
		this.#worker.postMessage(command, transfer);
		if (this.#wakes) return;
		// Once for all that is posted in one go: each time the worker may take the place of this thread.
		this.#wakes = true;
		queueMicrotask(() => {
			this.#wakes = false;
			if (!this.#failed) signalEventFd(this.#wakeFd);
		});
	}

	/** Ends the thread. Resolves when it is gone. */
	async stop(): Promise<void> {
		this.#worker.ref();
		this.orderStop();
		await this.#exited;
	}

	/** Orders the worker to end, in a way that needs no event loop on either side. */
	orderStop(): void {
		if (this.#failed) return;
		this.#stopping = true;
		Atomics.store(this.#stopFlag, 0, 1);
		signalEventFd(this.#wakeFd);
	}

	#onReport(report: WorkerReport): void {
		const owner = this.#links.get(report.link);
		if (report.type === 'closed' || report.type === 'secured') {
			this.#links.delete(report.link);
			if (this.#links.size === 0) this.#worker.unref();
		}

		owner?.onReport(report);
	}

	/** Links that are left are those that a stopping worker had not begun with, or of a worker that died of a fault of ours. */
	#onExit(): void {
		this.#failed = true;
		closeDescriptor(this.#wakeFd);
		const error = this.#stopping
			? new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the data workers are stopping'})
			: new LinkError({code: 'ERR_INTERNAL', message: 'a data worker ended'}, {cause: this.#failure});
		for (const {descriptors, tlsSession, onWorkerLost} of this.#links.values()) {
			if (tlsSession !== undefined) freeTlsSession(tlsSession);
			for (const fd of descriptors) closeDescriptor(fd);
			onWorkerLost(error);
		}

		this.#links.clear();
	}
}

/** What the worker owns from the opening of a link on. */
function ownedBy(command: OpenCommand): Pick<Attached, 'descriptors' | 'tlsSession'> {
	if (command.type === 'open-hash') return {descriptors: [], tlsSession: undefined};
	const {fd, tlsSession} = command;
	const teeFd = command.type === 'open-send' ? command.teeFd : undefined;
	return {descriptors: teeFd === undefined ? [fd] : [fd, teeFd], tlsSession};
}
