import type {OperationError} from '@sterna/protocol';
import type {IncomingLink, ReceivedFigures} from './incoming-link.ts';
import {mayHaveSpoiled} from './link-loss.ts';

const NOTHING: ReceivedFigures = {pagesReceived: 0, bytesReceived: 0};

/** The links of one guest, of which one at a time is open: their numbers, and what they have brought. */
export class LinkSequence {
	/** Number of the latest link that its source has begun. */
	#latest: number;
	/** The one that receives, or whose stream was whole. */
	#open: IncomingLink | undefined;
	/** Resolves when the link at hand no longer receives. */
	#idle: Promise<void> = Promise.resolve();
	/** What came over the links that are lost. */
	#before = NOTHING;
	/** Of the last link that was lost; undefined: what is in the target's memory is not known by offsets. */
	#appliedBytes: readonly number[] | undefined;
	#interruptions: number;

	/** `takenUp`: the links up to `latest` were an earlier daemon's, which ended in the last of them. */
	constructor({latest, takenUp}: {readonly latest: number; readonly takenUp: boolean}) {
		this.#latest = latest;
		this.#appliedBytes = takenUp ? undefined : [];
		this.#interruptions = takenUp ? 1 : 0;
	}

	get latest(): number {
		return this.#latest;
	}

	get open(): IncomingLink | undefined {
		return this.#open;
	}

	get interruptions(): number {
		return this.#interruptions;
	}

	/** Over all links. */
	get figures(): ReceivedFigures {
		const {pagesReceived, bytesReceived} = this.#open?.figures ?? NOTHING;
		return {pagesReceived: this.#before.pagesReceived + pagesReceived, bytesReceived: this.#before.bytesReceived + bytesReceived};
	}

	/** Of each data connection of the link before, the stream offset before which everything is in the target's memory; empty where that is not known. */
	get appliedBytes(): readonly number[] {
		return this.#appliedBytes ?? [];
	}

	/** Carries one link; the next one waits for `receive`. */
	async carry(link: IncomingLink, receive: () => Promise<void>): Promise<void> {
		this.#open = link;
		const received = receive();
		this.#idle = received.catch(() => undefined);
		return received;
	}

	/** Claims the number of a link that is to begin; false where it is not above all before. */
	claim(number: number): boolean {
		if (number <= this.#latest) return false;
		this.#latest = number;
		return true;
	}

	/** Ends the link at hand, unless its stream is whole; resolves when it receives no more, or at once where there is none. */
	async end(reason: OperationError, how: 'interrupt' | 'supersede'): Promise<void> {
		this.#open?.[how](reason);
		await this.#idle;
	}

	/** The link has ended for this reason; what it brought is kept. Called before its `receive` settles. */
	lost(link: IncomingLink, error: unknown): void {
		this.#before = this.figures;
		this.#open = undefined;
		if (mayHaveSpoiled(error)) this.#appliedBytes = undefined;
		// What is not known goes on to be so until the source has heard of it.
		else if (link.isOpen || this.#appliedBytes !== undefined) this.#appliedBytes = link.appliedBytes;
		this.#interruptions += 1;
	}
}
