import type {DomainDefinition} from './definition.ts';
import type {DomainDriver} from './driver.ts';
import {workloadDriver} from './drivers/workload/workload-driver.ts';

const DRIVERS: Partial<Readonly<Record<DomainDefinition['kind'], DomainDriver>>> = {workload: workloadDriver};

export function driverFor(kind: DomainDefinition['kind']): DomainDriver {
	const driver = DRIVERS[kind];
	if (!driver) throw new TypeError(kind);
	return driver;
}
