import {setTimeout as sleep} from 'node:timers/promises';
import {driverFor} from '@sterna/domain';
import {type LeaseStore, type Logger, TaskGroup, toOperationError} from '@sterna/host';
import type {ProtectionState} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system';
import type {SenderServices} from '../services.ts';
import type {Tee} from '../tee.ts';
import {type GuestParts, partsContext} from './guest-parts.ts';
import type {LeaseGuard} from './lease-guard.ts';
import {LeaseKeeper} from './lease-keeper.ts';
import {type ProtectPlan, stagingBytesOf} from './protect-settings.ts';
import type {Protection} from './protection.ts';
import type {ProtectionJournal} from './protection-journal.ts';
import {isLeaseLost, ProtectionPlayer} from './protection-player.ts';
import {StandbyLinks} from './standby-links.ts';
import {unprotect} from './unprotect.ts';
import {refuseWish, type Wish, Wishes, type WishOf} from './wishes.ts';

/** How often it is looked whether the guest's process is there, in milliseconds. */
const LOOK_MS = 250;
/** For how long an open link has time to hand over a guest whose process is gone: longer than what is on its way is waited for. */
const LINK_PATIENCE_MS = 3000;

/** Ends what is done for a guest whose process is gone. */
const GUEST_GONE = new Error("the guest's process is gone");

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
	readonly #parts: GuestParts;
	readonly #links: StandbyLinks;
	#plan: ProtectPlan;

	/** `takesUp`: an earlier daemon began it. */
	constructor(
		dependencies: ProtectedGuestDependencies,
		plan: ProtectPlan,
		{state, takesUp}: {readonly state: ProtectionState; readonly takesUp: boolean},
	) {
		const {services, journal, protection, leases, tee, log} = dependencies;
		this.#dependencies = dependencies;
		this.#plan = plan;
		this.protection = protection;
		this.wishes = new Wishes(protection.domain);
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
		this.#parts = {
			services,
			journal,
			protection,
			player: this.#player,
			wishes: this.wishes,
			lease: this.#lease,
			leaseTtlMs: leases?.ttlMs,
			tee,
			log,
			plan: () => this.#plan,
		};
		this.#links = new StandbyLinks(this.#parts, takesUp);
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
			if (isRestarted && !this.#isGone) await this.#player.play('restarted');
			while (!this.#player.isOver && !services.stopping.aborted) await this.#goOn();
		} catch (error) {
			if (!services.stopping.aborted) {
				const told = toOperationError(error, partsContext(this.#parts));
				log.error({error, state: this.state}, 'a protection cannot go on');
				protection.end('failed', told.message, told);
			}
		} finally {
			refuseWish(this.wishes.take(), protection);
			if (!protection.isOver) protection.letGo();
			tee?.[Symbol.dispose]();
			journal[Symbol.dispose]();
		}
	}

	async #goOn(): Promise<void> {
		if (this.#isGone) return this.#player.play('guest-gone');
		switch (this.state) {
			case 'protecting':
				return this.#withLease(signal => this.#keepInStep(signal));
			case 'paused':
				return this.#withLease(signal => this.#awaitWish(signal));
			case 'alone':
				return this.#awaitWish(this.#dependencies.services.stopping);
			case 'stopped':
			case 'handing-over':
			case 'gone':
				return this.#leftForWish();
			case 'stale':
			case 'handed-over':
			case 'ended':
				return undefined;
		}
	}

	/** The guest's process has ended, and its standby may have something of it: no daemon here has anything to keep a lease for any more. */
	get #isGone(): boolean {
		const {definition, handle} = this.#dependencies.journal.record;
		const isOurs = this.state === 'protecting' || this.state === 'paused' || this.state === 'stopped';
		return isOurs && this.#links.mayTakeOver && !driverFor(definition.kind).isAlive(handle);
	}

	/** Does the work while the guest is there and its lease is renewed. Where that is lost the work ends, and the guest stands still; where it is gone, `#goOn` finds it so. */
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
		group.run('guest', inner => this.#untilGone(AbortSignal.any([inner, isDone.signal])));
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
			if (stopping.aborted || error === GUEST_GONE) return;
			if (!isLeaseLost(error)) throw error;
			this.protection.note('lease-lost', {leftMs: lease?.leftMs});
			await this.#player.play('lease-lost');
		} finally {
			stopping.removeEventListener('abort', stop);
		}
	}

	/** Rejects when the guest's process is gone and no link makes anything of that; resolves when the signal fires. */
	async #untilGone(signal: AbortSignal): Promise<void> {
		let goneForMs = 0;
		while (!signal.aborted) {
			await sleep(LOOK_MS, undefined, {signal}).catch(() => undefined);
			goneForMs = this.#isGone ? goneForMs + LOOK_MS : 0;
			// An open link waits for what is on its way, and hands the guest over itself.
			if (goneForMs > (this.#player.source === undefined ? 0 : LINK_PATIENCE_MS)) throw GUEST_GONE;
		}
	}

	/** One link after another, until the standby is lost or something else is to be done. */
	async #keepInStep(signal: AbortSignal): Promise<void> {
		const wish = await this.#links.keepInStep(signal);
		if (wish !== undefined) await this.#fulfil(wish, signal);
	}

	async #awaitWish(signal: AbortSignal): Promise<void> {
		await this.wishes.wait(signal);
		await this.#fulfil(this.wishes.take(), signal);
	}

	/** What no open link is needed for. */
	async #fulfil(wish: Wish | undefined, signal: AbortSignal): Promise<void> {
		if (wish?.kind === 'unprotect') await unprotect(this.#parts, wish, undefined, signal);
		else if (wish?.kind === 'protect') await this.#protectAgain(wish, signal);
		else refuseWish(wish, this.protection);
	}

	/** The guest stands still for want of a lease or an answer, or is left to its standby: nothing but a person's word ends that. */
	async #leftForWish(): Promise<void> {
		const {services} = this.#dependencies;
		const wish = this.wishes.take();
		if (wish?.kind === 'unprotect' && wish.force && this.state === 'stopped') {
			await this.#player.play('unprotect');
			wish.answer.resolve(this.protection.status());
			return;
		}

		if (wish?.kind === 'unprotect' && this.state === 'gone') await unprotect(this.#parts, wish, undefined, services.stopping);
		else refuseWish(wish, this.protection);
		if (!this.#player.isOver) await this.#player.play('restarted');
	}

	async #protectAgain({plan, answer}: WishOf<'protect'>, signal: AbortSignal): Promise<void> {
		this.#plan = plan;
		this.protection.peer = plan.request.host;
		this.protection.enter('starting', `a standby on ${plan.request.host} is wanted again`);
		answer.resolve();
		if (this.state === 'alone') await this.#player.play('protect');
		else await this.#keepInStep(signal);
	}
}
