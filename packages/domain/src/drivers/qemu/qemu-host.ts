import {statSync} from 'node:fs';
import process from 'node:process';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import {isProcessIntact} from '../../process-identity.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QemuHostSettings} from './host-settings.ts';
import {QmpClient} from './qmp/qmp-client.ts';

/** What QEMU guests may be made of here. Throws ERR_NOT_SUPPORTED where there are none. */
export function settingsOf({qemu}: GuestPlace): QemuHostSettings {
	if (qemu === undefined) throw new DomainError('ERR_NOT_SUPPORTED', 'this host is not set up for QEMU guests');
	return qemu;
}

/**
 * A connection to a monitor of a guest's QEMU, by default that of whoever holds the domain's lock; the caller's. Rejects ERR_GUEST_EXITED, ERR_DOMAIN_BUSY
 * where another client has it, and ERR_DOMAIN_STATE where another process is at the socket.
 */
export async function connectToMonitor(handle: ProcessHandle, socketPath: string = handle.socketPath): Promise<QmpClient> {
	if (!isProcessIntact(handle)) throw new DomainError('ERR_GUEST_EXITED', `the guest's process ${handle.pid} does not run any more`);
	const monitor = await QmpClient.connect(socketPath);
	try {
		const pid = monitor.serverPid;
		if (pid !== handle.pid)
			throw new DomainError('ERR_DOMAIN_STATE', `the monitor ${socketPath} is that of process ${pid}, the guest is ${handle.pid}`);
		return monitor;
	} catch (error) {
		monitor[Symbol.dispose]();
		throw error;
	}
}

/**
 * Why a QEMU that others have started cannot give its device state to us, which would show with the guest paused: it writes it where we read it. Undefined
 * where it can: it is of our own user, or of root, who may write everywhere.
 */
export function whyOfAnotherUser(pid: number): string | undefined {
	const {uid} = statSync(`/proc/${pid}`);
	if (uid === 0 || uid === process.geteuid?.()) return undefined;
	return `its process ${pid} is of user ${uid}, the daemon's of ${process.geteuid?.()}, where it cannot write its device state (cure: run both as one user)`;
}
