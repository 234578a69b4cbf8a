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
	{
		name: 'downtime_seconds',
		help: 'Of a migration that is over',
		of: ({result}) => (result?.downtimeMs === undefined ? undefined : result.downtimeMs / 1000),
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
