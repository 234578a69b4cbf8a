import {operationError} from '@sterna/host';
import type {CompressionOptions} from '@sterna/transport';
import type {TransferSettings} from './transfer-settings.ts';

/**
 * How pages are compressed between two daemons that agreed to `features`; undefined = not at all. Throws ERR_NOT_SUPPORTED for a codec that
 * was asked for by its name and that one of them does not have. What is only `auto` does without.
 */
export function chooseCompression(
	{compression, deltaCacheBytes}: Pick<TransferSettings, 'compression' | 'deltaCacheBytes'>,
	features: ReadonlySet<string>,
): CompressionOptions | undefined {
	// Differences are of pages that are sent again, which only `zero-pages` tells the links of.
	const cacheBytes = features.has('delta') && features.has('zero-pages') ? deltaCacheBytes : 0;
	if (compression === 'none') return cacheBytes === 0 ? undefined : {mode: 'auto', codecs: [], deltaCacheBytes: cacheBytes};
	const codecs = (['zstd', 'lz4'] as const).filter(codec => features.has(codec));
	if (compression === 'auto') return codecs.length === 0 ? undefined : {mode: 'auto', codecs, deltaCacheBytes: cacheBytes};
	if (codecs.includes(compression)) return {mode: compression, codecs, deltaCacheBytes: cacheBytes};
	throw operationError('ERR_NOT_SUPPORTED', `the two hosts cannot both do ${compression}: its library is missing on one of them`, {
		side: 'sender',
		phase: 'prepare',
		runsOn: {kind: 'unknown'},
	});
}
