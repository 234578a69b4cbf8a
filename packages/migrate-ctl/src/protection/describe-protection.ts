import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import type {ProtectionStatus} from '@sterna/protocol/control';
import {formatCount} from '../render/quantity.ts';
import type {Role} from '../render/style.ts';

/** Whether nothing follows: the guest is protected by this no more, and will not be again. */
export function isOver({phase}: ProtectionStatus): boolean {
	return phase === 'ended' || phase === 'failed' || phase === 'promoted' || phase === 'stale';
}

/** Colour of a phase. */
export function roleOfPhase({phase, alarm}: ProtectionStatus): Role | undefined {
	switch (phase) {
		case 'protected':
			return alarm === '' ? 'good' : 'warning';
		case 'promoted':
			return 'good';
		case 'unprotected':
		case 'paused':
		case 'stale':
		case 'failed':
			return 'bad';
		case 'starting':
		case 'handing-over':
		case 'holding':
		case 'promoting':
			return 'warning';
		case 'ended':
			return undefined;
	}
}

/** `-> host-b` at the source, `<- host-a` at the standby. */
export function describeRoute({domain, role, peer}: ProtectionStatus, arrows: {readonly to: string; readonly from: string}): string {
	return `${domain} ${role === 'source' ? arrows.to : arrows.from} ${peer}`;
}

/** Where checkpoints stand: `checkpoint 1,204, 1 behind`. */
export function describeEpoch({epoch, committedEpoch}: ProtectionStatus): string {
	if (committedEpoch === 0) return 'no whole checkpoint yet';
	const behind = Math.max(0, epoch - committedEpoch);
	return `checkpoint ${formatCount(committedEpoch)}${behind === 0 ? '' : `, ${behind} on the way`}`;
}

/** How often, and how long each takes; undefined before the first. */
export function describePace(status: ProtectionStatus): string | undefined {
	const {checkpointsPerSecond, intervalMs, pauseMedianMs, pauseP99Ms, slowdownPercent} = status;
	if (checkpointsPerSecond === undefined) return undefined;
	return join([
		`${checkpointsPerSecond.toFixed(1)} a second`,
		intervalMs === undefined ? undefined : `every ${formatDuration(intervalMs)}`,
		pauseMedianMs === undefined
			? undefined
			: `pause ${formatDuration(pauseMedianMs)}${pauseP99Ms === undefined ? '' : ` (p99 ${formatDuration(pauseP99Ms)})`}`,
		slowdownPercent === undefined ? undefined : `slows the guest by ${slowdownPercent.toFixed(1)} %`,
	]);
}

/** How far the standby is behind, and what waits for it; undefined where nothing is known of it. */
export function describeLag({ackLagMs, lagEpochs, addedLatencyMs, heldOutputBytes, heldOutputItems}: ProtectionStatus): string | undefined {
	const lag = ackLagMs === undefined ? undefined : `acknowledged after ${formatDuration(ackLagMs)}`;
	const epochs = lagEpochs === undefined || ackLagMs === undefined ? undefined : `${lagEpochs} in flight`;
	const held =
		heldOutputItems === undefined
			? undefined
			: `${formatCount(heldOutputItems)} outputs${heldOutputBytes === undefined ? '' : ` (${formatSize(heldOutputBytes)})`} held`;
	const latency = addedLatencyMs === undefined ? undefined : `output ${formatDuration(addedLatencyMs)} later`;
	return join([lag, epochs, latency, held]);
}

/** What a checkpoint has, and what goes over the wire; undefined before the first. */
export function describeAmount(status: ProtectionStatus): string | undefined {
	const {pagesPerCheckpoint, bytesPerSecond, overflowPages, diskBytesPerSecond} = status;
	return join([
		pagesPerCheckpoint === undefined ? undefined : `${formatCount(pagesPerCheckpoint)} pages each`,
		bytesPerSecond === undefined ? undefined : formatRate(bytesPerSecond),
		diskBytesPerSecond === undefined || diskBytesPerSecond === 0 ? undefined : `${formatRate(diskBytesPerSecond)} of disks`,
		overflowPages === undefined || overflowPages === 0
			? undefined
			: `${formatCount(overflowPages)} pages were beyond the staging area, and sent with the guest paused`,
	]);
}

/** What decides the epoch; undefined where nothing does. */
export function describeObjective({bindingObjective}: ProtectionStatus): string | undefined {
	if (bindingObjective === '') return undefined;
	return bindingObjective === 'interval' ? 'a fixed interval' : `--${bindingObjective} binds`;
}

/** The lease; undefined where there is none to have. */
export function describeLease({leaseStore, leaseLeftMs}: ProtectionStatus): string | undefined {
	if (leaseStore === '') return undefined;
	if (leaseStore === 'manual') return 'none: a person decides about a failover';
	return leaseLeftMs === undefined ? leaseStore : `${leaseStore}, ${formatDuration(leaseLeftMs)} left`;
}

function join(parts: readonly (string | undefined)[]): string | undefined {
	const known = parts.filter(part => part !== undefined);
	return known.length === 0 ? undefined : known.join(', ');
}
