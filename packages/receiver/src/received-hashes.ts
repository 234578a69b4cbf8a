import type {GuestMemory} from '@sterna/domain';
import {LinkError, PageHashes, type PageChecker} from '@sterna/transport';

/** Most pages of one order to the checker, 256 MiB: some ten milliseconds. */
const MAX_RUN_PAGES = 65_536;

/** The hashes of what a guest's links have brought; of its memory, where what they brought is not known. */
export class ReceivedHashes {
	readonly #memory: GuestMemory;
	readonly #openChecker: (hashes: PageHashes) => PageChecker;
	#table: PageHashes | undefined;
	/** Of the table, once it is not needed any more. */
	#lastDigest: string | undefined;
	#checker: PageChecker | undefined;
	#isStopped = false;
	/** One thing at a time: who waits for its turn here does so while nobody else fills a table. */
	#turn: Promise<unknown> = Promise.resolve();

	/** `openChecker`: hashes the memory in a data worker. */
	constructor(memory: GuestMemory, openChecker: (hashes: PageHashes) => PageChecker) {
		this.#memory = memory;
		this.#openChecker = openChecker;
	}

	/** Of the memory as it was received so far, 16 hexadecimal digits; undefined where nothing is hashed. */
	get digest(): string | undefined {
		return this.#table === undefined ? this.#lastDigest : this.#table.digest.toString(16).padStart(16, '0');
	}

	/** A table of this key for a guest that has no pages yet. Throws RangeError for a number that is no key. */
	begin(key: number): void {
		this.#table = this.#newTable(key);
	}

	/**
	 * The table of this key. Where it is not the one that the links before have filled, the whole memory is hashed for it, some 0.1 s a GiB: no
	 * link may be open. Rejects RangeError for a number that is no key, and LinkError where hashing failed or was stopped.
	 */
	async of(key: number): Promise<PageHashes> {
		return this.#inTurn(async () => {
			if (this.#table?.key !== key) this.#table = await this.#hashAll(key);
			return this.#table;
		});
	}

	/** Pages will come that nobody hashes. */
	async forget(): Promise<void> {
		await this.#inTurn(async () => {
			this.#table = undefined;
			return Promise.resolve();
		});
	}

	/** The end: nothing reads the memory any more when this resolves, and of the table the digest alone is left. Idempotent. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.#checker?.destroy();
		await this.#turn;
		this.#lastDigest = this.digest;
		this.#table = undefined;
	}

	async #hashAll(key: number): Promise<PageHashes> {
		const table = this.#newTable(key);
		await using checker = this.#openChecker(table);
		this.#checker = checker;
		for (const {pfn, pageCount} of this.#memory.populatedRuns()) {
			for (let done = 0; done < pageCount; done += MAX_RUN_PAGES)
				await checker.enter(Uint32Array.of(pfn + done, Math.min(MAX_RUN_PAGES, pageCount - done)));
		}

		return table;
	}

	#newTable(key: number): PageHashes {
		return new PageHashes({pageLimit: this.#memory.pageLimit, key});
	}

	async #inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#turn.then(async () => {
			if (this.#isStopped) throw new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the hashing of pages was stopped'});
			return work();
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}
