import {setTimeout as pause} from 'node:timers/promises';
import type {GuestEvent, SourceDomain} from '@sterna/domain';
import {type FaultContext, operationError} from '@sterna/host';
import type {Protection} from './protection.ts';

/** How often it is looked whether what was on its way when the guest ended has been committed, and for how long, in milliseconds. */
const SETTLE_STEP_MS = 5;
const SETTLE_MS = 2000;
const GONE_PATIENCE_MS = 200;

export type GuestWatchDependencies = {
	readonly source: SourceDomain;
	readonly protection: Protection;
	readonly context: () => FaultContext;
	/** The last epoch that the standby is known to have. */
	readonly committedEpoch: () => number;
};

/** Looks, while a link lasts, for what happens to the guest by itself, and above all for the end of its process. */
export class GuestWatch {
	readonly #dependencies: GuestWatchDependencies;
	readonly #gone = new AbortController();

	constructor(dependencies: GuestWatchDependencies) {
		this.#dependencies = dependencies;
	}

	/** Fires when the guest's process has ended, by none of the guest's own doing; ends what waits for a guest that is gone, and nothing else. */
	get gone(): AbortSignal {
		return this.#gone.signal;
	}

	/** Resolves when the signal fires; rejects with what ends a protection. A guest that ended by itself is ERR_GUEST_EXITED. */
	async watch(signal: AbortSignal): Promise<void> {
		const {source, context, protection} = this.#dependencies;
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		signal.addEventListener(
			'abort',
			() => {
				resolve();
			},
			{once: true},
		);
		source.onGuestEvent = event => {
			protection.note('guest', event);
			if (event.kind === 'exited' && event.isSudden === true) {
				this.#gone.abort(operationError('ERR_GUEST_EXITED', event.detail, context()));
				return;
			}

			const error = guestError(event, context());
			if (error !== undefined) reject(error);
		};
		try {
			await promise;
		} finally {
			source.onGuestEvent = undefined;
		}
	}

	/** Whether it was by the end of the guest's process that something failed: what was asked of a guest may fail before its end is told. */
	async isGoneBy(error: unknown): Promise<boolean> {
		const {signal} = this.#gone;
		if (signal.aborted) return true;
		if (!(error instanceof Error && 'code' in error && error.code === 'ERR_GUEST_EXITED')) return false;
		const until = performance.now() + GONE_PATIENCE_MS;
		while (!signal.aborted && performance.now() < until) await pause(SETTLE_STEP_MS);
		return signal.aborted;
	}

	/** The guest's process is gone: waits until nothing more is committed that was on its way. */
	async settle(signal: AbortSignal): Promise<void> {
		const {committedEpoch} = this.#dependencies;
		const until = performance.now() + SETTLE_MS;
		let before = -1;
		let sinceMs = performance.now();
		while (!signal.aborted && performance.now() < until) {
			if (committedEpoch() !== before) {
				before = committedEpoch();
				sinceMs = performance.now();
			}

			if (performance.now() - sinceMs > 20 * SETTLE_STEP_MS) return;
			await pause(SETTLE_STEP_MS);
		}
	}
}

/** What ends a protection. A guest that reboots goes on in the same memory, with the same devices; one that somebody has paused is no less in step. */
function guestError(event: GuestEvent, context: FaultContext): Error | undefined {
	switch (event.kind) {
		case 'exited':
			return operationError('ERR_GUEST_EXITED', `the guest exited: ${event.detail}`, context);
		case 'rebooted':
		case 'paused':
			return undefined;
		case 'resized':
			return operationError('ERR_GUEST_RESIZED', `the memory of the guest was resized to ${event.memoryBytes} bytes`, context);
		case 'device-added':
			return operationError('ERR_GUEST_DEVICE_ADDED', `a device was added to the guest: ${event.detail}`, context);
	}
}
