import {PageType} from '@sterna/protocol';

/** Names of the page types as they are shown, by nibble. */
const NAMES = new Map<number, string>([
	[PageType.notab, 'NOTAB'],
	[PageType.l1tab, 'L1TAB'],
	[PageType.l2tab, 'L2TAB'],
	[PageType.l3tab, 'L3TAB'],
	[PageType.l4tab, 'L4TAB'],
	[PageType.l1tabPinned, 'L1TAB|PIN'],
	[PageType.l2tabPinned, 'L2TAB|PIN'],
	[PageType.l3tabPinned, 'L3TAB|PIN'],
	[PageType.l4tabPinned, 'L4TAB|PIN'],
	[PageType.broken, 'BROKEN'],
	[PageType.xalloc, 'XALLOC'],
	[PageType.xtab, 'XTAB'],
]);
const KINDS = 16;

/** How many page entries of each type there were. */
export class PageTypeCounts {
	readonly #counts = new Float64Array(KINDS);

	add(types: Uint8Array): void {
		for (const type of types) this.#counts[type] = (this.#counts[type] ?? 0) + 1;
	}

	addAll(other: PageTypeCounts): void {
		for (let type = 0; type < KINDS; type++) this.#counts[type] = (this.#counts[type] ?? 0) + (other.#counts[type] ?? 0);
	}

	clear(): void {
		this.#counts.fill(0);
	}

	get total(): number {
		return this.#counts.reduce((sum, count) => sum + count, 0);
	}

	/** Counts by name, of the types there were. */
	toObject(): Record<string, number> {
		return Object.fromEntries([...NAMES].flatMap(([type, name]) => (this.#counts[type] ? [[name, this.#counts[type]]] : [])));
	}

	/** `NOTAB 40, XTAB 984`. */
	toString(): string {
		return Object.entries(this.toObject())
			.map(([name, count]) => `${name} ${count}`)
			.join(', ');
	}
}
