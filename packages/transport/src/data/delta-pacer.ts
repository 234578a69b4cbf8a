/** What is looked at before differences are judged. */
const TRIAL_BYTES = 8 * 1024 * 1024;
/** Differences that are larger than this by the pages they are of gain too little for their work. */
const WORTHWHILE_SHARE = 0.8;
/** For so many bytes of pages nothing is tried after a trial that failed, then for twice as many, up to the limit. */
const FIRST_REST_BYTES = 256 * 1024 * 1024;
const MAX_REST_BYTES = 4096 * 1024 * 1024;

/** Whether differences are worth it with these contents: not where a guest rewrites whole pages. Looks again now and then. Pure. */
export class DeltaPacer {
	#rawBytes = 0;
	#wireBytes = 0;
	#restLeftBytes = 0;
	#restBytes = FIRST_REST_BYTES;

	/** Whether differences are sent, and versions kept for them. */
	get active(): boolean {
		return this.#restLeftBytes <= 0;
	}

	/** Pages went as differences, of so many bytes. */
	sent(rawBytes: number, wireBytes: number): void {
		this.#rawBytes += rawBytes;
		this.#wireBytes += wireBytes;
		if (this.#rawBytes < TRIAL_BYTES) return;
		if (this.#wireBytes > this.#rawBytes * WORTHWHILE_SHARE) {
			this.#restLeftBytes = this.#restBytes;
			this.#restBytes = Math.min(MAX_REST_BYTES, this.#restBytes * 2);
		} else this.#restBytes = FIRST_REST_BYTES;
		this.#rawBytes = 0;
		this.#wireBytes = 0;
	}

	/** Pages went otherwise meanwhile. */
	rested(rawBytes: number): void {
		this.#restLeftBytes -= rawBytes;
	}
}
