import type {MigrationStatus} from '@sterna/protocol/control';
import {Gauge, type Registry} from 'prom-client';

type Figure = {readonly name: string; readonly help: string; readonly of: (status: MigrationStatus) => number | undefined};

const FIGURES: readonly Figure[] = [
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
	const labelNames = ['id', 'domain', 'direction', 'peer'] as const;
	for (const {name, help, of} of FIGURES) {
		const gauge = new Gauge({
			name: `sterna_migration_${name}`,
			help,
			labelNames,
			registers: [],
			collect() {
				this.reset();
				for (const status of statuses()) {
					const value = of(status);
					const {id, domain, direction, peer} = status;
					if (value !== undefined) this.set({id, domain, direction, peer}, value);
				}
			},
		});
		registry.registerMetric(gauge);
	}

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
