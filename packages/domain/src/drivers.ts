import type {DomainDefinition} from './definition.ts';
import type {DomainDriver} from './driver.ts';
import {imageDriver} from './drivers/image/image-driver.ts';
import {createQemuDriver} from './drivers/qemu/qemu-driver.ts';
import {workloadDriver} from './drivers/workload/workload-driver.ts';

const DRIVERS: Readonly<Record<DomainDefinition['kind'], DomainDriver>> = {
	image: imageDriver,
	qemu: createQemuDriver(),
	workload: workloadDriver,
};

/** Every driver there is. */
export const ALL_DRIVERS: readonly DomainDriver[] = Object.values(DRIVERS);

/** The driver of a kind of guest. */
export function driverFor(kind: DomainDefinition['kind']): DomainDriver {
	return DRIVERS[kind];
}
