import {operationError, toOperationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {StandbySession} from '../standby-session.ts';
import {askBeforeGo} from '../before-go.ts';
import {type GuestParts, partsContext} from './guest-parts.ts';
import {type Go, isLeaseLost} from './protection-player.ts';
import type {StandbyLink} from './standby-link.ts';
import {unprotect} from './unprotect.ts';
import {refuseWish, type WishOf} from './wishes.ts';

type Linked = {readonly link: StandbyLink; readonly session: StandbySession};

/** While a link lasts: fulfils what is wished. Rejects with what ended the link; where it resolves the state is another, or the next link is to come. */
export async function whileLinked(parts: GuestParts, {link, session}: Linked, signal: AbortSignal): Promise<void> {
	const {player, protection, wishes} = parts;
	const ending = new AbortController();
	const inner = AbortSignal.any([signal, ending.signal]);
	const running = link.run(inner);
	running.catch(() => undefined); // Awaited below, or ended by us.
	session.onFailoverWanted = () => {
		void wishFailover(parts, session);
	};
	try {
		await untilInStep(parts, link, running, inner);
		if (link.isInStep) await player.play('in-step');
		for (;;) {
			await Promise.race([wishes.wait(inner), running, link.guestGone]);
			if (link.isGuestGone) {
				const go = {session, epoch: link.committedEpoch};
				return await giveAway(parts, go, `the guest's process was ended: the standby goes on from its last checkpoint`);
			}

			const wish = wishes.take();
			if (wish?.kind === 'failover') {
				if (await handOver(parts, wish, {link, session}, inner)) return;
			} else if (wish?.kind === 'unprotect') return await unprotect(parts, wish, session, signal);
			else if (wish === undefined) inner.throwIfAborted();
			else refuseWish(wish, protection);
		}
	} finally {
		session.onFailoverWanted = undefined;
		ending.abort(new Error('the link is not needed any more'));
		await running.catch(() => undefined);
	}
}

/** Resolves when the standby is in step, its operator wants none any more, or the guest's process is gone; whatever else is wished before is refused. Rejects with what ended the link. */
async function untilInStep(
	{wishes, protection}: GuestParts,
	link: StandbyLink,
	running: Promise<void>,
	signal: AbortSignal,
): Promise<void> {
	while (!link.isInStep) {
		await Promise.race([link.inStep, link.guestGone, running, wishes.wait(signal)]);
		signal.throwIfAborted();
		if (link.isInStep || link.isGuestGone || wishes.pending?.kind === 'unprotect') return;
		refuseWish(wishes.take(), protection);
	}
}

/** A planned failover. Returns whether the state is another now; otherwise the guest goes on here, over the same link. */
async function handOver(parts: GuestParts, wish: WishOf<'failover'>, {link, session}: Linked, signal: AbortSignal): Promise<boolean> {
	const {services, player, protection, journal, log} = parts;
	const {id: migrationId, domain, peer} = protection;
	const incarnation = journal.incarnation + 1;
	const startedMs = performance.now();
	let standsStill = false;
	try {
		protection.enter('handing-over', 'a planned failover: the last checkpoint is taken');
		const {committed} = await link.last(signal);
		standsStill = true;
		await askBeforeGo(services, {domain, migrationId, peer, incarnation}, log, signal);
		await giveAway(parts, {session, epoch: committed.epoch}, 'a planned failover: the standby has everything');
		if (player.state !== 'handed-over') throw notHandedOver(parts);
		wish.answer.resolve({
			domain,
			id: migrationId,
			planned: true,
			epoch: committed.epoch,
			incarnation,
			decidedToRunningMs: performance.now() - startedMs,
			runsOn: peer,
			because: 'planned',
		});
		return true;
	} catch (error) {
		const told = toOperationError(error, {...partsContext(parts), phase: 'failover'});
		wish.answer.reject(told);
		// What the standby answered has changed the state; what failed in a checkpoint, or without a lease, has ended the link.
		if (player.state !== 'protecting') return true;
		if (!standsStill || isLeaseLost(signal.reason)) throw error;
		await link.goOn();
		protection.enter('protected', `it is not handed over: ${told.message}`);
		return false;
	}
}

async function giveAway({player, protection}: GuestParts, go: Go, reason: string): Promise<void> {
	protection.enter('handing-over', reason);
	player.go = go;
	try {
		await player.play('planned-go');
	} finally {
		player.go = undefined;
	}
}

function notHandedOver(parts: GuestParts): OperationError {
	const {protection, player} = parts;
	const {peer} = protection;
	const cause = player.declinedBecause;
	const context = {...partsContext(parts), phase: 'failover'} as const;
	const options = cause === undefined ? undefined : {cause};
	if (player.state !== 'handing-over')
		return operationError('ERR_TARGET_REFUSED', `${peer} did not take the guest, which goes on here`, context, options);
	const message = `${peer} was told to run the guest and has not answered; the copy here stays paused until it does`;
	return operationError('ERR_UNDECIDED', message, {...context, runsOn: {kind: 'unknown'}}, options);
}

/** The operator of the standby's host wants it, and sees by the standby what comes of it, or hears from here why it does not come about. */
async function wishFailover(parts: GuestParts, {receiver}: StandbySession): Promise<void> {
	const {wishes, protection, log} = parts;
	const {promise, resolve, reject} = Promise.withResolvers<unknown>();
	try {
		wishes.put({kind: 'failover', answer: {resolve, reject}});
		await promise;
	} catch (error) {
		log.warn({error}, 'a failover that the host of the standby asked for did not come about');
		await receiver.abort(protection.id, toOperationError(error, {...partsContext(parts), phase: 'failover'}));
	}
}
