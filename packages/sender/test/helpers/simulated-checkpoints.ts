import {type DirtyLog, type DiskExtent, type OutputGate, PageBitmap, type ReplicatedDisk, type SourceDomain} from '@sterna/domain';
import {LibxcRecordType, LibxlRecordType, type RawRecord} from '@sterna/protocol';
import {mapAnonymous, unmapMemory} from '@sterna/system';
import type {CheckpointLink} from '../../src/engine/checkpoint/checkpoint-link.ts';
import type {TakeCheckpointDependencies} from '../../src/engine/checkpoint/take-checkpoint.ts';

const PAGES = 64;

/** A step that a test can let fail, or hold. */
export type CheckpointStep =
	| 'pause'
	| 'hold'
	| 'cut'
	| 'device-state'
	| 'take'
	| 'disk-cut'
	| 'overflow'
	| 'resume'
	| 'copies'
	| 'extent'
	| 'tail'
	| 'digest';

/** A guest, its disk and its link that note what is asked of them, in order. The guest's memory is real, and its pages 8 … 23 are dirty. */
export class SimulatedCheckpoints implements Disposable {
	readonly steps: string[] = [];
	isPaused = false;
	readonly dependencies: TakeCheckpointDependencies;
	/** That this step ends in; undefined: none. */
	failing: {readonly step: CheckpointStep; readonly error: Error} | undefined;
	/** Resolves what a step does not get past; undefined: none. */
	held: {readonly step: CheckpointStep; readonly reached: PromiseWithResolvers<void>} | undefined;
	readonly #address = mapAnonymous(PAGES * 4096);
	#nowMs = 0;
	#isLinkLost = false;

	constructor() {
		const memory = {address: this.#address, pageLimit: PAGES, fd: -1} as SourceDomain['memory'];
		const domain: TakeCheckpointDependencies['domain'] = {
			memory,
			pause: async () => {
				this.isPaused = true;
				await this.#step('pause');
				return {lastStepNs: BigInt(Math.round(this.#nowMs * 1e6))};
			},
			resume: async () => {
				this.isPaused = false;
				await this.#step('resume');
			},
			saveDeviceState: async purpose => {
				await this.#step('device-state', purpose);
				return {libxc: [record('libxc', LibxcRecordType.X86_TSC_INFO, 24)], libxl: [record('libxl', LibxlRecordType.EMULATOR_CONTEXT, 16)]};
			},
		};
		const dirtyLog: DirtyLog = {
			kind: 'pagemap-scan',
			take: async (into, options) => {
				await this.#step('take');
				into.addRun(8, 16);
				return options?.mayGuess === true ? 12 : 16;
			},
			[Symbol.asyncDispose]: async () => undefined,
		};
		const gate: OutputGate = {
			maxEpochs: 4,
			hold: async () => this.#step('hold'),
			cut: async epoch => this.#step('cut', epoch),
			release: async () => undefined,
			open: async () => undefined,
			held: async () => ({bytes: 0, items: 0}),
		};
		this.dependencies = {
			domain,
			dirtyLog,
			gate,
			link: this.#link(),
			disks: [this.#disk()],
			pages: {zeroPages: 'in-full'},
			nowMs: () => (this.#nowMs += 1),
		};
	}

	[Symbol.dispose](): void {
		unmapMemory(this.#address, PAGES * 4096);
	}

	/** An empty set of pages that are due. */
	newDue(): PageBitmap {
		return new PageBitmap(PAGES);
	}

	#link(): CheckpointLink {
		return {
			writeBytes: async bytes => this.#write('tail', `${bytes.byteLength} bytes`),
			writePages: async runs => this.#write('overflow', [...runs].join('+')),
			writeCopies: async runs => this.#write('copies', [...runs].join('+')),
			writeDiskExtent: async (disk, offset, bytes) => this.#write('extent', `${disk}:${offset}+${bytes.byteLength}`),
			writeCheckpointDigest: async () => this.#step('digest'),
		};
	}

	#disk(): ReplicatedDisk {
		return {
			node: 'disk0',
			sizeBytes: 2 ** 20,
			loggedBytes: 0,
			copy: async function* (): AsyncGenerator<DiskExtent> {},
			cut: async () => {
				await this.#step('disk-cut');
				return (async function* (): AsyncGenerator<DiskExtent> {
					yield {offset: 512, bytes: new Uint8Array(100)};
					yield {offset: 0, bytes: new Uint8Array(50)};
				})();
			},
			stopLog: async () => undefined,
		};
	}

	async #write(step: CheckpointStep, what: string): Promise<number> {
		// A link that has failed takes nothing any more.
		if (this.#isLinkLost) throw this.failing?.error ?? new TypeError('lost for nothing');
		this.#isLinkLost = this.failing?.step === step;
		await this.#step(step, what);
		return this.steps.length;
	}

	/** Commands are noted when they are given. */
	async #step(step: CheckpointStep, detail?: string | number): Promise<void> {
		this.steps.push(detail === undefined ? step : `${step} ${String(detail)}`);
		if (this.failing?.step === step) throw this.failing.error;
		if (this.held?.step !== step) return;
		this.held.reached.resolve();
		await new Promise<never>(() => {});
	}
}

function record(layer: RawRecord['layer'], type: number, byteLength: number): RawRecord {
	return {layer, type, body: new Uint8Array(byteLength)};
}
