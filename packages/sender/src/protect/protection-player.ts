import {driverFor, type SourceDomain} from '@sterna/domain';
import type {Logger} from '@sterna/host';
import {nextProtection, type OperationError, type ProtectionEffect, type ProtectionEvent, type ProtectionState} from '@sterna/protocol';
import {noting} from '../noting.ts';
import {openSource} from '../open-source.ts';
import {queryOutcome} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import type {StandbySession} from '../standby-session.ts';
import {runGuest, stopGuest} from './guest-control.ts';
import type {LeaseGuard} from './lease-guard.ts';
import type {LeaseKeeper} from './lease-keeper.ts';
import {leaveToStandby} from './leave-to-standby.ts';
import type {Protection} from './protection.ts';
import type {ProtectionJournal} from './protection-journal.ts';
import {showGone, showState} from './show-state.ts';
import type {Wishes} from './wishes.ts';

export type ProtectionPlayerDependencies = {
	readonly services: SenderServices;
	readonly journal: ProtectionJournal;
	readonly protection: Protection;
	/** Undefined: there is no lease store. */
	readonly lease: {readonly keeper: LeaseKeeper; readonly guard: LeaseGuard} | undefined;
	/** JSON of what is asked for now. */
	readonly requestJson: () => string;
	readonly wishes: Wishes;
	readonly log: Logger;
};

/** What the standby is told to go on from, and over which channel. */
export type Go = {readonly session: StandbySession; readonly epoch: number};

/** Plays the machine of a protected guest: does each effect in order, and feeds back what came of it. One event at a time. */
export class ProtectionPlayer {
	/** While a link is open: the guest as its source. */
	source: SourceDomain | undefined;
	/** Of `planned-go`. */
	go: Go | undefined;
	readonly #dependencies: ProtectionPlayerDependencies;
	#state: ProtectionState;
	#declinedBecause: OperationError | undefined;
	#givenUp = new AbortController();

	constructor(dependencies: ProtectionPlayerDependencies, state: ProtectionState) {
		this.#dependencies = dependencies;
		this.#state = state;
	}

	get state(): ProtectionState {
		return this.#state;
	}

	/** Nothing follows that this daemon would have a part in. */
	get isOver(): boolean {
		return this.#state === 'stale' || this.#state === 'handed-over' || this.#state === 'ended';
	}

	/** Why the standby did not take the guest, where it said so. */
	get declinedBecause(): OperationError | undefined {
		return this.#declinedBecause;
	}

	/** Fires when the lease is given up on purpose: it is not renewed then. Another one from each call on. */
	leaseGivenUp(): AbortSignal {
		this.#givenUp = new AbortController();
		return this.#givenUp.signal;
	}

	/**
	 * Takes one event to its end: returns in a state that another event leads out of. `error`: what led to it, for who looks at the protection. Rejects only where giving the guest away
	 * could not be journaled: nothing has changed then.
	 */
	async play(
		event: ProtectionEvent,
		{error, signal}: {readonly error?: OperationError; readonly signal?: AbortSignal} = {},
	): Promise<void> {
		const {services, journal, protection} = this.#dependencies;
		let next: ProtectionEvent | undefined = event;
		while (next !== undefined) {
			const {state, effects} = nextProtection(this.#state, next);
			protection.note('event', {event: next, from: this.#state, to: state, effects});
			// Of a `go` that is not in the journal none is sent.
			if (effects[0] === 'journal-handing-over') await journal.write('handing-over');
			this.#state = state;
			next = undefined;
			for (const effect of effects) next = (await this.#do(effect, signal ?? services.stopping)) ?? next;
		}

		showState(protection, this.#state, services.config.hostName, error);
	}

	async #do(effect: ProtectionEffect, signal: AbortSignal): Promise<ProtectionEvent | undefined> {
		const {services, journal, protection, lease, log} = this.#dependencies;
		switch (effect) {
			case 'journal-protecting':
				return this.#note('that the guest is protected', this.#journalProtecting());
			case 'journal-stopped':
				return this.#note('that the guest stands still', journal.write('stopped'));
			case 'journal-alone':
				return this.#journalAlone();
			case 'journal-gone':
				return this.#note('that the guest is gone', journal.write('gone'));
			case 'journal-stale':
				return this.#note('that the guest runs elsewhere', journal.write('stale'));
			case 'journal-ended':
				return this.#note('the end of the protection', journal.ended());
			case 'journal-handing-over':
				return undefined; // Ahead of the step.
			case 'journal-handed-over':
				return this.#note('that the guest was handed over', journal.handedOver());
			case 'stop-guest':
				// By its guard first, which keeps it so.
				if (this.#state !== 'paused') await lease?.guard.stop();
				await stopGuest(services, journal.record, this.#state === 'paused' ? 'command' : 'signal');
				return undefined;
			case 'run-guest':
				return this.#runGuest();
			case 'open-gate':
				await this.#openGate().catch((error: unknown) => {
					log.error({error}, 'what the guest says could not be let out');
				});
				return undefined;
			case 'keep-for-good':
				return this.#keepForGood(signal);
			case 'release-lease':
				this.#givenUp.abort();
				// Of a guest that is about to be given away the guard goes on: it stands still already.
				if (this.#state !== 'handing-over') await lease?.guard.dismiss();
				await (this.#state === 'gone' ? lease?.keeper.giveUp() : lease?.keeper.release());
				return undefined;
			case 'regain-lease':
				showState(protection, this.#state, services.config.hostName);
				return this.#regainLease(signal);
			case 'leave-to-standby':
				showState(protection, this.#state, services.config.hostName);
				return this.#leaveToStandby(signal);
			case 'send-go':
				return this.#sendGo();
			case 'query-standby':
				showState(protection, this.#state, services.config.hostName);
				return this.#queryStandby();
			case 'destroy-guest':
				await this.#destroyGuest();
				return undefined;
		}
	}

	/** What is decided already is done without its note as well: a restarted daemon comes to the same. */
	async #note(what: string, note: Promise<void>): Promise<undefined> {
		await noting(this.#dependencies.log, what, note);
	}

	async #journalProtecting(): Promise<void> {
		const {journal, protection, requestJson} = this.#dependencies;
		const {step, peer, requestJson: before} = journal.protection;
		const now = requestJson();
		if (step !== 'protecting' || peer !== protection.peer || before !== now)
			await journal.write('protecting', {peer: protection.peer, requestJson: now});
	}

	/** The next incarnation is the guest's own from here on: what a standby that was left behind would take over with. */
	async #journalAlone(): Promise<undefined> {
		const {journal, protection} = this.#dependencies;
		if (journal.protection.step === 'alone') return;
		await this.#note('that the guest is alone', journal.write('alone', {incarnation: journal.incarnation + 1}));
		protection.incarnation = journal.incarnation;
	}

	async #keepForGood(signal: AbortSignal): Promise<ProtectionEvent | undefined> {
		try {
			await this.#dependencies.lease?.keeper.keepForGood(signal);
			return 'kept';
		} catch (error) {
			return isLeaseLost(error) ? 'lease-lost' : undefined;
		}
	}

	/** Without a lease store the standby is asked where the links are opened. */
	async #regainLease(signal: AbortSignal): Promise<ProtectionEvent | undefined> {
		const {lease, wishes} = this.#dependencies;
		if (lease === undefined) return 'lease-regained';
		try {
			return await lease.keeper.regain(AbortSignal.any([signal, wishes.arrived]));
		} catch {
			// For a wish, or with the daemon.
			return undefined;
		}
	}

	async #leaveToStandby(signal: AbortSignal): Promise<ProtectionEvent | undefined> {
		const {services, protection, lease, wishes} = this.#dependencies;
		const onNone = (): void => {
			const {domain, peer} = protection;
			showGone(protection, services.config.hostName, `the guest of ${domain} is gone here, and ${peer} has no standby of it`);
		};
		const guest = {...this.#dependencies, lease: lease?.keeper};
		return (await leaveToStandby(guest, onNone, AbortSignal.any([signal, wishes.arrived]))) ? 'taken-over' : undefined;
	}

	async #sendGo(): Promise<ProtectionEvent> {
		const {journal, protection, log} = this.#dependencies;
		if (this.go === undefined) throw new TypeError('go without a session');
		const {session, epoch} = this.go;
		try {
			const answer = await session.receiver.go(protection.id, journal.incarnation + 1, epoch);
			if (!('declined' in answer)) return 'running';
			this.#declinedBecause = answer.reason;
			log.warn({reason: answer.reason?.message}, 'the standby did not take the guest');
			return 'declined';
		} catch (error) {
			log.warn({error}, 'the standby was told to run the guest and has not answered');
			return 'no-answer';
		}
	}

	async #queryStandby(): Promise<ProtectionEvent | undefined> {
		const {services, journal, protection} = this.#dependencies;
		const {id: migrationId, peer, domain} = protection;
		const verdict = await queryOutcome(services, {migrationId, peer, domain, incarnation: journal.incarnation + 1}, services.stopping);
		return verdict === undefined ? undefined : verdict === 'running' ? 'running' : 'declined';
	}

	/** A guest that cannot be is ours all the same, and is shown as what it is. */
	async #runGuest(): Promise<undefined> {
		const {services, journal, lease, log} = this.#dependencies;
		try {
			// On a lease only under the eyes of its guard; without one that guard would stop it again.
			const guarded = lease !== undefined && this.#state === 'protecting';
			await (guarded ? lease.guard.letRun() : lease?.guard.dismiss());
			await runGuest(services, journal.record, {guarded});
		} catch (error) {
			log.error({error}, 'the guest could not be resumed');
		}
	}

	async #openGate(): Promise<void> {
		const {services, journal} = this.#dependencies;
		const {definition, handle} = journal.record;
		if (!driverFor(definition.kind).isAlive(handle)) return;
		if (this.source !== undefined) return this.source.checkpoints?.gate?.open();
		await using source = await openSource(services, journal.record);
		await source.checkpoints?.gate?.open();
	}

	/** The guest runs elsewhere: what is left of it here is a matter of tidiness, and tried again at the next start. */
	async #destroyGuest(): Promise<void> {
		const {journal, lease, log} = this.#dependencies;
		await lease?.guard.dismiss();
		await this.source?.destroy().catch((error: unknown) => {
			log.warn({error}, 'the guest that was handed over could not be removed here');
		});
		await this.#note('that the guest is gone', journal.remove());
	}
}

export function isLeaseLost(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_LEASE_LOST';
}
