import {PAGE_SIZE_BYTES} from '@sterna/protocol/model';

/** 32-bit words of a page. */
export const PAGE_WORDS = PAGE_SIZE_BYTES / 4;

/** First word of every page that was ever written: "STPG" in the bytes of memory. */
export const PAGE_MAGIC = 0x4750_5453;

/** Index of each field of a page's header in 32-bit words, little-endian, as the guest runs on such machines only; the body begins at `words`. */
export const Header = {
	magic: 0,
	pfnLow: 1,
	pfnHigh: 2,
	generationLow: 3,
	generationHigh: 4,
	checksum: 5,
	checksumCascade: 6,
	content: 7,
	words: 8,
} as const;
