import {setTimeout as sleep} from 'node:timers/promises';
import {operationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {Reconnection} from '../reconnect.ts';
import {type GuestParts, partsContext} from './guest-parts.ts';
import {isGuestGone, type LinkEnd, overLink} from './over-link.ts';
import {isLeaseLost} from './protection-player.ts';
import {guestEnded} from './unprotect.ts';
import {whileLinked} from './while-linked.ts';
import type {Wish} from './wishes.ts';

/** The links to a guest's standby, one after another, and what is known of the standby from one to the next. */
export class StandbyLinks {
	readonly #parts: GuestParts;
	/** The standby's host was asked for it before. */
	#hasAsked: boolean;
	/** Something of a checkpoint may be at the standby: it may be one that takes over. */
	#mayTakeOver: boolean;
	/** Without a lease store: the standby may have been told to take over while no daemon was here, and has not answered this one yet. */
	#mustHear: boolean;

	/** `takesUp`: an earlier daemon began the protection. */
	constructor(parts: GuestParts, takesUp: boolean) {
		this.#parts = parts;
		this.#hasAsked = takesUp;
		this.#mayTakeOver = takesUp;
		this.#mustHear = takesUp && parts.lease === undefined;
	}

	/** The standby may have a checkpoint, and be one that takes over. */
	get mayTakeOver(): boolean {
		return this.#mayTakeOver;
	}

	/** Goes on until the standby is lost or the state is another; resolves with a wish that ended it, which needs no link. */
	async keepInStep(signal: AbortSignal): Promise<Wish | undefined> {
		const {wishes, log, plan} = this.#parts;
		const reconnection = new Reconnection(plan().settings.reconnectMs);
		for (;;) {
			const end = await this.#overLink(reconnection, signal);
			if (end === undefined) return undefined;
			this.#mayTakeOver ||= end.mayBeInStep;
			try {
				const next = await this.#decideEnd(end, reconnection, signal);
				if (next === 'wish') return wishes.take();
				if (next === 'over') return undefined;
			} finally {
				this.#hasAsked ||= end.hasAsked;
			}

			this.#showWithoutLink(end);
			log.warn({code: end.error.code, causes: end.error.fault.causes}, `the link to the standby was lost: ${end.error.message}`);
			const woken = AbortSignal.any([signal, wishes.arrived]);
			await sleep(reconnection.nextWaitMs(), undefined, {signal: woken}).catch(() => undefined);
			signal.throwIfAborted();
			if (wishes.pending !== undefined) return wishes.take();
		}
	}

	async #overLink(reconnection: Reconnection, signal: AbortSignal): Promise<LinkEnd | undefined> {
		const parts = this.#parts;
		const {protection, tee, leaseTtlMs} = parts;
		return overLink(
			{
				...parts,
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
				onLink: (link, session, inner) => whileLinked(parts, {link, session}, inner),
			},
			{...parts.plan(), asksFirst: this.#mayTakeOver, leaseTtlMs},
			signal,
		);
	}

	/** What the end of a link means: another one is to come, or a wish is there to be fulfilled without one, or the state is another. */
	async #decideEnd(end: LinkEnd, reconnection: Reconnection, signal: AbortSignal): Promise<'link' | 'wish' | 'over'> {
		const {player, protection, wishes} = this.#parts;
		const {error, cause} = end;
		protection.note('link-ended', {code: error.code, message: error.message, causes: error.fault.causes});
		signal.throwIfAborted();
		if (isLeaseLost(cause)) throw cause;
		if (error.code === 'ERR_STALE') await player.play('taken-over');
		else if (wishes.pending !== undefined) return 'wish';
		// Where its process is gone indeed, whoever has an eye on that ends the links.
		else if (isGuestMissing(end) && this.#mayTakeOver) return 'link';
		else if (isGuestGone(error)) await guestEnded(this.#parts, error);
		// It has to do with an earlier link of this protection still.
		else if (this.#hasAsked && isBusyThere(error) && reconnection.mayGoOn('ERR_CONNECTION_LOST', performance.now())) return 'link';
		// Nothing of the guest can be there: it is an ordinary one again, as if nobody had asked.
		else if (!this.#mayTakeOver) await player.play('unprotect', {error});
		else if (this.#mustHear || reconnection.mayGoOn(error.code, performance.now())) return 'link';
		else await this.#standbyLost(error, signal);
		return 'over';
	}

	#showWithoutLink(end: LinkEnd): void {
		const {protection} = this.#parts;
		const isUnheard = this.#mustHear ? 'unprotected' : 'starting';
		protection.enter(isUnheard, `${end.error.message}: ${protection.peer} is tried to be reached, and what the guest says is held`);
	}

	async #standbyLost(error: OperationError, signal: AbortSignal): Promise<void> {
		const {protection, player, plan} = this.#parts;
		const {domain, peer} = protection;
		const goesOn = plan().settings.onStandbyLoss === 'continue';
		const what = goesOn ? 'the guest goes on without one' : 'the guest stands still';
		const message = `the standby of ${domain} on ${peer} is lost: ${error.message}; ${what}`;
		const lost = operationError('ERR_STANDBY_LOST', message, partsContext(this.#parts), {cause: error});
		protection.enter(goesOn ? 'unprotected' : 'paused', lost.message, lost);
		await player.play(goesOn ? 'lost-continue' : 'lost-pause', {error: lost, signal});
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
