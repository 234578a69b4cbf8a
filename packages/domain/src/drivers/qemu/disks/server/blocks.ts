/** What a disk is looked at in: bytes of a block, the last of which may be shorter. As large as a guest's page, so that file systems write whole ones. */
export const BLOCK_BYTES = 4096;

/** Bytes of a piece of a disk that goes anywhere in one: a request of QEMU's, an extent of an epoch. */
export const MAX_PIECE_BYTES = 1024 * 1024;

export const MAX_PIECE_BLOCKS = MAX_PIECE_BYTES / BLOCK_BYTES;
