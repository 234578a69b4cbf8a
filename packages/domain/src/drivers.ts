import type {DomainDefinition} from './definition.ts';
import type {DomainDriver} from './driver.ts';
import {imageDriver} from './drivers/image/image-driver.ts';
import {workloadDriver} from './drivers/workload/workload-driver.ts';

const DRIVERS: Readonly<Record<DomainDefinition['kind'], DomainDriver>> = {image: imageDriver, workload: workloadDriver};

/** The driver of a kind of guest. */
export function driverFor(kind: DomainDefinition['kind']): DomainDriver {
	return DRIVERS[kind];
}
