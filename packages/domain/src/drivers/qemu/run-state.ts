import {DomainError} from '../../domain-error.ts';
import type {GuestFacts} from '../../driver.ts';
import type {QmpClient, QmpResult} from './qmp/qmp-client.ts';

type RunState = QmpResult<'query-status'>['status'];

/** States in which a guest can be paused, saved, and resumed elsewhere, and what is wrong with the others. */
const UNFIT: Readonly<Record<RunState, string | undefined>> = {
	running: undefined,
	paused: undefined,
	/** Paused before its first step. */
	prelaunch: undefined,
	debug: 'a debugger holds it',
	inmigrate: 'it waits for a migration to come in',
	'internal-error': 'its CPU failed',
	'io-error': 'one of its disks failed, and it waits for that to be repaired',
	postmigrate: 'QEMU itself has migrated it away',
	'finish-migrate': 'QEMU itself migrates it',
	'restore-vm': 'QEMU restores it',
	'save-vm': 'QEMU saves it',
	shutdown: 'it has shut down',
	suspended: 'it sleeps',
	watchdog: 'its watchdog has stopped it',
	'guest-panicked': 'its kernel panicked',
	colo: 'QEMU itself replicates it',
};

/** States in which a guest takes no step any more. */
const CRASHED: ReadonlySet<RunState> = new Set(['guest-panicked', 'internal-error', 'shutdown']);

/** Throws ERR_DOMAIN_STATE for a guest in a state that another host could not give back. */
export function assertFit({status}: {readonly status: RunState}): void {
	const why = UNFIT[status];
	if (why !== undefined) throw new DomainError('ERR_DOMAIN_STATE', `the guest cannot be moved as it is: ${why} (${status})`);
}

export async function readFacts(monitor: QmpClient): Promise<GuestFacts> {
	const [{status}, cpus] = await Promise.all([monitor.execute('query-status'), monitor.execute('query-cpus-fast')]);
	const {major, minor, micro} = monitor.version;
	return {
		state: status === 'running' ? 'running' : CRASHED.has(status) ? 'crashed' : 'paused',
		detail: {status, incoming: status === 'inmigrate', cpus: cpus.length, qemu: `${major}.${minor}.${micro}`},
	};
}
