import {hostError} from '@sterna/host';
import type {FailoverReply, ProtectionStatus} from '@sterna/protocol/control';
import type {ProtectPlan} from './protect-settings.ts';
import type {Protection} from './protection.ts';

/** What an operator wants of a protected guest. `answer` is called once, with what came of it or with why not. */
export type Wish =
	| {readonly kind: 'unprotect'; readonly force: boolean; readonly answer: Answer<ProtectionStatus>}
	| {readonly kind: 'failover'; readonly answer: Answer<FailoverReply>}
	| {readonly kind: 'protect'; readonly plan: ProtectPlan; readonly answer: Answer<void>};

export type WishOf<Kind extends Wish['kind']> = Extract<Wish, {kind: Kind}>;

export type Answer<Value> = {readonly resolve: (value: Value) => void; readonly reject: (error: unknown) => void};

/** The one wish that a protected guest is being asked to fulfil. Whoever works on the guest looks here, and is woken by one. */
export class Wishes {
	readonly #domain: string;
	#pending: Wish | undefined;
	#arrived = new AbortController();

	constructor(domain: string) {
		this.#domain = domain;
	}

	/** Throws ERR_DOMAIN_BUSY while another is there. */
	put(wish: Wish): void {
		if (this.#pending !== undefined) {
			throw hostError('ERR_DOMAIN_BUSY', `${this.#domain} has been asked for ${this.#pending.kind} already`, {
				side: 'sender',
				next: `migrate-ctl status ${this.#domain}`,
			});
		}

		this.#pending = wish;
		this.#arrived.abort();
	}

	get pending(): Wish | undefined {
		return this.#pending;
	}

	/** Fires when there is a wish; fired already where one is there. */
	get arrived(): AbortSignal {
		return this.#arrived.signal;
	}

	/** Takes it: whoever does answers it. */
	take(): Wish | undefined {
		const wish = this.#pending;
		this.#pending = undefined;
		if (wish !== undefined) this.#arrived = new AbortController();
		return wish;
	}

	/** Resolves when one is there, or the signal fires. */
	async wait(signal: AbortSignal): Promise<void> {
		if (this.#pending !== undefined || signal.aborted) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		AbortSignal.any([this.#arrived.signal, signal]).addEventListener('abort', () => resolve(), {once: true});
		await promise;
	}
}

/** Answers a wish, where there is one, with that it cannot be fulfilled as things stand. */
export function refuseWish(wish: Wish | undefined, {phase, domain, peer}: Protection): void {
	if (wish === undefined) return;
	const message = `${wish.kind} of ${domain} is not possible now: its standby on ${peer} is not in step, it is ${phase}`;
	wish.answer.reject(hostError('ERR_DOMAIN_STATE', message, {side: 'sender', next: `migrate-ctl status ${domain}`}));
}
