import type {MigrationStatus} from '@sterna/protocol/control';
import type {Role} from './style.ts';

/** What colour a phase, or an end, has; undefined: none. Empty: no end is known. */
export function roleOfPhase(phase: MigrationStatus['phase'] | ''): Role | undefined {
	switch (phase) {
		case 'completed':
			return 'good';
		case 'failed':
		case 'undecided':
			return 'bad';
		case 'aborted':
			return 'warning';
		default:
			return undefined;
	}
}
