import type {DeviceState} from '@sterna/domain';
import type {RunningReply} from '@sterna/protocol/control';
import type {Because} from './standby-journal.ts';
import type {StandbyDependencies} from './standby-core.ts';

/** What a guest waits for before it runs here, one behind another. */
type PromotionPart = 'link' | 'complete' | 'journal' | 'load' | 'resume';

/** How a guest came to run here. */
export type Promoted = {
	/** The checkpoint that it went on from. */
	readonly epoch: number;
	readonly because: Because;
	/** From the decision, which `go` or the lease is, to its first step. */
	readonly decidedToRunningMs: number;
	/** Milliseconds of that by what they were spent on. */
	readonly parts: Readonly<Partial<Record<PromotionPart, number>>>;
};

/** Lets the guest of a standby go on from its last whole checkpoint. */
export class Promotion {
	readonly #dependencies: Pick<StandbyDependencies, 'services' | 'journal' | 'contents' | 'checkpoints'>;
	#state: DeviceState | undefined;
	#epoch: number;
	#firstStepNs: bigint | undefined;
	#parts: Partial<Record<PromotionPart, number>> = {};

	constructor(dependencies: Pick<StandbyDependencies, 'services' | 'journal' | 'contents' | 'checkpoints'>) {
		this.#dependencies = dependencies;
		this.#epoch = dependencies.journal.protection.epoch ?? 0;
	}

	/** That the guest goes on from: of the last `prepare`, or of the journal. */
	get epoch(): number {
		return this.#epoch;
	}

	/** Milliseconds of its parts since `begin`. */
	get parts(): Promoted['parts'] {
		return this.#parts;
	}

	/** It was decided. */
	begin(): void {
		this.#parts = {};
	}

	/** Does a part of it, and notes how long that took. */
	async timed<T>(part: PromotionPart, work: () => Promise<T>): Promise<T> {
		const startedMs = performance.now();
		try {
			return await work();
		} finally {
			this.#parts[part] = performance.now() - startedMs;
		}
	}

	/** Does what can be done before it is in the journal: completes the last checkpoint and reads its device state. No link may be open; none is opened again but behind `CheckpointFile.settle`. */
	async prepare(): Promise<void> {
		const {checkpoints, contents} = this.#dependencies;
		this.#epoch = await checkpoints.complete(contents.target);
		this.#state = checkpoints.deviceState();
	}

	async load(): Promise<void> {
		const {contents, checkpoints, journal} = this.#dependencies;
		this.#epoch = journal.protection.epoch ?? this.#epoch;
		await contents.target.loadDeviceState(this.#state ?? checkpoints.deviceState());
		this.#state = undefined;
	}

	async resume(): Promise<void> {
		const {contents, journal} = this.#dependencies;
		if (journal.protection.paused) return;
		this.#firstStepNs = (await contents.target.resume()).firstStepNs;
	}

	/** The answer to `go`. */
	reply(incarnation: number): RunningReply {
		const firstStepNs = this.#firstStepNs;
		return {
			incarnation,
			firstStepNs: firstStepNs === undefined ? undefined : Number(firstStepNs),
			resumeMs: this.#parts.resume ?? 0,
			sinceFirstStepMs: firstStepNs === undefined ? 0 : Number(process.hrtime.bigint() - firstStepNs) / 1e6,
		};
	}
}
