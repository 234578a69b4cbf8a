import {PLAIN_DATA_FEATURE, type StreamFeature} from '@sterna/protocol';
import {availableCodecs, hasXxh3} from '@sterna/system';

/** What this build's data workers can do on this machine, for the hello. */
export const LOCAL_STREAM_FEATURES: readonly StreamFeature[] = [
	'channels',
	'zero-pages',
	'resume',
	...(hasXxh3() ? (['proof'] as const) : []),
	'heartbeat',
	...availableCodecs(),
	...(availableCodecs().includes('zstd') ? (['delta'] as const) : []),
];

/** The features of this host's hello. `plainData`: its operator wants data connections without TLS where the other host's does, too. */
export function helloFeatures({plainData}: {readonly plainData: boolean}): readonly string[] {
	return plainData ? [...LOCAL_STREAM_FEATURES, PLAIN_DATA_FEATURE] : LOCAL_STREAM_FEATURES;
}
