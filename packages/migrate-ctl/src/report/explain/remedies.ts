import type {MigrationRecord} from '../record.ts';
import type {Remedy} from './explanation.ts';

/** The checks of both ends ahead of another try; none where no other host has a part in it. */
export function checksOf({direction, target}: MigrationRecord): Remedy[] {
	return direction === 'outgoing' && target !== ''
		? [{text: 'Have both ends checked before it is tried again: each finding has its fix.', command: `migrate-ctl doctor ${target}`}]
		: [];
}

/** The same migration once more; none of what was no migration from here: the file of a save is not recorded. */
export function againOf({direction, domain, target}: MigrationRecord, text: string): Remedy[] {
	return direction === 'outgoing' ? [{text, command: `migrate-ctl start ${domain} ${target}`}] : [];
}

/** `did not move`, as what it was to be. */
export function undoneOf({direction}: MigrationRecord): string {
	return {outgoing: 'did not move', incoming: 'did not move', save: 'was not saved', restore: 'was not restored'}[direction];
}
