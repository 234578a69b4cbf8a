import type {EpochGate, Outlet} from './epoch-gate.ts';
import {formatReply, nextReply, NO_REPLIES, type ReplyState} from './replies.ts';

/** Requests that wait for a guest that is paused, or that has to wait itself; more are lost, as with a network card whose ring is full. */
export const MAX_WAITING = 1024;

/** Answers the requests that come in at a guest's port, when the guest gets to it. Its state is part of the guest's, what waits is not: it was not heard yet. */
export class Responder {
	#state: ReplyState = NO_REPLIES;
	#waiting: Array<{readonly nonce: string; readonly reply: Outlet}> = [];

	get state(): ReplyState {
		return this.#state;
	}

	load(state: ReplyState): void {
		this.#state = state;
	}

	receive(nonce: string, reply: Outlet): void {
		if (this.#waiting.length < MAX_WAITING) this.#waiting.push({nonce, reply});
	}

	/** Answers all that wait, through the gate. `step`: how many the guest has made. */
	answer(step: number, gate: EpochGate): void {
		if (this.#waiting.length === 0) return;
		for (const {nonce, reply} of this.#waiting) {
			const next = nextReply(this.#state, {step, nonce});
			this.#state = {serial: next.serial, digest: next.digest};
			gate.say(new TextEncoder().encode(formatReply(next)), reply);
		}

		this.#waiting = [];
	}
}
