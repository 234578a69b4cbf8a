/** A guest's memory as mapped in this process; `@sterna/domain`'s GuestMemory satisfies it. Offset in `fd` and distance from `address` are pfn × 4096. */
export type MemoryMapping = {
	readonly address: bigint;
	/** Exclusive upper bound of the pfns. */
	readonly pageLimit: number;
	readonly fd: number;
};
