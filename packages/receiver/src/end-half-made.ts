import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {ALL_DRIVERS} from '@sterna/domain';
import type {ReceiverServices} from './services.ts';

/** Ends guests that an earlier daemon had made for a migration and not written down yet: no record leads to them, and they hold memory. */
export async function endHalfMadeGuests({registry, directories, log}: ReceiverServices): Promise<void> {
	const {records, corrupt} = await registry.list();
	const names = [...records.map(({definition}) => definition.name), ...corrupt.map(({domain}) => domain)];
	const recorded = new Set(names.map(name => directories.guestPlace(name).runDir));
	for (const name of await readdir(directories.guests)) {
		const runDir = path.join(directories.guests, name);
		if (recorded.has(runDir)) continue;
		try {
			for (const driver of ALL_DRIVERS) {
				if (await driver.endHalfMade(runDir))
					log.warn({runDir, kind: driver.kind}, 'a guest was being made for a migration when the daemon ended: it is gone');
			}
		} catch (error) {
			log.error({error, runDir}, 'what is in the run directory of a guest could not be looked at');
		}
	}
}
