import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Lease} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {faultToMessage, type GoRequest, type OutcomeReply, type RunningReply} from '@sterna/protocol/control';
import type {ControlConnection} from '@sterna/transport';
import {goRefusal} from './go-refusal.ts';
import type {Promoted} from './promotion.ts';
import type {StandbyCore} from './standby-core.ts';
import type {Because} from './standby-journal.ts';

/** How long a promoted guest's outcome waits for a journal that did not take it, in milliseconds. */
const WRITE_AGAIN_MS = 10_000;

/** Every way in which the guest of a standby comes to run here: at its source's word, without its source, and again by a daemon that was restarted. */
export class StandbyTakeover {
	readonly #core: StandbyCore;

	constructor(core: StandbyCore) {
		this.#core = core;
	}

	/** `go`: the guest runs here, or has been declined, durably. */
	async go(
		request: GoRequest,
		connection: ControlConnection,
	): Promise<{readonly running: RunningReply} | {readonly outcome: OutcomeReply}> {
		const core = this.#core;
		return core.inTurn(async () => {
			const decidedMs = performance.now();
			const {incarnation, epoch} = request;
			const {log, journal} = core.dependencies;
			await core.hold();
			const refusal = core.phase === 'holding' ? await this.#refusalOf(request, connection) : undefined;
			if (refusal !== undefined) {
				await core.play('late-go');
				log.warn({epoch, incarnation}, `go was declined: ${refusal.message}`);
				return declined(incarnation, refusal);
			}

			if (core.phase === 'holding') {
				await core.lease.stop();
				core.because = 'planned';
				await core.play('go');
				this.#runsSince(decidedMs);
			} else {
				await core.play('go');
			}

			if (core.phase === 'lost') throw core.faults.undecided();
			if (core.phase !== 'promoting' && core.phase !== 'promoted') {
				const reason = core.failure ?? core.faults.of('ERR_TARGET_REFUSED', `the standby of ${core.domain} is ${core.phase}`);
				if (core.phase === 'removed') await core.release();
				return declined(incarnation, reason);
			}

			return {running: core.promotion.reply(journal.nextIncarnation)};
		});
	}

	/** The source asks after its `go`: `running`, or `declined`, durably. Without `declineIfReady` nothing is done. Rejects ERR_UNDECIDED where it is not known. */
	async outcome({declineIfReady}: {readonly declineIfReady: boolean}): Promise<OutcomeReply['state']> {
		const core = this.#core;
		return core.inTurn(async () => {
			await core.hold();
			if (declineIfReady) await core.play('query');
			switch (core.phase) {
				case 'receiving':
					return declineIfReady ? 'declined' : 'receiving';
				case 'holding':
					return declineIfReady ? 'declined' : 'ready';
				case 'promoting':
				case 'promoted':
					return 'running';
				case 'lost':
					if (declineIfReady) throw core.faults.undecided();
					return 'lost';
				case 'removed':
					return 'declined';
			}
		});
	}

	/** As `Standby.takeOver`. */
	async takeOver(because: Exclude<Because, 'planned'>, lease?: Lease): Promise<Promoted> {
		const core = this.#core;
		const decidedMs = performance.now();
		try {
			return await core.inTurn(async () => {
				await core.hold();
				this.assertHolding();
				core.failure = undefined;
				core.because = because;
				await this.#prepare(core.faults.of('ERR_STALE', `${core.domain} was taken over by its standby (${because})`));
				await core.play('take-over');
				const promoted = this.#runsSince(decidedMs, lease);
				if (promoted === undefined) throw core.failure ?? core.faults.of('ERR_INTERNAL', `the standby is ${core.phase}`);
				return promoted;
			});
		} catch (error) {
			await lease?.[Symbol.asyncDispose]();
			throw error;
		}
	}

	/** Throws ERR_DOMAIN_STATE where there is nothing that a failover could go on from. */
	assertHolding(): void {
		const {phase, failure, faults} = this.#core;
		if (phase !== 'holding') throw failure?.code === 'ERR_STANDBY_LOST' ? failure : faults.notHolding(phase);
	}

	/** Takes up what an earlier daemon left: a guest that was about to run here does so. */
	async restart(): Promise<void> {
		const core = this.#core;
		await core.inTurn(async () => {
			const decidedMs = performance.now();
			if (core.phase === 'promoting') core.because = core.dependencies.journal.protection.because ?? 'lease';
			await core.play('restarted');
			this.#runsSince(decidedMs);
			if (core.phase === 'removed') await core.release();
			core.enter(core.phase === 'holding' ? 'the receiver was restarted' : '');
		});
	}

	/** Nothing comes over the link any more, for this reason, and what the guest goes on from is as it must be. */
	async #prepare(reason: OperationError): Promise<void> {
		const {links, promotion} = this.#core;
		promotion.begin();
		await promotion.timed('link', async () => links.stop(reason, 'cut'));
		await promotion.timed('complete', async () => promotion.prepare());
	}

	/** Why a `go` is not obeyed; undefined where it is, and nothing comes over the link any more. */
	async #refusalOf(request: GoRequest, connection: ControlConnection): Promise<OperationError | undefined> {
		const {links, faults, promotion, committedEpoch, domain, dependencies} = this.#core;
		const {journal} = dependencies;
		const facts = {
			nextIncarnation: journal.nextIncarnation,
			isOfLatestLink: links.begun?.connection === connection,
			declinedEpoch: journal.protection.epoch ?? 0,
		};
		let why = goRefusal(request, {...facts, committedEpoch});
		if (why === undefined) {
			await this.#prepare(faults.of('ERR_CONNECTION_LOST', 'the guest is handed over'));
			why = goRefusal(request, {...facts, committedEpoch: promotion.epoch});
		}

		return why === undefined ? undefined : faults.of('ERR_TARGET_REFUSED', `${domain} does not run here by this go: ${why}`);
	}

	/** Where the guest has just taken its first step here. The answer to whoever decided goes out first: the rest is history. */
	#runsSince(decidedMs: number, lease?: Lease): Promoted | undefined {
		const core = this.#core;
		if (core.phase !== 'promoting') return undefined;
		const {epoch, parts} = core.promotion;
		const promoted = {epoch, because: core.because, decidedToRunningMs: performance.now() - decidedMs, parts};
		core.promoted = promoted;
		core.dependencies.log.warn(promoted, `${core.domain} runs here: its standby has taken over`);
		core.enter(`taken over (${core.because})`);
		void nextTurn().then(async () => core.inTurn(async () => this.#write()));
		core.lease.keep(lease);
		return promoted;
	}

	/** That it runs here, for ever; again where the journal does not take it. */
	async #write(): Promise<void> {
		const core = this.#core;
		if (core.phase !== 'promoting') return;
		const {log, checkpoints} = core.dependencies;
		try {
			await core.play('runs');
		} catch (error) {
			log.error({error}, 'the journal did not take it that the guest runs here');
			if (!core.isStopping) setTimeout(() => void core.inTurn(async () => this.#write()), WRITE_AGAIN_MS).unref();
			return;
		}

		checkpoints.remove();
		await core.release();
	}
}

function declined(incarnation: number, reason: OperationError): {readonly outcome: OutcomeReply} {
	return {outcome: {state: 'declined', incarnation, fault: faultToMessage(reason)}};
}
