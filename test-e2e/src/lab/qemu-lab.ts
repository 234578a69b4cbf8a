import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {GUEST_CACHE_DIRECTORY, randomSegment, type Segment, SEGMENT_INTERFACE} from '@sterna/test-guest';
import type {SettingsTable} from './host-files.ts';

/** What the hosts of a lab have in common for QEMU guests. */
export type QemuLab = {
	/** Disk images, kernels, firmware: under the same path on every host, as on shared storage. */
	readonly images: string;
	/** The one network, on all hosts, whose name is `LAB_NETWORK`. An outside party hears it by a `SegmentListener`. */
	readonly segment: Segment;
};

/** What a definition calls the network of a lab. */
export const LAB_NETWORK = 'lan';

/** Makes the directory of images, and chooses a segment that no other lab is on. */
export function makeQemuLab(labDirectory: string): QemuLab {
	const images = path.join(labDirectory, 'images');
	mkdirSync(images);
	return {images, segment: randomSegment()};
}

/** The `[qemu]` table of a host's configuration file. The test guest may be booted from where it is kept. */
export function qemuTable({images, segment}: QemuLab): SettingsTable {
	return {
		paths: [images, GUEST_CACHE_DIRECTORY],
		networks: {
			[LAB_NETWORK]: {kind: 'multicast', address: `${segment.address}:${segment.port}`, 'local-address': SEGMENT_INTERFACE},
		},
	};
}
