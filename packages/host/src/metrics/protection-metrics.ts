import type {ProtectionStatus} from '@sterna/protocol/control';
import {Gauge, type Registry} from 'prom-client';
import {type Figure, registerFigures} from './status-gauges.ts';

const MS_PER_S = 1000;

function seconds(milliseconds: number | undefined): number | undefined {
	return milliseconds === undefined ? undefined : milliseconds / MS_PER_S;
}

/** As Prometheus wants them: base units, and totals that only rise. */
const FIGURES: ReadonlyArray<Figure<ProtectionStatus>> = [
	{name: 'epoch', help: 'Last checkpoint that was cut, or received', of: ({epoch}) => epoch},
	{name: 'committed_epoch', help: 'Last checkpoint that the standby would go on from', of: ({committedEpoch}) => committedEpoch},
	{name: 'incarnation', help: 'Incarnation of the guest', of: ({incarnation}) => incarnation},
	{name: 'interval_seconds', help: 'Length of an epoch now', of: ({intervalMs}) => seconds(intervalMs)},
	{
		name: 'ack_lag_seconds',
		help: 'From the cut of a checkpoint to its acknowledgement, median of the last ones',
		of: ({ackLagMs}) => seconds(ackLagMs),
	},
	{name: 'lag_epochs', help: 'Checkpoints that are cut and not committed', of: ({lagEpochs}) => lagEpochs},
	{name: 'held_output_bytes', help: 'Output that waits for its checkpoint', of: ({heldOutputBytes}) => heldOutputBytes},
	{name: 'held_output_items', help: 'Lines or packets that wait for their checkpoint', of: ({heldOutputItems}) => heldOutputItems},
	{
		name: 'pause_median_seconds',
		help: 'Pause of the guest for a checkpoint, median of the last ones',
		of: ({pauseMedianMs}) => seconds(pauseMedianMs),
	},
	{name: 'pause_p99_seconds', help: 'The same, 99th percentile', of: ({pauseP99Ms}) => seconds(pauseP99Ms)},
	{name: 'pages_per_checkpoint', help: 'Pages of a checkpoint, median of the last ones', of: ({pagesPerCheckpoint}) => pagesPerCheckpoint},
	{name: 'bytes_per_second', help: 'On the wire', of: ({bytesPerSecond}) => bytesPerSecond},
	{name: 'checkpoints_per_second', help: 'Checkpoints committed a second', of: ({checkpointsPerSecond}) => checkpointsPerSecond},
	{
		name: 'slowdown_ratio',
		help: 'Share of the time of the guest that goes to checkpoints',
		of: ({slowdownPercent}) => (slowdownPercent === undefined ? undefined : slowdownPercent / 100),
	},
	{name: 'added_latency_seconds', help: 'For how long output is held, median', of: ({addedLatencyMs}) => seconds(addedLatencyMs)},
	{name: 'lease_left_seconds', help: 'Until the guest here must stand still', of: ({leaseLeftMs}) => seconds(leaseLeftMs)},
	{name: 'overflow_pages', help: 'Pages so far that went with the guest paused', of: ({overflowPages}) => overflowPages},
	{name: 'alarm', help: 'Whether the objectives cannot be met', of: ({alarm}) => (alarm === '' ? 0 : 1)},
];

/** Registers what `status` shows of protections; `statuses` is asked at each scrape. */
export function registerProtections(registry: Registry, statuses: () => readonly ProtectionStatus[]): void {
	const labelNames = ['domain', 'role', 'peer'] as const;
	const latest = (): readonly ProtectionStatus[] => latestOf(statuses());
	registerFigures(registry, {
		prefix: 'sterna_protection',
		figures: FIGURES,
		labelNames,
		labelsOf: ({domain, role, peer}) => ({domain, role, peer}),
		statuses: latest,
	});
	const phases = new Gauge({
		name: 'sterna_protection_phase',
		help: '1 for the phase that a protection is in',
		labelNames: [...labelNames, 'phase'],
		registers: [],
		collect() {
			this.reset();
			for (const {domain, role, peer, phase} of latest()) this.set({domain, role, peer, phase}, 1);
		},
	});
	registry.registerMetric(phases);
}

/** Of a domain that was protected again, the newest alone: those that are over are remembered for a while, under the same labels. */
function latestOf(statuses: readonly ProtectionStatus[]): readonly ProtectionStatus[] {
	const byLabels = new Map<string, ProtectionStatus>();
	for (const status of statuses.toSorted((a, b) => a.startedAtMs - b.startedAtMs))
		byLabels.set(`${status.domain} ${status.role} ${status.peer}`, status);
	return [...byLabels.values()];
}
