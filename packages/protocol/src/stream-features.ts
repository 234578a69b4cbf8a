/**
 * Optional abilities of the data connections, as two daemons name them in their hello. One counts only where both named it;
 * `--stream xen` uses none. docs/spec/control.md section 2.
 *
 * - `channels`: several data connections, with barriers.
 * - `zero-pages`: pages full of zeros without their content: XALLOC entries, and ZERO_PAGES records.
 * - `zstd`, `lz4`: COMPRESSED_PAGES records in that codec.
 * - `delta`: COMPRESSED_PAGES records that hold the difference to what the target has.
 * - `proof`: pages are hashed at both ends, and DIGEST records close what a connection carried.
 * - `resume`: a migration goes on over a new link after the loss of one.
 * - `heartbeat`: ALIVE records on the back channel, and HEARTBEAT records in the stream, from an end that has nothing else to say.
 */
export const STREAM_FEATURES = ['channels', 'zero-pages', 'zstd', 'lz4', 'delta', 'proof', 'resume', 'heartbeat'] as const;
export type StreamFeature = (typeof STREAM_FEATURES)[number];

/**
 * Named in a hello by an operator who wants data connections without TLS (`[tls] data = false`): they are plain where both hosts do, and
 * secured like the control channel everywhere else.
 */
export const PLAIN_DATA_FEATURE = 'plain-data';
