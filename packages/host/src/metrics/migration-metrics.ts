import type {MigrationStatus} from '@sterna/protocol/control';
import {Gauge, type Registry} from 'prom-client';
import {type Figure, registerFigures} from './status-gauges.ts';

const FIGURES: ReadonlyArray<Figure<MigrationStatus>> = [
	{name: 'sent_bytes', help: 'Of a migration so far', of: ({bytesSent}) => bytesSent},
	{name: 'sent_pages', help: 'Of a migration so far', of: ({pagesSent}) => pagesSent},
	{name: 'remaining_pages', help: 'Of the iteration under way', of: ({remainingPages}) => remainingPages},
	{name: 'dirty_pages', help: 'Found by the last scan', of: ({dirtyPages}) => dirtyPages},
	{name: 'iteration', help: 'Pass over the memory, from 0', of: ({iteration}) => iteration},
	{name: 'bytes_per_second', help: 'On the wire', of: ({bandwidthBytesPerSecond}) => bandwidthBytesPerSecond},
	{name: 'dirty_bytes_per_second', help: 'Written by the guest', of: ({dirtyBytesPerSecond}) => dirtyBytesPerSecond},
	{name: 'needed_pages', help: 'That may be dirty at most for the guest to be paused', of: ({neededPages}) => neededPages},
	{name: 'progress_ratio', help: 'Of the expected time, 0 to 1, never falling', of: ({progress}) => progress},
	{name: 'eta_low_seconds', help: 'Until the guest runs on the other host, at least', of: ({etaLowMs}) => seconds(etaLowMs)},
	{name: 'eta_high_seconds', help: 'Until the guest runs on the other host, at most', of: ({etaHighMs}) => seconds(etaHighMs)},
	{
		name: 'converges',
		help: '1: more passes bring the switch nearer; 0: they do not',
		of: ({convergence}) => (convergence === undefined ? undefined : convergence === 'converges' ? 1 : 0),
	},
	{
		name: 'transfer_paused',
		help: '1: by the operator',
		of: ({transferPaused}) => (transferPaused === undefined ? undefined : Number(transferPaused)),
	},
	{
		name: 'downtime_seconds',
		help: 'Of a migration that is over',
		of: ({result}) => seconds(result?.downtimeMs),
	},
];

/** Registers what `status` shows of migrations, those that ended lately included; `statuses` is asked at each scrape. */
export function registerMigrations(registry: Registry, statuses: () => readonly MigrationStatus[]): void {
	registerFigures(registry, {
		prefix: 'sterna_migration',
		figures: FIGURES,
		labelNames: ['id', 'domain', 'direction', 'peer'],
		labelsOf: ({id, domain, direction, peer}) => ({id, domain, direction, peer}),
		statuses,
	});
	const phases = new Gauge({
		name: 'sterna_migrations',
		help: 'Migrations in each phase',
		labelNames: ['direction', 'phase'],
		registers: [],
		collect() {
			this.reset();
			for (const {direction, phase} of statuses()) this.inc({direction, phase});
		},
	});
	registry.registerMetric(phases);
}

function seconds(milliseconds: number | undefined): number | undefined {
	return milliseconds === undefined ? undefined : milliseconds / 1000;
}
