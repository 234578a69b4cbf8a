import {operationError, type Compression} from '@sterna/host';
import type {CompressionOptions} from '@sterna/transport';

/**
 * How pages are compressed between two daemons that agreed to `features`; undefined = not at all. Throws ERR_NOT_SUPPORTED for a codec that
 * was asked for by its name and that one of them does not have. What is only `auto` does without.
 */
export function chooseCompression(compression: Compression, features: ReadonlySet<string>): CompressionOptions | undefined {
	if (compression === 'none') return undefined;
	const codecs = (['zstd', 'lz4'] as const).filter(codec => features.has(codec));
	if (compression === 'auto') return codecs.length === 0 ? undefined : {mode: 'auto', codecs};
	if (codecs.includes(compression)) return {mode: compression, codecs};
	throw operationError('ERR_NOT_SUPPORTED', `the two hosts cannot both do ${compression}: its library is missing on one of them`, {
		side: 'sender',
		phase: 'prepare',
		runsOn: {kind: 'unknown'},
	});
}
