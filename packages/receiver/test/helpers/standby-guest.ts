import {setTimeout as sleep} from 'node:timers/promises';
import {driverFor} from '@sterna/domain';
import type {Directories, DomainRegistry} from '@sterna/host';

type Host = {readonly registry: DomainRegistry; readonly directories: Directories};

/** Whatever of the guest is left at a receiver ends. */
export async function removeGuest({registry, directories}: Host): Promise<void> {
	const record = await registry.get('dom1');
	if (record !== undefined) await driverFor('workload').remove(record.handle, directories.guestPlace('dom1'));
}

/** How many pages the guest, which must run, finds wrong in its own memory. */
export async function checkGuest({registry, directories}: Host): Promise<number> {
	const {definition, handle} = await registry.need('dom1');
	await using guest = await driverFor('workload').manage(definition, handle, directories.guestPlace('dom1'));
	const {state} = await guest.show();
	if (state !== 'running') throw new Error(`the guest is ${state}`);
	return (await guest.check()).badPages;
}

/** Resolves when it is so; the test's own timeout is the limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isSo())) await sleep(10);
}
