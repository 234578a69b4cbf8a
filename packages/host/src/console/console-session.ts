import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError, type Side} from '@sterna/protocol';
import type {ConsoleMoved, PeerConsoleRequest} from '@sterna/protocol/control';
import type {Directories} from '../directories.ts';
import {hostError} from '../host-error.ts';
import {GrowingFile, sizeOfFile} from './growing-file.ts';
import {arrivedStay, type Handover, type Stay, type StayDependencies, StayWatch} from './guest-stay.ts';
import {openConsoleInput} from './open-console-input.ts';
import {TypedInput} from './typed-input.ts';

const POLL_MS = 50;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;

/** Another host, or what stands between, is not there for now. A console that is in use there may be this one's own, which its daemon does not know to be cut yet. */
const PASSING: ReadonlySet<string> = new Set([
	'ERR_HOST_UNREACHABLE',
	'ERR_CONNECTION_LOST',
	'ERR_PEER_SILENT',
	'ERR_DAEMON_STOPPING',
	'ERR_DOMAIN_BUSY',
]);

/** Bytes both ways, to whoever is at the console or asks for it. */
export type ConsoleEnd = AsyncIterable<Uint8Array> & {write(bytes: Uint8Array): Promise<void>};

/** The console of a guest that went to another host. */
export type RemoteConsole = AsyncDisposable &
	ConsoleEnd & {
		/** How it ended: where the guest went from there, or undefined where it ended. Rejects with an OperationError. */
		readonly ended: Promise<ConsoleMoved | undefined>;
	};

export type ConsoleDependencies = StayDependencies & {
	readonly directories: Directories;
	readonly hostName: string;
	readonly side: Side;
	/** Asks a host's receiver. Rejects with an OperationError. */
	readonly openRemote: (
		host: string,
		request: PeerConsoleRequest,
		options: {readonly onNote: (text: string) => void; readonly signal: AbortSignal},
	) => Promise<RemoteConsole>;
};

export type ConsoleOptions = {
	readonly end: ConsoleEnd;
	/** Tells the person. */
	readonly note: (text: string) => void;
	/** Hosts that this one is asked by, the nearest last; empty for an operator's own. */
	readonly path: readonly string[];
	/** Of what the guest wrote since the beginning of the first stay, so much is there already. */
	readonly receivedBytes: number;
	readonly signal: AbortSignal;
};

/** One console, which stays with its guest: what it writes, without gap or repeat, and what is typed, wherever it goes. */
export class ConsoleSession {
	readonly #dependencies: ConsoleDependencies;
	readonly #options: ConsoleOptions;
	readonly #input: TypedInput;
	/** Of what is to come, so much is there already. */
	#skipBytes: number;

	constructor(dependencies: ConsoleDependencies, options: ConsoleOptions) {
		this.#dependencies = dependencies;
		this.#options = options;
		this.#input = new TypedInput(options.end);
		this.#skipBytes = options.receivedBytes;
	}

	/**
	 * Resolves when the guest has ended, or with where it went if that is a host of the path, which then has it itself. Rejects ERR_DOMAIN_BUSY where
	 * another console has the guest, ERR_NOT_SUPPORTED when something is typed to a guest without one, and with the signal's reason.
	 */
	async run(stay: Stay): Promise<ConsoleMoved | undefined> {
		const {hostName} = this.#dependencies;
		const {path, note} = this.#options;
		let next = await this.#here(stay);
		while (next !== undefined) {
			if (path.includes(next.host)) return next;
			note(`${stay.domain} is on ${next.host}`);
			next = next.host === hostName ? await this.#here(await this.#returned(stay, next)) : await this.#elsewhere(stay, next);
		}

		if (path.length === 0) note(`${stay.domain} has ended`);
		return undefined;
	}

	async #returned({domain, uuid}: Stay, handover: Handover): Promise<Stay> {
		const arrived = await arrivedStay(this.#dependencies, handover);
		if (arrived?.stay.uuid === uuid) return arrived.stay;
		const {side} = this.#dependencies;
		throw hostError('ERR_DOMAIN_UNKNOWN', `${domain} is said to have come back, and this host knows nothing of it`, {side});
	}

	/** Resolves with where it goes from here; undefined where it ends here. */
	async #here(stay: Stay): Promise<Handover | undefined> {
		const {note, signal, end} = this.#options;
		const {outputFile} = this.#dependencies.directories.guestPlace(stay.domain);
		await using input = await openConsoleInput(this.#dependencies, stay);
		await using file = new GrowingFile(outputFile, stay.outputFrom + this.#skipBytes);
		const stop = new AbortController();
		await using _feeding = this.#input.feed(
			async piece => input.write(piece),
			error => {
				if (codeOf(error) === 'ERR_NOT_SUPPORTED') stop.abort(error);
				// One that leaves takes nothing any more, and the next place will.
				else if (codeOf(error) !== 'ERR_GUEST_EXITED') note(`what is typed does not reach ${stay.domain}: ${String(error)}`);
			},
		);
		const stopped = AbortSignal.any([signal, stop.signal]);
		const watch = new StayWatch(this.#dependencies, stay);
		let wasUndecided = false;
		for (;;) {
			stopped.throwIfAborted();
			// In this order: what was there while the guest was here is of this stay, however soon it leaves and comes back.
			const sizeBytes = sizeOfFile(outputFile);
			const whereabouts = await watch.look();
			const until = whereabouts.kind === 'left' ? whereabouts.outputTo : sizeBytes;
			for (let bytes = await file.read(until); bytes !== undefined; bytes = await file.read(until)) await end.write(bytes);
			if (whereabouts.kind === 'left') {
				this.#skipBytes = Math.max(0, file.at - whereabouts.outputTo);
				return whereabouts.to;
			}

			if (whereabouts.kind === 'gone') return undefined;
			const isUndecided = whereabouts.kind === 'undecided';
			if (isUndecided && !wasUndecided) note(`it is not decided yet which host runs ${stay.domain}`);
			wasUndecided = isUndecided;
			await sleep(POLL_MS, undefined, {signal: stopped}).catch(() => undefined); // The loop's beginning ends it.
		}
	}

	/** Resolves with where it goes from there; undefined where it ends there. */
	async #elsewhere({domain}: Stay, {host, migrationId, incarnation}: Handover): Promise<Handover | undefined> {
		const {hostName, openRemote} = this.#dependencies;
		const {path, signal, end, note} = this.#options;
		let receivedBytes = this.#skipBytes;
		let retryMs = FIRST_RETRY_MS;
		this.#skipBytes = 0;
		for (;;) {
			try {
				const request = {migrationId, incarnation, receivedBytes, path: [...path, hostName]};
				await using remote = await openRemote(host, request, {onNote: note, signal});
				await using _feeding = this.#input.feed(
					async piece => remote.write(piece),
					() => undefined, // Its end says why.
				);
				for await (const bytes of remote) {
					if (retryMs > FIRST_RETRY_MS) note(`${host} answers again`);
					retryMs = FIRST_RETRY_MS;
					await end.write(bytes);
					receivedBytes += bytes.length;
				}

				return await remote.ended;
			} catch (error) {
				signal.throwIfAborted();
				if (!(error instanceof OperationError && PASSING.has(error.code))) throw error;
				if (retryMs === FIRST_RETRY_MS) note(`the console of ${domain} on ${host} is tried again and again: ${error.message}`);
			}

			await sleep(retryMs, undefined, {signal});
			retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
		}
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
