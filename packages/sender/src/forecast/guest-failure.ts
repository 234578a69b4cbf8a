import type {GuestEvent} from '@sterna/domain';
import {operationError} from '@sterna/host';
import type {ErrorCode, OperationError} from '@sterna/protocol';

/** What a guest did on its own accord, as the reason why nothing can be said of it any more. `host`: where it was. */
export function guestFailure(
	event: Exclude<GuestEvent, {kind: 'paused'}>,
	{domain, host}: {readonly domain: string; readonly host: string},
): OperationError {
	const error = (code: ErrorCode, message: string): OperationError =>
		operationError(code, message, {
			side: 'sender',
			phase: 'request',
			runsOn: event.kind === 'exited' ? {kind: 'nowhere'} : {kind: 'host', host},
			domain,
		});
	switch (event.kind) {
		case 'exited':
			return error('ERR_GUEST_EXITED', `the guest exited: ${event.detail}`);
		case 'rebooted':
			return error('ERR_GUEST_REBOOTED', 'the guest rebooted while it was watched');
		case 'resized':
			return error('ERR_GUEST_RESIZED', `the memory of the guest was resized to ${event.memoryBytes} bytes while it was watched`);
		case 'device-added':
			return error('ERR_GUEST_DEVICE_ADDED', `a device was added to the guest while it was watched: ${event.detail}`);
	}
}
