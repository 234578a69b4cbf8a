import type {StreamFeature} from '@sterna/protocol';
import {availableCodecs} from '@sterna/system';

/** What this build's data workers can do on this machine, for the hello. */
export const LOCAL_STREAM_FEATURES: readonly StreamFeature[] = [
	'channels',
	'zero-pages',
	...availableCodecs(),
	...(availableCodecs().includes('zstd') ? (['delta'] as const) : []),
];
