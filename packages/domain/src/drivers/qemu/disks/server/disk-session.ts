import {DomainError} from '../../../../domain-error.ts';
import type {BlockRun} from './block-log.ts';
import {BLOCK_BYTES, MAX_PIECE_BLOCKS} from './blocks.ts';
import type {ByteSocket} from './byte-socket.ts';
import {type DiskFacts, FRAME_HEAD_BYTES, FrameKind, frameOf, writeFrameHead} from './control-protocol.ts';
import type {DiskImage} from './disk-image.ts';

/** The copy is made again of what was written meanwhile, this often; what is left then is in the first epoch. */
const MAX_SWEEPS = 8;
/** Of the log's limit: what may be left to the first epoch. */
const SMALL_REST = 4;
/** Of the log's limit: how much more or less is told. */
const TOLD_PARTS = 64;

/** What one client does with one disk. Answers go out one behind the other, as slowly as the client takes them. */
export class DiskSession implements Disposable {
	readonly #socket: ByteSocket;
	readonly #image: DiskImage;
	/** What the client was told last of how much is logged. */
	#toldBytes = 0;
	/** It is told more when the socket has room. */
	#tellsLater = false;
	#isLogging = false;

	constructor(socket: ByteSocket, image: DiskImage) {
		this.#socket = socket;
		this.#image = image;
	}

	tellFacts(): void {
		const {sizeBytes, log} = this.#image;
		const facts: DiskFacts = {sizeBytes, loggedBytes: log.bytes, limitBytes: log.limitBytes};
		this.#toldBytes = log.bytes;
		this.#socket.write(frameOf(FrameKind.facts, 0, Buffer.from(JSON.stringify(facts))));
	}

	letPass(isOn: boolean): void {
		this.#image.log.letPass(isOn);
	}

	/** Throws ERR_DOMAIN_BUSY where another client has the log. */
	async copy(): Promise<void> {
		const {log} = this.#image;
		this.#takeLog();
		log.start(() => this.#image.dataRuns());
		for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
			for (const run of log.takeMarked(MAX_PIECE_BLOCKS)) {
				await this.#sendExtent(run, async into => this.#image.read(into, run.block * BLOCK_BYTES));
				if (!this.#socket.isOpen) return;
			}

			if (log.bytes <= log.limitBytes / SMALL_REST) break;
		}

		this.tellFacts();
	}

	/** Throws ERR_DOMAIN_STATE where nothing is logged, and what kept a write from being logged. */
	async cut(): Promise<void> {
		if (!this.#isLogging) throw new DomainError('ERR_DOMAIN_STATE', `nothing is logged of the disk ${this.#image.node}`);
		using epoch = this.#image.log.cut();
		this.tellFacts();
		for (const run of epoch.runs()) {
			await this.#sendExtent(run, into => epoch.copyInto(run, into));
			if (!this.#socket.isOpen) return;
		}

		this.tellFacts();
	}

	/** Nothing is logged for this client any more. Idempotent. */
	stop(): void {
		if (!this.#isLogging) return;
		this.#isLogging = false;
		this.#image.log.stop();
		this.#image.log.onChange = undefined;
	}

	async empty(): Promise<void> {
		await this.#image.empty();
	}

	[Symbol.dispose](): void {
		this.stop();
	}

	#takeLog(): void {
		if (this.#isLogging) return;
		const {log, node} = this.#image;
		if (log.onChange !== undefined) throw new DomainError('ERR_DOMAIN_BUSY', `another has the log of the disk ${node}`);
		this.#isLogging = true;
		log.onChange = () => this.#tellLogged();
	}

	/** Not while much is on its way already: when there is room again what counts then is told. */
	#tellLogged(): void {
		const {bytes, limitBytes} = this.#image.log;
		const isTold = Math.abs(bytes - this.#toldBytes) * TOLD_PARTS < limitBytes && bytes < limitBytes === this.#toldBytes < limitBytes;
		if (isTold) return;
		if (this.#socket.needsDrain) {
			void this.#tellWhenDrained();
			return;
		}

		this.#toldBytes = bytes;
		this.#socket.write(frameOf(FrameKind.logged, bytes, new Uint8Array(0)));
	}

	async #tellWhenDrained(): Promise<void> {
		if (this.#tellsLater) return;
		this.#tellsLater = true;
		await this.#socket.whenDrained();
		this.#tellsLater = false;
		if (this.#isLogging && this.#socket.isOpen) this.#tellLogged();
	}

	/** Content of whole blocks; of the last one, what the disk has. */
	async #sendExtent({block, blocks}: BlockRun, fill: (into: Buffer<ArrayBuffer>) => Promise<void> | void): Promise<void> {
		await this.#socket.whenDrained();
		const offset = block * BLOCK_BYTES;
		const length = Math.min(blocks * BLOCK_BYTES, this.#image.sizeBytes - offset);
		const frame = Buffer.allocUnsafeSlow(FRAME_HEAD_BYTES + blocks * BLOCK_BYTES);
		writeFrameHead(frame, {kind: FrameKind.extent, bodyBytes: length, number: offset});
		await fill(frame.subarray(FRAME_HEAD_BYTES));
		this.#socket.write(frame.subarray(0, FRAME_HEAD_BYTES + length));
		this.#tellLogged();
	}
}
