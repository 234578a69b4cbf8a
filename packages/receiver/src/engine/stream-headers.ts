import type {StreamHeaders} from '@sterna/domain';
import type {ReceiveEvent} from '@sterna/transport';

/** What a link reports of a stream's headers, in a target's words. */
export function streamHeadersOf({guestType, version, xenVersion, xlConfig}: Extract<ReceiveEvent, {kind: 'headers'}>): StreamHeaders {
	return {guestType, streamVersion: version, xenVersion, xlConfig};
}
