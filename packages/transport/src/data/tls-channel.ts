import {closeDescriptor, Errno, type IovecArray, TlsSession} from '@sterna/system';
import {type ByteChannel, SOCKET_PIECE_BYTES} from './byte-channel.ts';
import {connectionError, LinkError} from './link-error.ts';
import {endSocketWriting, ReceiveLowWater} from './socket-hints.ts';

/** Plaintext that a session may have of a record whose end is still to come: it is less than one record. */
const PARTIAL_RECORD_BYTES = 16 * 1024;

/** A TLS session on a non-blocking socket, its handshake made. Owns both. */
export class TlsChannel implements ByteChannel {
	readonly pollFd: number;
	readonly pieceBytes = SOCKET_PIECE_BYTES;
	readonly #session: TlsSession;
	readonly #lowWater: ReceiveLowWater;

	constructor(fd: number, tlsSession: number) {
		this.pollFd = fd;
		this.#session = new TlsSession(tlsSession);
		this.#lowWater = new ReceiveLowWater(fd);
	}

	read(vector: IovecArray, first: number, count: number): number {
		return this.#session.readVector(vector, first, count);
	}

	write(vector: IovecArray, first: number, count: number): number {
		return this.#session.writeVector(vector, first, count);
	}

	wantAtLeast(bytes: number): void {
		// On the socket there are more bytes than plaintext, but part of a record may have been taken from there already.
		this.#lowWater.set(Math.max(1, bytes - PARTIAL_RECORD_BYTES));
	}

	endWriting(): void {
		this.#session.endWriting();
		endSocketWriting(this.pollFd);
	}

	close(): void {
		this.#session.endWriting();
		this.#session.free();
		closeDescriptor(this.pollFd);
	}

	errorOf(doing: string, errno: number): LinkError {
		if (errno !== Errno.EPROTO) return connectionError(doing, errno);
		return new LinkError({code: 'ERR_TLS', message: `TLS on the data connection failed while ${doing}: ${this.#session.reason}`});
	}
}
