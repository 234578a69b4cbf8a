import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory, createMemoryFile, resizeFile} from '@sterna/system';
import {copyPages} from '../../src/contract/transfer.ts';
import {
	type DeviceState,
	type DirtyLog,
	type GuestMemory,
	type OutputGate,
	PageBitmap,
	type PageRun,
	type SourceDomain,
	type TargetDomain,
} from '../../src/index.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';

/** Milliseconds of one checkpoint from the call of `pause` on; `state` goes on while memory is scanned and copied. */
export type CheckpointTimes = {
	readonly stop: number;
	readonly scan: number;
	readonly copy: number;
	readonly state: number;
	readonly cont: number;
	readonly pause: number;
	readonly pages: number;
};

/** A checkpoint that was taken, and that the standby does not have yet. */
export type TakenCheckpoint = {
	readonly epoch: number;
	readonly state: DeviceState;
	readonly pages: PageBitmap;
	readonly times: CheckpointTimes;
};

/** The engines of a protection in small: a guest, the memory that its checkpoints are copied to, and the standby that a whole one is applied to. */
export class CheckpointPair implements AsyncDisposable {
	readonly source: SourceDomain;
	readonly gate: OutputGate;
	readonly #target: TargetDomain;
	readonly #log: DirtyLog;
	/** Pages of one checkpoint, one behind another. */
	readonly #arena: GuestMemory;
	#epoch = 0;
	#committed: DeviceState | undefined;

	private constructor(source: SourceDomain, gate: OutputGate, target: TargetDomain, log: DirtyLog) {
		this.source = source;
		this.gate = gate;
		this.#target = target;
		this.#log = log;
		const {pageLimit, memoryBytes} = source.memory;
		const fd = createMemoryFile('sterna-test-arena');
		resizeFile(fd, pageLimit * PAGE_SIZE_BYTES);
		this.#arena = mapGuestMemory({fd, pageLimit, memoryBytes, writable: true});
	}

	/** Copies a running guest, holds its output, and brings the standby to a first checkpoint. */
	static async start(source: SourceDomain, target: TargetDomain): Promise<CheckpointPair> {
		const gate = source.checkpoints?.gate;
		if (gate === undefined) throw new Error('the output of this guest cannot be held');
		const log = await source.startDirtyLog();
		const pages = new PageBitmap(source.memory.pageLimit);
		source.addAllPages(pages);
		await copyPages(pages, source.memory, target.memory);
		await gate.hold();
		const pair = new CheckpointPair(source, gate, target, log);
		await pair.commit(await pair.take());
		return pair;
	}

	/** The guest runs on when this resolves, unless it is to stay paused. */
	async take({staysPaused = false}: {readonly staysPaused?: boolean} = {}): Promise<TakenCheckpoint> {
		const {source, gate} = this;
		this.#epoch += 1;
		const epoch = this.#epoch;
		const pages = new PageBitmap(source.memory.pageLimit);
		const startMs = performance.now();
		let stateMs = 0;
		const [paused, cut] = [source.pause(), gate.cut(epoch)];
		const saved = source.saveDeviceState('checkpoint').then(state => {
			stateMs = performance.now();
			return state;
		});
		saved.catch(() => undefined);
		await paused;
		const stopMs = performance.now();
		await this.#log.take(pages);
		const scanMs = performance.now();
		this.#copyOut(pages);
		const copyMs = performance.now();
		if (!staysPaused) await source.resume();
		const contMs = performance.now();
		await cut;
		const state = await saved;
		const times = {
			stop: stopMs - startMs,
			scan: scanMs - stopMs,
			copy: copyMs - scanMs,
			state: stateMs - stopMs,
			cont: contMs - Math.max(stateMs, copyMs),
			pause: contMs - startMs,
			pages: pages.count,
		};
		return {epoch, state, pages, times};
	}

	/** The standby has it, and the world what the guest said up to it. */
	async commit({epoch, state, pages}: TakenCheckpoint): Promise<void> {
		await this.#apply(pages);
		this.#committed = state;
		await this.gate.release(epoch, undefined);
	}

	/** The standby goes on from the last checkpoint that it has. Resolves with how long that took, in milliseconds. */
	async promote(): Promise<{readonly load: number; readonly resume: number}> {
		if (this.#committed === undefined) throw new Error('no checkpoint was committed');
		const startMs = performance.now();
		await this.#target.loadDeviceState(this.#committed);
		const loadedMs = performance.now();
		await this.#target.resume();
		return {load: loadedMs - startMs, resume: performance.now() - loadedMs};
	}

	/** Lets go of the source; the guest goes on, what is held stays held. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.#log[Symbol.asyncDispose]();
		this.#arena[Symbol.dispose]();
		await this.source[Symbol.asyncDispose]();
	}

	#copyOut(pages: PageBitmap): void {
		const from = Number(this.source.memory.address);
		let to = Number(this.#arena.address);
		for (const {pfn, pageCount} of runsOf(pages)) {
			const bytes = pageCount * PAGE_SIZE_BYTES;
			copyMemory(to, from + pfn * PAGE_SIZE_BYTES, bytes);
			to += bytes;
		}
	}

	async #apply(pages: PageBitmap): Promise<void> {
		let from = Number(this.#arena.address);
		for (const {pfn, pageCount} of runsOf(pages)) {
			const bytes = pageCount * PAGE_SIZE_BYTES;
			await this.#target.memory.populate(pfn, pageCount);
			copyMemory(Number(this.#target.memory.address) + pfn * PAGE_SIZE_BYTES, from, bytes);
			from += bytes;
		}
	}
}

function* runsOf(pages: PageBitmap): Generator<PageRun> {
	for (let run = pages.nextRun(0, pages.pfnLimit); run; run = pages.nextRun(run.pfn + run.pageCount, pages.pfnLimit)) yield run;
}
