import type {GuestPlace} from '../../../driver.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {runFiles} from '../run-files.ts';
import {noteImagesReleased} from './image-release.ts';

/** Makes a QEMU that was started with `-incoming defer` listen for its device state at the place's `incoming.sock`. */
export async function prepareForState(
	monitor: QmpClient,
	place: GuestPlace,
	{ignoreShared}: {readonly ignoreShared: boolean},
): Promise<void> {
	noteImagesReleased(place);
	await Promise.all([
		monitor.execute('migrate-set-capabilities', {
			capabilities: [
				{capability: 'events', state: true},
				// The images' locks are taken with the guest's first step: until then the source can have it back.
				{capability: 'late-block-activate', state: true},
				{capability: 'x-ignore-shared', state: ignoreShared},
			],
		}),
		// Announced once as it is loaded, which a source that gets it back undoes by its own announcement. Not never: QEMU 7.2 throws the timer of a
		// virtio-net away that has nothing to announce, and crashes when the guest resets the card.
		monitor.execute('migrate-set-parameters', {'announce-rounds': 1}),
		monitor.execute('migrate-incoming', {uri: `unix:${runFiles(place.runDir).incoming}`}),
	]);
}
