import {setTimeout as sleep} from 'node:timers/promises';
import {readFile, rename, writeFile} from 'node:fs/promises';
import {bestOffsetMs, type Logger, MAX_RECORDING_BYTES, mergeRecordings, parseRecording, type RecordKeeper} from '@sterna/host';
import {encodeRecordLine, type RecordLine} from '@sterna/host/record';
import {OperationError} from '@sterna/protocol';
import type {ServerFrame} from '@sterna/protocol/control';
import type {ControlClient} from '@sterna/transport';
import {measureClock} from './measure-clock.ts';

/** The receiver has something to do behind a handover, and so has who was told of the result. */
const FIRST_WAIT_MS = 300;

/** Then it is tried again, as long as this daemon runs; a later one goes on. In milliseconds. */
const WAITS_MS: readonly number[] = [10_000, 60_000, 600_000, 3_600_000];

/** For one conversation, in milliseconds. */
const TIMEOUT_MS = 15_000;

export type PeerRecordsDependencies = {
	readonly keeper: RecordKeeper;
	/** Opens a control connection to the receiver of a host. */
	readonly connect: (peer: string, signal: AbortSignal) => Promise<ControlClient>;
	readonly stopping: AbortSignal;
	readonly log: Logger;
};

/** Fetches the recordings of receivers behind their migrations, and merges them with this daemon's: when nobody waits for anything any more. */
export class PeerRecords {
	readonly #dependencies: PeerRecordsDependencies;
	/** One after another: each of them takes some milliseconds of this thread. */
	#latest: Promise<void> = Promise.resolve();

	constructor(dependencies: PeerRecordsDependencies) {
		this.#dependencies = dependencies;
	}

	/** What was still to be merged when an earlier daemon ended. */
	takeUp(): void {
		for (const {id, peer} of this.#dependencies.keeper.history.awaitingPeer()) this.fetch(id, peer);
	}

	/** Does it in the background, in a moment, and again later where it does not succeed. */
	fetch(id: string, peer: string): void {
		const {keeper, stopping} = this.#dependencies;
		keeper.history.awaitsPeer(id, true);
		void this.#tryOften(id, peer).catch((error: unknown) => {
			if (!stopping.aborted) this.#dependencies.log.warn({err: error, migration: id}, 'the recording could not be merged');
		});
	}

	/** Resolves when nothing is written any more. Waits for no host once the daemon stops. */
	async idle(): Promise<void> {
		await this.#latest.catch(() => undefined);
	}

	async #tryOften(id: string, peer: string): Promise<void> {
		const {keeper, stopping: signal} = this.#dependencies;
		for (const waitMs of [FIRST_WAIT_MS, ...WAITS_MS]) {
			await sleep(waitMs, undefined, {signal, ref: false});
			const tried = this.#latest.then(async () => this.#merge(id, peer));
			this.#latest = tried.then(
				() => undefined,
				() => undefined,
			);
			if (await tried) {
				keeper.history.awaitsPeer(id, false);
				return;
			}
		}
	}

	/** Writes the merged recording of what there is. Returns whether there will be nothing better. */
	async #merge(id: string, peer: string): Promise<boolean> {
		const {keeper, stopping} = this.#dependencies;
		stopping.throwIfAborted();
		const {own, merged} = keeper.store.files(id);
		const source = await parseRecording(await readFile(own, 'utf8'));
		const note = (text: string): RecordLine => ({atMs: keeper.clock.nowMs(), side: 'sender', kind: 'note', text});
		let target: readonly RecordLine[] = [];
		let isFinal: boolean;
		try {
			const fetched = await this.#fetch(id, peer);
			({target} = fetched);
			source.push(...fetched.peerLines);
			isFinal = target.some(({kind}) => kind === 'end');
			if (!isFinal) source.push(note(`the recording of ${peer} has no end yet: it is asked for again later`));
		} catch (error) {
			stopping.throwIfAborted();
			// One that has nothing of it will never have.
			isFinal = error instanceof OperationError && (error.code === 'ERR_MIGRATION_UNKNOWN' || error.code === 'ERR_NOT_SUPPORTED');
			const why = error instanceof Error ? error.message : String(error);
			source.push(note(`the recording of ${peer} is missing${isFinal ? '' : ', and is asked for again later'}: ${why}`));
		}

		const lines = mergeRecordings(source, target, bestOffsetMs(source));
		const partial = `${merged}.partial`;
		await writeFile(partial, `${lines.map(line => encodeRecordLine(line)).join('\n')}\n`, {mode: 0o600});
		await rename(partial, merged);
		return isFinal;
	}

	async #fetch(id: string, peer: string): Promise<{target: RecordLine[]; peerLines: RecordLine[]}> {
		const {keeper, connect, stopping} = this.#dependencies;
		const {nowMs} = keeper.clock;
		const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
		await using client = await connect(peer, signal);
		const clock = await measureClock(client, nowMs, signal);
		const parts: Uint8Array[] = [];
		let bytes = 0;
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind !== 'recordPart') return;
			bytes += frame.body.data.length;
			// Another host's file is no larger than ours may be.
			if (bytes <= MAX_RECORDING_BYTES) parts.push(frame.body.data);
		};
		await client.request('peerRecord', {migrationId: id}, {onEvent, signal});
		const target = (await parseRecording(Buffer.concat(parts).toString())).filter(({side}) => side === 'receiver');
		const {host, software} = client.peer;
		return {target, peerLines: [{atMs: nowMs(), side: 'sender', kind: 'peer', host, software, ...clock}]};
	}
}
