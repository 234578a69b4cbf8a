import {DomainError} from '../domain-error.ts';
import type {GuestHandle} from '../driver.ts';

/** How a guest with a process of its own is found again. */
export type ProcessHandle = Extract<GuestHandle, {kind: 'process'}>;

/** The handle of a guest with a process; throws ERR_DOMAIN_STATE for another kind. */
export function processHandle(handle: GuestHandle): ProcessHandle {
	if (handle.kind !== 'process') throw new DomainError('ERR_DOMAIN_STATE', 'the guest is a process, this handle is that of files');
	return handle;
}
