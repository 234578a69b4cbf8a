import {Gauge, type LabelValues, type Registry} from 'prom-client';

/** One number of a status, under its name. `of`: undefined where it is not known. */
export type Figure<Status> = {readonly name: string; readonly help: string; readonly of: (status: Status) => number | undefined};

export type StatusGauges<Status, Label extends string> = {
	readonly prefix: string;
	readonly figures: ReadonlyArray<Figure<Status>>;
	readonly labelNames: readonly Label[];
	readonly labelsOf: (status: Status) => LabelValues<Label>;
	/** Asked at each scrape: what is not in it any more is not told of. */
	readonly statuses: () => readonly Status[];
};

/** Registers a gauge for each figure of the statuses. */
export function registerFigures<Status, Label extends string>(
	registry: Registry,
	{prefix, figures, labelNames, labelsOf, statuses}: StatusGauges<Status, Label>,
): void {
	for (const {name, help, of} of figures) {
		const gauge = new Gauge<Label>({
			name: `${prefix}_${name}`,
			help,
			labelNames,
			registers: [],
			collect() {
				this.reset();
				for (const status of statuses()) {
					const value = of(status);
					if (value !== undefined) this.set(labelsOf(status), value);
				}
			},
		});
		registry.registerMetric(gauge);
	}
}
