import {closeDescriptor, freeTlsSession, type TlsContext, type TlsEnd, type TlsSession} from '@sterna/system';

/** A connected, non-blocking socket as it is handed on: closed by whoever has it last. */
export type DataSocket = {
	readonly fd: number;
	/** Address of the `TlsSession` on it, its handshake made; undefined = its bytes go as they are. */
	readonly tlsSession: number | undefined;
};

/** Closes a socket that did not get into a link. */
export function closeDataSocket({fd, tlsSession}: {readonly fd: number; readonly tlsSession?: number | undefined}): void {
	if (tlsSession !== undefined) freeTlsSession(tlsSession);
	closeDescriptor(fd);
}

/** Puts a TLS session on a socket, which is closed where this throws. */
export function secureSocket(fd: number, context: TlsContext, end: TlsEnd): TlsSession {
	try {
		return context.openSession(fd, end);
	} catch (error) {
		closeDescriptor(fd);
		throw error;
	}
}
