/** Pages of one group of page hashes, 2 MiB: what two hosts compare before they compare pages. docs/spec/stream.md section 10.5. */
export const HASH_GROUP_PAGES = 512;

/** Exclusive upper bound of the key of page hashes: with any pfn added to it, it is still an exact integer. */
export const HASH_KEY_LIMIT = 2 ** 52;
