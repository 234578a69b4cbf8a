/** A block of RAM or ROM: its name, and its size in bytes at most. */
export type MemoryBlock = {readonly name: string; readonly bytes: number};

/** Name, page size, offset, used, total. A name may hold blanks. */
const BLOCK = /^\s*(\S.*?)\s+\d+ [KMG]iB\s+0x[0-9a-f]+\s+0x[0-9a-f]+\s+0x([0-9a-f]+)$/;

/** Blocks that QEMU fills from files of its host or builds by itself: firmware, option ROMs, and what fw_cfg hands to firmware. */
const REBUILT = /^(?:pc\.bios|pc\.rom|\/rom@.*|.*\.rom)$/;

/** What `info ramblock` lists, sorted by name. */
export function parseMemoryBlocks(text: string): MemoryBlock[] {
	const blocks: MemoryBlock[] = [];
	for (const line of text.split(/\r?\n/)) {
		const [, name, bytes] = BLOCK.exec(line) ?? [];
		if (name !== undefined && bytes !== undefined) blocks.push({name, bytes: Number.parseInt(bytes, 16)});
	}

	return blocks.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Blocks beyond the guest's memory that hold what the guest has written (a display's, flash): `xen-save-devices-state` does not carry them, and no
 * host can rebuild them. `memoryId`: name of the block that is the guest's memory.
 */
export function otherRamBlocks(blocks: readonly MemoryBlock[], memoryId: string): MemoryBlock[] {
	return blocks.filter(({name}) => name !== memoryId && !REBUILT.test(name));
}
