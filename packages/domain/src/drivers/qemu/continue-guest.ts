import process from 'node:process';
import type {GuestPlace} from '../../driver.ts';
import type {QemuDefinition} from './definition.ts';
import {noteImagesTaken} from './device-state/image-release.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/** Milliseconds: five announcements in the first half second, as QEMU itself does behind a migration of its own. */
const ANNOUNCEMENTS = {initial: 50, max: 550, rounds: 5, step: 100} as const;

/** A guest that was let run. */
export type Continued = {
	/** CLOCK_MONOTONIC nanoseconds of QEMU's answer, an upper bound of the guest's first step. */
	readonly firstStepNs: bigint;
	/** Resolves, whatever comes of it, when QEMU has taken up to announce the guest to its networks. */
	readonly announced: Promise<void>;
};

/**
 * Lets a guest run, and tells its networks where it is now. Disk images that are not ours yet are taken first: rejects ERR_DOMAIN_STATE with QEMU's
 * reason where one is still held by another, and the guest stays paused.
 */
export async function continueGuest(
	monitor: QmpClient,
	{networks}: Pick<QemuDefinition, 'networks'>,
	place: GuestPlace,
): Promise<Continued> {
	await monitor.execute('cont');
	const firstStepNs = process.hrtime.bigint();
	noteImagesTaken(place);
	if (networks.length === 0) return {firstStepNs, announced: Promise.resolve()};
	// The guest runs: that a switch learns of it with its next packet only is no failure.
	const announced = monitor.execute('announce-self', ANNOUNCEMENTS).then(
		() => undefined,
		() => undefined,
	);
	return {firstStepNs, announced};
}
