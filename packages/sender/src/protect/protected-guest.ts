import {setTimeout as sleep} from 'node:timers/promises';
import {hostError, type LeaseStore, type Logger, operationError, TaskGroup, toOperationError} from '@sterna/host';
import {OperationError, type ProtectionState} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system';
import {Reconnection} from '../reconnect.ts';
import type {SenderServices} from '../services.ts';
import type {StandbySession} from '../standby-session.ts';
import type {Tee} from '../tee.ts';
import {endStandby} from './end-standby.ts';
import type {LeaseGuard} from './lease-guard.ts';
import {LeaseKeeper} from './lease-keeper.ts';
import {isGuestGone, type LinkEnd, overLink} from './over-link.ts';
import {type ProtectPlan, stagingBytesOf} from './protect-settings.ts';
import type {Protection} from './protection.ts';
import type {ProtectionJournal} from './protection-journal.ts';
import {type Go, isLeaseLost, ProtectionPlayer} from './protection-player.ts';
import {contextOf} from './show-state.ts';
import type {StandbyLink} from './standby-link.ts';
import {type Wish, Wishes, type WishOf} from './wishes.ts';

export type ProtectedGuestDependencies = {
	readonly services: SenderServices;
	readonly journal: ProtectionJournal;
	readonly protection: Protection;
	/** Undefined: a person decides. */
	readonly leases: {readonly store: LeaseStore; readonly ttlMs: number; readonly guard: LeaseGuard} | undefined;
	readonly tee: Tee | undefined;
	readonly log: Logger;
};

/**
 * One protected guest of this host, from `protect` to its end: the links, the lease and the operator's wishes that the events of its machine come from.
 */
export class ProtectedGuest {
	readonly protection: Protection;
	readonly wishes: Wishes;
	readonly #dependencies: ProtectedGuestDependencies;
	readonly #lease: LeaseKeeper | undefined;
	readonly #player: ProtectionPlayer;
	#plan: ProtectPlan;
	/** The standby's host was asked for it before. */
	#hasAsked: boolean;
	/** Something of a checkpoint may be at the standby: it may be one that takes over. */
	#mayTakeOver: boolean;
	/** Without a lease store: the standby may have been told to take over while no daemon was here, and has not answered this one yet. */
	#mustHear: boolean;

	/** `takesUp`: an earlier daemon began it. */
	constructor(
		dependencies: ProtectedGuestDependencies,
		plan: ProtectPlan,
		{state, takesUp}: {readonly state: ProtectionState; readonly takesUp: boolean},
	) {
		const {services, journal, protection, leases, log} = dependencies;
		this.#dependencies = dependencies;
		this.#plan = plan;
		this.protection = protection;
		this.wishes = new Wishes(protection.domain);
		this.#hasAsked = takesUp;
		this.#mayTakeOver = takesUp;
		this.#mustHear = takesUp && leases === undefined;
		if (leases !== undefined) {
			const claim = {
				uuid: journal.record.definition.uuid,
				host: services.config.hostName,
				incarnation: journal.incarnation,
				ttlMs: leases.ttlMs,
			};
			const {store, guard} = leases;
			const keeper = new LeaseKeeper({store, onTerm: untilBootNs => guard.extend(untilBootNs), bootTimeNs, log}, claim);
			this.#lease = keeper;
			protection.leaseLeftMs = () => (keeper.untilBootNs === 0n ? undefined : Math.max(0, keeper.leftMs));
		}

		this.#player = new ProtectionPlayer(
			{
				services,
				journal,
				protection,
				lease: this.#lease && leases && {keeper: this.#lease, guard: leases.guard},
				requestJson: () => JSON.stringify(this.#plan.request),
				wishes: this.wishes,
				log,
			},
			state,
		);
	}

	/** Most memory of the sender that its checkpoints on their way take, in bytes. */
	get stagingBytes(): number {
		return this.protection.isOver ? 0 : stagingBytesOf(this.#plan.settings);
	}

	get state(): ProtectionState {
		return this.#player.state;
	}

	/** Gets the lease, and a guard for the guest, for a protection that begins. Nothing without a lease store. Rejects ERR_LEASE_HELD, ERR_LEASE_STORE. */
	async takeLease(signal: AbortSignal): Promise<void> {
		await this.#lease?.acquire(signal);
		await this.#dependencies.leases?.guard.watch();
	}

	/** Undoes `takeLease`, of a protection that does not begin. Never rejects. */
	async releaseLease(): Promise<void> {
		await this.#dependencies.leases?.guard.dismiss();
		await this.#lease?.release();
	}

	/** Goes on until it is over, or the daemon stops. Never rejects. */
	async run({isRestarted}: {readonly isRestarted: boolean}): Promise<void> {
		const {services, protection, journal, tee, log} = this.#dependencies;
		try {
			if (isRestarted) await this.#player.play('restarted');
			while (!this.#player.isOver && !services.stopping.aborted) await this.#goOn();
		} catch (error) {
			if (!services.stopping.aborted) {
				const told = toOperationError(error, this.#context());
				log.error({error, state: this.state}, 'a protection cannot go on');
				protection.end('failed', told.message, told);
			}
		} finally {
			this.#refuse(this.wishes.take());
			if (!protection.isOver) protection.letGo();
			tee?.[Symbol.dispose]();
			journal[Symbol.dispose]();
		}
	}

	async #goOn(): Promise<void> {
		switch (this.state) {
			case 'protecting':
				return this.#withLease(signal => this.#keepInStep(signal));
			case 'paused':
				return this.#withLease(signal => this.#awaitWish(signal));
			case 'alone':
				return this.#awaitWish(this.#dependencies.services.stopping);
			case 'stopped':
			case 'handing-over':
				return this.#leftForWish();
			case 'stale':
			case 'handed-over':
			case 'ended':
				return undefined;
		}
	}

	/** Does the work while the lease is renewed; where it is lost the work ends, and the guest stands still. */
	async #withLease(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		const {stopping} = this.#dependencies.services;
		const group = new TaskGroup();
		const stop = (): void => {
			group.abort(stopping.reason);
		};
		if (stopping.aborted) stop();
		else stopping.addEventListener('abort', stop, {once: true});
		const isDone = new AbortController();
		const givenUp = this.#player.leaseGivenUp();
		const lease = this.#lease;
		if (lease !== undefined) group.run('lease', inner => lease.keep(AbortSignal.any([inner, isDone.signal, givenUp])));
		group.run('work', async inner => {
			try {
				await work(inner);
			} finally {
				isDone.abort();
			}
		});
		try {
			await group.join();
		} catch (error) {
			if (stopping.aborted) return;
			if (!isLeaseLost(error)) throw error;
			this.protection.note('lease-lost', {leftMs: lease?.leftMs});
			await this.#player.play('lease-lost');
		} finally {
			stopping.removeEventListener('abort', stop);
		}
	}

	/** One link after another, until the standby is lost or something else is to be done. */
	async #keepInStep(signal: AbortSignal): Promise<void> {
		const {services, journal, tee, log} = this.#dependencies;
		const {protection} = this;
		const reconnection = new Reconnection(this.#plan.settings.reconnectMs);
		for (;;) {
			const {settings, request} = this.#plan;
			const end = await overLink(
				{
					services,
					journal,
					protection,
					player: this.#player,
					lease: this.#lease,
					tee,
					log,
					onHeard: () => {
						this.#mustHear = false;
					},
					onInStep: () => {
						this.#mayTakeOver = true;
						// A checkpointed stream has no end: it is one from its first whole checkpoint on.
						tee?.keep();
						reconnection.madeProgress(performance.now());
						protection.enter('protected', `${protection.peer} has a whole checkpoint over this link`);
					},
					onLink: (link, session, inner) => this.#onLink(link, session, inner),
				},
				{request, settings, asksFirst: this.#mayTakeOver, leaseTtlMs: this.#dependencies.leases?.ttlMs},
				signal,
			);
			if (end === undefined) return;
			this.#mayTakeOver ||= end.mayBeInStep;
			try {
				if (await this.#decideEnd(end, reconnection, signal)) return;
			} finally {
				this.#hasAsked ||= end.hasAsked;
			}

			this.#showWithoutLink(end);
			log.warn({code: end.error.code, causes: end.error.fault.causes}, `the link to the standby was lost: ${end.error.message}`);
			const woken = AbortSignal.any([signal, this.wishes.arrived]);
			await sleep(reconnection.nextWaitMs(), undefined, {signal: woken}).catch(() => undefined);
			signal.throwIfAborted();
			if (this.wishes.pending !== undefined) return this.#fulfil(this.wishes.take(), signal);
		}
	}

	/** What the end of a link means. Returns whether something else than another link is to come. */
	async #decideEnd(end: LinkEnd, reconnection: Reconnection, signal: AbortSignal): Promise<boolean> {
		const {error, cause} = end;
		this.protection.note('link-ended', {code: error.code, message: error.message, causes: error.fault.causes});
		signal.throwIfAborted();
		if (isLeaseLost(cause)) throw cause;
		if (error.code === 'ERR_STALE') await this.#player.play('taken-over');
		else if (this.wishes.pending !== undefined) await this.#fulfil(this.wishes.take(), signal);
		// Its host may have lost its power: then the standby has all that is left of it.
		else if (isGuestMissing(end) && this.#mayTakeOver) return false;
		else if (isGuestGone(error)) await this.#guestEnded(error);
		// It has to do with an earlier link of this protection still.
		else if (this.#hasAsked && isBusyThere(error) && reconnection.mayGoOn('ERR_CONNECTION_LOST', performance.now())) return false;
		// Nothing of the guest can be there: it is an ordinary one again, as if nobody had asked.
		else if (!this.#mayTakeOver) await this.#player.play('unprotect', {error});
		else if (this.#mustHear || reconnection.mayGoOn(error.code, performance.now())) return false;
		else await this.#standbyLost(error, signal);
		return true;
	}

	#showWithoutLink(end: LinkEnd): void {
		const {protection} = this;
		const {domain, peer} = protection;
		if (isGuestMissing(end)) {
			const message = `the guest of ${domain} is gone here: its standby on ${peer} is left as it is`;
			const next = `migrate-ctl failover ${domain}, on ${peer}; or migrate-ctl unprotect ${domain}, if it ended by itself`;
			const {fault} = operationError('ERR_GUEST_EXITED', message, {...this.#context(), runsOn: {kind: 'unknown'}});
			protection.enter('unprotected', message, new OperationError({...fault, next}));
			return;
		}

		const isUnheard = this.#mustHear ? 'unprotected' : 'starting';
		protection.enter(isUnheard, `${end.error.message}: ${peer} is tried to be reached, and what the guest says is held`);
	}

	/** While a link lasts: fulfils what is wished. Rejects with what ended the link; where it resolves the state is another, or the next link is to come. */
	async #onLink(link: StandbyLink, session: StandbySession, signal: AbortSignal): Promise<void> {
		const ending = new AbortController();
		const inner = AbortSignal.any([signal, ending.signal]);
		const running = link.run(inner);
		running.catch(() => undefined); // Awaited below, or ended by us.
		session.onFailoverWanted = () => {
			void this.#wishFailover();
		};
		try {
			await this.#untilInStep(link, running, inner);
			if (link.isInStep) await this.#player.play('in-step');
			for (;;) {
				await Promise.race([this.wishes.wait(inner), running, link.guestGone]);
				if (link.isGuestGone) {
					const go = {session, epoch: link.committedEpoch};
					return await this.#giveAway(go, `the guest's process was ended: the standby goes on from its last checkpoint`);
				}

				const wish = this.wishes.take();
				if (wish?.kind === 'failover') {
					if (await this.#handOver(wish, link, session, inner)) return;
				} else if (wish?.kind === 'unprotect') return await this.#unprotect(wish, signal, session);
				else if (wish === undefined) inner.throwIfAborted();
				else this.#refuse(wish);
			}
		} finally {
			session.onFailoverWanted = undefined;
			ending.abort(new Error('the link is not needed any more'));
			await running.catch(() => undefined);
		}
	}

	/** Resolves when the standby is in step, or its operator wants none any more; whatever else is wished before is refused. Rejects with what ended the link. */
	async #untilInStep(link: StandbyLink, running: Promise<void>, signal: AbortSignal): Promise<void> {
		while (!link.isInStep) {
			await Promise.race([link.inStep, running, this.wishes.wait(signal)]);
			signal.throwIfAborted();
			if (link.isInStep || this.wishes.pending?.kind === 'unprotect') return;
			this.#refuse(this.wishes.take());
		}
	}

	/** A planned failover. Returns whether the state is another now; otherwise the guest goes on here, over the same link. */
	async #handOver(wish: WishOf<'failover'>, link: StandbyLink, session: StandbySession, signal: AbortSignal): Promise<boolean> {
		const {protection} = this;
		const {incarnation} = this.#dependencies.journal;
		const startedMs = performance.now();
		try {
			protection.enter('handing-over', 'a planned failover: the last checkpoint is taken');
			const {committed} = await link.last(signal);
			await this.#giveAway({session, epoch: committed.epoch}, 'a planned failover: the standby has everything');
			if (this.state !== 'handed-over') throw this.#notHandedOver();
			wish.answer.resolve({
				domain: protection.domain,
				id: protection.id,
				planned: true,
				epoch: committed.epoch,
				incarnation: incarnation + 1,
				decidedToRunningMs: performance.now() - startedMs,
				runsOn: protection.peer,
				because: 'planned',
			});
			return true;
		} catch (error) {
			wish.answer.reject(toOperationError(error, {...this.#context(), phase: 'failover'}));
			// What failed in a checkpoint has ended the link; what the standby answered has changed the state.
			if (this.state === 'protecting') throw error;
			return true;
		}
	}

	async #giveAway(go: Go, reason: string): Promise<void> {
		this.protection.enter('handing-over', reason);
		this.#player.go = go;
		try {
			await this.#player.play('planned-go');
		} finally {
			this.#player.go = undefined;
		}
	}

	#notHandedOver(): OperationError {
		const {peer} = this.protection;
		const cause = this.#player.declinedBecause;
		const context = {...this.#context(), phase: 'failover'} as const;
		const options = cause === undefined ? undefined : {cause};
		if (this.state !== 'handing-over')
			return operationError('ERR_TARGET_REFUSED', `${peer} did not take the guest, which goes on here`, context, options);
		const message = `${peer} was told to run the guest and has not answered; the copy here stays paused until it does`;
		return operationError('ERR_UNDECIDED', message, {...context, runsOn: {kind: 'unknown'}}, options);
	}

	/** The operator of the standby's host wants it, and sees by the standby what comes of it. */
	async #wishFailover(): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<unknown>();
		try {
			this.wishes.put({kind: 'failover', answer: {resolve, reject}});
			await promise;
		} catch (error) {
			this.#dependencies.log.warn({error}, 'a failover that the host of the standby asked for did not come about');
		}
	}

	async #awaitWish(signal: AbortSignal): Promise<void> {
		await this.wishes.wait(signal);
		await this.#fulfil(this.wishes.take(), signal);
	}

	/** What no open link is needed for. */
	async #fulfil(wish: Wish | undefined, signal: AbortSignal): Promise<void> {
		if (wish?.kind === 'unprotect') await this.#unprotect(wish, signal, undefined);
		else if (wish?.kind === 'protect') await this.#protectAgain(wish, signal);
		else this.#refuse(wish);
	}

	/** The guest stands still for want of a lease or an answer: nothing but a person's word ends that. */
	async #leftForWish(): Promise<void> {
		const wish = this.wishes.take();
		if (wish?.kind === 'unprotect' && wish.force && this.state === 'stopped') {
			await this.#player.play('unprotect');
			wish.answer.resolve(this.protection.status());
			return;
		}

		this.#refuse(wish);
		await this.#player.play('restarted');
	}

	/** Ends the protection where it is certain, or answered for, that the standby never runs. `open`: a channel to its host. */
	async #unprotect(wish: WishOf<'unprotect'>, signal: AbortSignal, open: StandbySession | undefined): Promise<void> {
		const {services, journal, log} = this.#dependencies;
		const context = this.#context();
		try {
			await endStandby(services, this.protection, {incarnation: journal.incarnation + 1, open, context}, signal);
		} catch (error) {
			log.warn({error}, 'the standby is ended without its host');
			if (!wish.force && !(await this.#isKept(signal))) {
				wish.answer.reject(error);
				return;
			}
		}

		// So that a standby of which something is left there finds the domain taken. Without it nothing is there that could take over.
		await this.#isKept(signal);
		await this.#player.play('unprotect');
		wish.answer.resolve(this.protection.status());
	}

	/** Whether the lease store answers for it that no standby takes over. */
	async #isKept(signal: AbortSignal): Promise<boolean> {
		if (this.#lease === undefined) return false;
		if (this.state === 'alone') return true;
		try {
			await this.#lease.keepForGood(signal);
			return true;
		} catch (error) {
			this.#dependencies.log.warn({error}, 'the lease store could not be told that the domain stays here');
			return false;
		}
	}

	async #protectAgain({plan, answer}: WishOf<'protect'>, signal: AbortSignal): Promise<void> {
		this.#plan = plan;
		this.protection.peer = plan.request.host;
		this.protection.enter('starting', `a standby on ${plan.request.host} is wanted again`);
		answer.resolve();
		if (this.state === 'alone') await this.#player.play('protect');
		else await this.#keepInStep(signal);
	}

	async #standbyLost(error: OperationError, signal: AbortSignal): Promise<void> {
		const {domain, peer} = this.protection;
		const goesOn = this.#plan.settings.onStandbyLoss === 'continue';
		const what = goesOn ? 'the guest goes on without one' : 'the guest stands still';
		const lost = operationError(
			'ERR_STANDBY_LOST',
			`the standby of ${domain} on ${peer} is lost: ${error.message}; ${what}`,
			this.#context(),
			{cause: error},
		);
		this.protection.enter(goesOn ? 'unprotected' : 'paused', lost.message, lost);
		await this.#player.play(goesOn ? 'lost-continue' : 'lost-pause', {error: lost, signal});
	}

	/** The guest ended by its own doing, or its standby has nothing of it: so did what a standby is kept of. */
	async #guestEnded(error: OperationError): Promise<void> {
		const {services, journal, log} = this.#dependencies;
		const context = this.#context();
		const options = {incarnation: journal.incarnation + 1, open: undefined, context} as const;
		try {
			await endStandby(services, this.protection, options, services.stopping);
		} catch (failure) {
			log.warn({error: failure}, 'the standby of a guest that has ended is left');
		}

		await this.#player.play('unprotect', {error});
	}

	#refuse(wish: Wish | undefined): void {
		if (wish === undefined) return;
		const {phase, domain, peer} = this.protection;
		wish.answer.reject(
			hostError(
				'ERR_DOMAIN_STATE',
				`${wish.kind} of ${domain} is not possible now: its standby on ${peer} is not in step, it is ${phase}`,
				{
					side: 'sender',
					next: `migrate-ctl status ${domain}`,
				},
			),
		);
	}

	#context() {
		return contextOf(this.protection, this.#dependencies.services.config.hostName);
	}
}

/** The standby's host has the domain under way otherwise. */
function isBusyThere({code, fault}: OperationError): boolean {
	return code === 'ERR_DOMAIN_BUSY' && fault.side === 'receiver';
}

/** The guest was gone before the link began: nobody saw how it ended. */
function isGuestMissing({error, hasAsked}: LinkEnd): boolean {
	return !hasAsked && isGuestGone(error);
}
