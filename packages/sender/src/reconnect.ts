import type {ErrorCode} from '@sterna/protocol';

/** The connection is gone, or who was at its other end: what both sides have is as good as before. */
const LOST: ReadonlySet<ErrorCode> = new Set(['ERR_CONNECTION_LOST', 'ERR_PEER_SILENT', 'ERR_HOST_UNREACHABLE']);

/** Bytes arrived changed. What both sides have is not what they think; what differs is found by comparing, and sent again. */
const SPOILED: ReadonlySet<ErrorCode> = new Set(['ERR_STREAM', 'ERR_PROOF_MISMATCH', 'ERR_TLS']);

/** How often changed bytes are borne: a network that changes more of them would never be done. */
const MAX_SPOILED = 3;

const FIRST_WAIT_MS = 100;
const LAST_WAIT_MS = 5000;

/** When and for how long a lost link is tried to be made anew. Pure: the clock is passed in. */
export class Reconnection {
	readonly #limitMs: number;
	#lostMs: number | undefined;
	#tries = 0;
	#spoiled = 0;

	/** `limitMs`: for how long; 0 = not at all. */
	constructor(limitMs: number) {
		this.#limitMs = limitMs;
	}

	/** Whether bytes arrived changed, of an error that ended a link. */
	static isSpoiled(code: ErrorCode): boolean {
		return SPOILED.has(code);
	}

	/** A link ended with this error. Returns whether another may be opened. */
	mayGoOn(code: ErrorCode, nowMs: number): boolean {
		if (this.#limitMs === 0) return false;
		this.#lostMs ??= nowMs;
		if (SPOILED.has(code)) {
			this.#spoiled += 1;
			return this.#spoiled <= MAX_SPOILED;
		}

		return LOST.has(code) && nowMs - this.#lostMs < this.#limitMs;
	}

	/** How long to wait before the next try, longer each time. */
	nextWaitMs(): number {
		const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.#tries, LAST_WAIT_MS);
		this.#tries += 1;
		return waitMs;
	}

	/** Something arrived over a new link: the next loss has all the time again. Returns for how long there was none, in milliseconds. */
	madeProgress(nowMs: number): number {
		const withoutMs = this.#lostMs === undefined ? 0 : nowMs - this.#lostMs;
		this.#lostMs = undefined;
		this.#tries = 0;
		return withoutMs;
	}
}
