import type {GuestMemory, PageBitmap} from '@sterna/domain';
import type {Proof} from '@sterna/host';
import {PageHashes, type PageChecker} from '@sterna/transport';
import {Audit} from './engine/audit.ts';
import {type AskHashes, findDiffering} from './find-differing.ts';

/** Most pages of one order to the checker: an answer that differs everywhere stays small. */
const MAX_RUN_PAGES = 65_536;

export type SourceProofOptions = {
	/** What was asked for, and both daemons can do. */
	readonly kind: Proof;
	readonly memory: GuestMemory;
	readonly openChecker: (pageHashes: PageHashes) => PageChecker;
};

/** The source's part in proving that the target's memory is the source's: the table of what was sent, and what holds the memory against it. */
export class SourceProof implements AsyncDisposable {
	readonly kind: Proof;
	readonly #memory: GuestMemory;
	readonly #openChecker: SourceProofOptions['openChecker'];
	#hashes: PageHashes | undefined;
	#checker: PageChecker | undefined;

	constructor({kind, memory, openChecker}: SourceProofOptions) {
		this.kind = kind;
		this.#memory = memory;
		this.#openChecker = openChecker;
		if (kind !== 'off') this.#hashes = this.#newTable();
	}

	/** For the links: what they send is entered there. Undefined: nothing is proved. */
	get sentHashes(): PageHashes | undefined {
		return this.kind === 'off' ? undefined : this.#hashes;
	}

	/** Of the memory as it was sent so far, 16 hexadecimal digits; undefined where nothing is proved. */
	get digest(): string | undefined {
		return this.sentHashes?.digest.toString(16).padStart(16, '0');
	}

	/** Undefined where none was asked for. */
	audit(sent: PageBitmap): Audit | undefined {
		return this.kind === 'audit' ? new Audit(this.#needChecker(this.#needTable()), sent) : undefined;
	}

	/** With the guest paused, and `full` asked for: adds the pages that are others than was sent to `due`; returns how many the dirty log had not named. */
	async checkAll(due: PageBitmap): Promise<number> {
		if (this.kind !== 'full') return 0;
		const before = due.count;
		const checker = this.#needChecker(this.#needTable());
		for (const runs of this.#populated()) {
			const differing = await checker.compare(runs);
			for (let index = 0; index < differing.length; index += 2) due.addRun(differing[index] ?? 0, differing[index + 1] ?? 0);
		}

		return due.count - before;
	}

	/** The daemon that knew what was sent has ended: hashes the whole memory anew, under a new key. Writes are tracked meanwhile. */
	async begin(): Promise<void> {
		await this.#checker?.destroy();
		this.#checker = undefined;
		this.#hashes = this.#newTable();
		await this.enterMemory();
	}

	/** Hashes the whole memory as it is now into the table at hand. Writes are tracked meanwhile. */
	async enterMemory(): Promise<void> {
		const checker = this.#needChecker(this.#needTable());
		for (const runs of this.#populated()) await checker.enter(runs);
	}

	/**
	 * What the receiver has is not known: adds the pages that it has not, or has otherwise, to `due`. Where nothing is proved nobody kept a table
	 * of what was sent, and the memory as it is now is what counts. Rejects as `ask` and the checker do.
	 */
	async compareWithReceiver(ask: (key: number) => AskHashes, due: PageBitmap): Promise<void> {
		if (this.kind === 'off') await this.begin();
		const hashes = this.#needTable();
		await findDiffering(hashes, ask(hashes.key), due);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#checker?.destroy();
	}

	#newTable(): PageHashes {
		return new PageHashes({pageLimit: this.#memory.pageLimit, key: PageHashes.randomKey()});
	}

	#needTable(): PageHashes {
		if (this.#hashes === undefined) throw new TypeError('a proof without its table');
		return this.#hashes;
	}

	#needChecker(hashes: PageHashes): PageChecker {
		return (this.#checker ??= this.#openChecker(hashes));
	}

	*#populated(): Generator<Uint32Array> {
		for (const {pfn, pageCount} of this.#memory.populatedRuns()) {
			for (let done = 0; done < pageCount; done += MAX_RUN_PAGES)
				yield Uint32Array.of(pfn + done, Math.min(MAX_RUN_PAGES, pageCount - done));
		}
	}
}
