import {encodeLatin1} from './text.ts';

// What the two sides of `xl migrate` say to each other around the stream, byte for byte. docs/spec/stream.md section 6.2.

/** Receiver → sender, 54 bytes: the one message without a NUL. */
export const XL_BANNER = encodeLatin1('xl migration receiver ready, send binary domain data.\n');
/** Receiver → sender, 34 bytes. */
export const XL_READY = encodeLatin1('domain received, ready to unpause\0');
/** Sender → receiver, 44 bytes: what follows the stream in a capture of a migration. The receiver sends the same bytes to give a guest back. */
export const XL_GO = encodeLatin1('domain is yours, you are cleared to unpause\0');
/** Receiver → sender, 39 bytes; one byte of status follows, 0 = running. */
export const XL_REPORT = encodeLatin1('my copy unpause results are as follows\0');
