import process from 'node:process';
import {PAGE_SIZE_BYTES} from '@sterna/protocol/model';
import {Advice, seekData, seekHole} from '@sterna/system';
import type {WorkloadDefinition} from '../../definition.ts';
import {writeDeviceStateFile} from '../../device-state-file.ts';
import {DomainError} from '../../domain-error.ts';
import type {CheckResult} from '../../driver.ts';
import type {DeviceStateFault, GuestNotice, GuestShow} from './control-protocol.ts';
import {encodeCpuState, parseCpuState} from './cpu-state.ts';
import type {EpochGate, Outlet} from './epoch-gate.ts';
import type {OutputChannel} from './output-channel.ts';
import {memoryNameOf, OwnMemory} from './own-memory.ts';
import {Responder} from './responder.ts';
import {saveFaultyState} from './faulty-state.ts';
import {WorkloadCpu} from './workload-cpu.ts';

/** Bytes of page tables filled at a time while a migration goes on: a piece that has begun when the CPU state comes goes on in the pause. */
const WARM_PIECE_BYTES = 2 ** 20;
/** A guest that must not say more looks again after this time, or when something was let out. */
const FULL_WAIT_MS = 10;

export type GuestOptions = {
	readonly definition: WorkloadDefinition;
	/** Where its lines go: through the gate. */
	readonly lines: OutputChannel;
	/** Holds back what the guest says, where it is to. */
	readonly gate: EpochGate;
	/** Whether to ask the kernel for write tracking. */
	readonly tracking: boolean;
	/** Tells all clients; called before the guest acts on it. */
	readonly onNotice: (notice: GuestNotice) => void;
	/** Called when the guest begins to run, and goes on after a pause. */
	readonly onRun?: () => void;
};

/**
 * The workload guest: memory, CPU, and what state it is in. `incoming` has empty memory and waits for a CPU state, `crashed`
 * found its memory wrong and makes no step any more.
 */
export class Guest implements AsyncDisposable {
	readonly memory: OwnMemory;
	readonly #options: GuestOptions;
	readonly #cpu: WorkloadCpu;
	readonly #responder = new Responder();
	#state: GuestShow['state'] = 'incoming';
	#lastStepNs = process.hrtime.bigint();
	/** Checks that were asked for: they go on while the guest is paused. */
	#checksAskedFor = 0;
	/** The loop, while it runs. */
	#loopRun: Promise<void> | undefined;
	#wakeUp: (() => void) | undefined;
	/** Set while memory is filled; whether the guest runs after that. */
	#booting: {resumeAfter: boolean} | undefined;
	#deviceStateFault: DeviceStateFault | undefined;
	#crashDetail = '';

	/** Throws `SystemError` where memory cannot be had. */
	constructor(options: GuestOptions) {
		const {definition, lines, tracking} = options;
		this.#options = options;
		this.memory = new OwnMemory(definition.pfnLimit, {name: memoryNameOf(definition.uuid), tracking});
		this.#cpu = new WorkloadCpu({
			definition,
			memory: this.memory,
			output: lines,
			onCorrupt: detail => this.#crash(detail),
		});
	}

	/** Fills memory and makes the first step possible; leaves the guest paused. Rejects ERR_MEMORY_INSUFFICIENT. */
	async boot(): Promise<void> {
		const {touchedBytes, memoryBytes} = {...this.#options.definition.program, ...this.#options.definition};
		try {
			await this.memory.populate(0, Math.min(touchedBytes ?? memoryBytes, memoryBytes), Advice.populateWrite);
		} catch (error) {
			throw new DomainError('ERR_MEMORY_INSUFFICIENT', `the guest's ${memoryBytes} bytes of memory cannot be allocated`, {cause: error});
		}

		await this.#cpu.boot();
		this.#state = 'paused';
	}

	/** Readies the process for a CPU state to come: see `WorkloadCpu.warmUp`. */
	async warmUp(): Promise<void> {
		await this.#cpu.warmUp();
	}

	/** What it says of itself; of its port only whoever has that can tell. */
	show(): Omit<GuestShow, 'port'> {
		const {memory} = this;
		const {firstBad, ...facts} = this.#cpu.facts;
		const {holding, heldBytes, heldItems} = this.#options.gate.facts;
		return {
			state: this.#state,
			pid: process.pid,
			uuid: this.#options.definition.uuid,
			memoryFd: memory.fd,
			memoryAddress: Number(memory.address),
			memoryBytes: this.#options.definition.memoryBytes,
			tracking: memory.tracking === undefined ? 'none' : memory.tracking.userModeOnly ? 'user-mode-only' : 'full',
			...facts,
			...(firstBad === undefined ? {} : {firstBad}),
			gate: holding ? 'holding' : 'open',
			heldBytes,
			heldItems,
			...this.#responder.state,
		};
	}

	/** A request from outside, answered when the guest runs and may speak. */
	receive(nonce: string, reply: Outlet): void {
		this.#responder.receive(nonce, reply);
		this.#wakeUp?.();
	}

	/** Idempotent. The guest makes one last step, so that the time is that of a step and not of an answer. */
	pause(): {readonly lastStepNs: bigint} {
		if (this.#booting) this.#booting.resumeAfter = false;
		if (this.#state === 'running') {
			this.#cpu.step();
			this.#lastStepNs = process.hrtime.bigint();
			// The step may have found its page wrong.
			if (this.#state === 'running') this.#state = 'paused';
		}

		return {lastStepNs: this.#lastStepNs};
	}

	/** Idempotent. Makes the first step before it returns. Throws ERR_DOMAIN_STATE for a guest without a CPU state, ERR_GUEST_CORRUPT for a crashed one. */
	resume(): {readonly firstStepNs: bigint} {
		if (this.#state === 'incoming') throw new DomainError('ERR_DOMAIN_STATE', 'the guest has no CPU state yet');
		this.#assertUsable();
		if (this.#state === 'paused') {
			this.#state = 'running';
			this.#cpu.continueAt(performance.now());
			this.#cpu.step();
			this.#options.onRun?.();
			this.#runLoop();
		}

		return {firstStepNs: process.hrtime.bigint()};
	}

	/** Writes the CPU state to a new file and returns its size as the guest reports it. */
	saveState(file: string): {readonly bytes: number} {
		const bytes = this.readState();
		if (this.#deviceStateFault !== undefined) return saveFaultyState(this.#deviceStateFault, file, bytes);
		writeDeviceStateFile(file, bytes);
		return {bytes: bytes.byteLength};
	}

	/** The CPU state of a paused guest. Throws ERR_DOMAIN_STATE for another, ERR_GUEST_CORRUPT for a crashed one. */
	readState(): Uint8Array<ArrayBuffer> {
		this.#assertUsable();
		if (this.#state !== 'paused')
			throw new DomainError('ERR_DOMAIN_STATE', `the CPU state of a guest that is ${this.#state} cannot be saved`);
		const replies = this.#options.definition.udpPort === undefined ? undefined : this.#responder.state;
		return encodeCpuState({...this.#cpu.save(), replies});
	}

	/** Cuts an epoch off what the guest said. Throws ERR_DOMAIN_STATE where it may be about to say more, and as the gate does. */
	cut(epoch: number, options: {readonly first: boolean}): void {
		if (this.#state === 'running') throw new DomainError('ERR_DOMAIN_STATE', `epoch ${epoch} cannot be cut while the guest runs`);
		this.#options.gate.cut(epoch, options);
	}

	/** Lets out an epoch, as the gate does; a guest that had to wait for that goes on. */
	release(epoch: number, untilBootNs: bigint | undefined): void {
		this.#options.gate.release(epoch, untilBootNs);
		this.#wakeUp?.();
	}

	/** Loads the CPU state, not yet checked, of an incoming guest, whose memory is complete. A full sweep follows as soon as it runs. */
	loadState(bytes: Uint8Array): void {
		if (this.#state !== 'incoming')
			throw new DomainError('ERR_DOMAIN_STATE', `a CPU state cannot be loaded into a guest that is ${this.#state}`);
		const state = parseCpuState(bytes, this.#options.definition);
		this.#cpu.load(state);
		if (state.replies !== undefined) this.#responder.load(state.replies);
		this.#state = 'paused';
		void this.#cpu.sweep();
	}

	/** A full sweep by the guest's own self-check, beside the program or while it is paused. */
	async check(): Promise<CheckResult> {
		if (this.#state === 'incoming') throw new DomainError('ERR_DOMAIN_STATE', 'the memory of an incoming guest cannot be checked');
		this.#checksAskedFor += 1;
		const result = this.#cpu.sweep();
		this.#wakeUp?.();
		this.#runLoop();
		try {
			return await result;
		} finally {
			this.#checksAskedFor -= 1;
		}
	}

	/** Fills an incoming guest's page tables for all pages that exist, so that the first steps do not fault; a CPU state that comes ends it. Never fails. */
	async warm(): Promise<void> {
		const {fd, pageCount} = this.memory;
		const end = pageCount * PAGE_SIZE_BYTES;
		for (let at = seekData(fd, 0); at !== undefined && at < end;) {
			const hole = Math.min(seekHole(fd, at), end);
			for (; at < hole; at += WARM_PIECE_BYTES) {
				if (this.#state !== 'incoming') return;
				// For writing: with tracking registered, page tables filled for reading fault again at the first write.
				await this.memory.populate(at, Math.min(at + WARM_PIECE_BYTES, hole), Advice.populateWrite).catch(() => undefined);
			}

			at = seekData(fd, hole);
		}
	}

	/** What a guest's operating system does on a restart: the program begins anew, its memory is filled again. Line numbers go on. */
	async reboot(): Promise<void> {
		if (this.#state === 'incoming') throw new DomainError('ERR_DOMAIN_STATE', 'an incoming guest cannot reboot');
		this.#assertUsable();
		const booting = {resumeAfter: this.#state === 'running'};
		this.#booting = booting;
		this.#state = 'paused';
		this.#options.onNotice({event: 'rebooted'});
		this.#cpu.say('REBOOT');
		await this.#cpu.boot();
		this.#booting = undefined;
		if (booting.resumeAfter) this.resume();
	}

	setFault(deviceState: DeviceStateFault | undefined): void {
		this.#deviceStateFault = deviceState;
	}

	/** Stops the guest and frees its memory: for one that does not end with its process. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.pause();
		this.#wakeUp?.();
		await this.#loopRun;
		this.memory[Symbol.dispose]();
	}

	#assertUsable(): void {
		if (this.#state === 'crashed') throw new DomainError('ERR_GUEST_CORRUPT', `the guest crashed: ${this.#crashDetail}`);
		if (this.#booting) throw new DomainError('ERR_DOMAIN_STATE', 'the guest is booting');
	}

	#crash(detail: string): void {
		this.#state = 'crashed';
		this.#crashDetail = detail;
		this.#lastStepNs = process.hrtime.bigint();
		this.#options.onNotice({event: 'crashed', detail});
	}

	/** The one loop of the process: slices while the guest runs, or while somebody waits for a check; ends otherwise. */
	#runLoop(): void {
		this.#loopRun ??= this.#loop()
			// Output that cannot be written: going on would lose lines.
			.catch((error: unknown) => this.#crash(error instanceof Error ? error.message : String(error)))
			.finally(() => {
				this.#loopRun = undefined;
			});
	}

	async #loop(): Promise<void> {
		let waitMs = 0;
		for (;;) {
			// First of all: the answer to whoever started the loop must not wait for its first slice.
			await this.#wait(waitMs);
			waitMs = 0;
			if (this.#state === 'running') waitMs = this.#turn();
			else if (this.#checksAskedFor === 0 || !this.#cpu.sweepSlice()) return;
		}
	}

	/** What a guest that runs does next. Returns as `WorkloadCpu.slice`. */
	#turn(): number {
		const {gate} = this.#options;
		if (gate.isFull) return FULL_WAIT_MS;
		this.#responder.answer(this.#cpu.steps, gate);
		return this.#cpu.slice();
	}

	/** Lets sockets have their turn; a wait of more than that ends early when there is work. */
	async #wait(waitMs: number): Promise<void> {
		await new Promise<void>(resolve => {
			if (waitMs <= 0) {
				setImmediate(resolve);
				return;
			}

			const timer = setTimeout(resolve, waitMs);
			this.#wakeUp = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		this.#wakeUp = undefined;
	}
}
