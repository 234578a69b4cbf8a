import type {Logger} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {faultToMessage, type ProtectionStatus} from '@sterna/protocol/control';
import type {FlightRecorder} from './flight-recorder.ts';

export type ProtectionPhase = ProtectionStatus['phase'];

/** What is measured while a standby is kept, and what a lease store says. */
export type ProtectionFigures = Omit<
	ProtectionStatus,
	| 'id'
	| 'domain'
	| 'role'
	| 'peer'
	| 'phase'
	| 'reason'
	| 'sinceMs'
	| 'startedAtMs'
	| 'incarnation'
	| 'error'
	| 'leaseStore'
	| 'leaseLeftMs'
>;

export const NO_FIGURES: ProtectionFigures = {epoch: 0, committedEpoch: 0, bindingObjective: '', alarm: '', lastCheckpoints: []};

/** Time between two statuses that watchers are shown. */
const STATUS_INTERVAL_MS = 200;
/** Time between two statuses in the flight recorder. */
const RECORD_INTERVAL_MS = 1000;

export type ProtectionFacts = {
	readonly id: string;
	readonly domain: string;
	readonly leaseStore: 'manual' | 'etcd';
	readonly recorder: FlightRecorder;
	readonly log: Logger;
};

/** One protected guest of this host: where it stands, who watches it, and what was recorded of it. It decides nothing. */
export class Protection {
	readonly id: string;
	readonly domain: string;
	/** Host of the standby; another one when its operator chose so. */
	peer: string;
	incarnation: number;
	/** Asked for each status. Milliseconds; undefined without a lease. */
	leaseLeftMs: () => number | undefined = () => undefined;
	readonly #facts: ProtectionFacts;
	readonly #startedAtMs = Date.now();
	readonly #watchers = new Set<(status: ProtectionStatus) => void>();
	readonly #ended = Promise.withResolvers<ProtectionStatus>();
	readonly #underWay = Promise.withResolvers<ProtectionStatus>();
	#figures: () => ProtectionFigures = () => NO_FIGURES;
	#phase: ProtectionPhase = 'starting';
	#reason = '';
	#sinceMs = Date.now();
	#error: OperationError | undefined;
	#isOver = false;
	#timers: NodeJS.Timeout[] = [];

	constructor(facts: ProtectionFacts, {peer, incarnation}: {readonly peer: string; readonly incarnation: number}) {
		this.id = facts.id;
		this.domain = facts.domain;
		this.peer = peer;
		this.incarnation = incarnation;
		this.#facts = facts;
		facts.recorder.write('phase', {domain: facts.domain, peer, incarnation, phase: this.#phase});
		// Displays keep nobody alive.
		this.#timers = [
			setInterval(() => {
				this.#tell();
			}, STATUS_INTERVAL_MS).unref(),
			setInterval(() => {
				facts.recorder.write('status', this.status());
			}, RECORD_INTERVAL_MS).unref(),
		];
	}

	get leaseStore(): 'manual' | 'etcd' {
		return this.#facts.leaseStore;
	}

	get phase(): ProtectionPhase {
		return this.#phase;
	}

	/** What it ended by, where that was no operator. */
	get failure(): OperationError | undefined {
		return this.#isOver ? this.#error : undefined;
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	/** Resolves with the last status when nothing goes on any more. */
	get ended(): Promise<ProtectionStatus> {
		return this.#ended.promise;
	}

	/** Resolves when the first checkpoint is on its way, or with the last status where none will be. */
	get underWay(): Promise<ProtectionStatus> {
		return this.#underWay.promise;
	}

	/** `error`: what made it so; shown until the next phase. A phase that is there already only gets another reason. */
	enter(phase: ProtectionPhase, reason: string, error?: OperationError): void {
		if (this.#isOver) return;
		if (phase !== this.#phase) this.#sinceMs = Date.now();
		this.#phase = phase;
		this.#reason = reason;
		this.#error = error;
		const facts = {phase, reason, ...(error === undefined ? {} : {code: error.code, causes: error.fault.causes})};
		const {log, recorder} = this.#facts;
		if (error === undefined) log.info(facts, `protection: ${phase}`);
		else log.error(facts, `protection: ${phase}: ${error.message}`);
		recorder.write('phase', {...facts, peer: this.peer, incarnation: this.incarnation});
		// In the next turn: whoever enters a phase has something to do in it.
		setImmediate(() => {
			this.#tell();
		});
	}

	/** The link at hand, whose figures are shown from here on; the last ones stay when it is gone. */
	measuredBy(figures: () => ProtectionFigures): void {
		this.#figures = figures;
	}

	/** Nothing holds the link any more: what it came to is what is shown. */
	linkEnded(): void {
		const {precopy: _precopy, ...last} = this.#figures();
		const figures = {...last, lagEpochs: undefined, checkpointsPerSecond: undefined, bytesPerSecond: undefined, alarm: ''};
		this.#figures = () => figures;
	}

	/** The first checkpoint is on its way. */
	beganCheckpoints(): void {
		this.#underWay.resolve(this.status());
	}

	/** For the flight recorder, and where it is loud for the log. */
	note(kind: string, facts: object): void {
		this.#facts.recorder.write(kind, facts);
	}

	end(phase: ProtectionPhase, reason: string, error?: OperationError): void {
		if (this.#isOver) return;
		this.linkEnded();
		this.enter(phase, reason, error);
		this.#isOver = true;
		for (const timer of this.#timers) clearInterval(timer);
		const status = this.status();
		for (const watcher of this.#watchers) watcher(status);
		this.#watchers.clear();
		this.leaseLeftMs = () => undefined;
		this.#facts.recorder[Symbol.dispose]();
		this.#underWay.resolve(status);
		this.#ended.resolve(status);
	}

	/** The daemon stops: nobody is shown anything any more, and nothing has ended. */
	letGo(): void {
		for (const timer of this.#timers) clearInterval(timer);
		this.#facts.recorder[Symbol.dispose]();
	}

	/** Calls `watcher` with every status from now on until the signal fires or it is over. */
	watch(watcher: (status: ProtectionStatus) => void, signal: AbortSignal): void {
		if (this.#isOver || signal.aborted) return;
		this.#watchers.add(watcher);
		signal.addEventListener('abort', () => this.#watchers.delete(watcher), {once: true});
		watcher(this.status());
	}

	status(): ProtectionStatus {
		return {
			...this.#figures(),
			id: this.id,
			domain: this.domain,
			role: 'source',
			peer: this.peer,
			phase: this.#phase,
			reason: this.#reason,
			sinceMs: this.#sinceMs,
			startedAtMs: this.#startedAtMs,
			incarnation: this.incarnation,
			leaseStore: this.#facts.leaseStore,
			leaseLeftMs: this.leaseLeftMs(),
			error: this.#error && faultToMessage(this.#error),
		};
	}

	#tell(): void {
		if (this.#watchers.size === 0) return;
		const status = this.status();
		for (const watcher of this.#watchers) watcher(status);
	}
}
