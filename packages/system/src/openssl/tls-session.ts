import type {IovecArray} from '../iovec-array.ts';
import {allocateFixed} from '../libc.ts';
import {Errno, errnoName, SystemError} from '../system-error.ts';
import {takeFailure} from './error-queue.ts';
import {type OpenSsl, openSsl} from './library.ts';
import {TlsError} from './tls-error.ts';
import {TlsWriter} from './tls-writer.ts';

const SSL_ERROR_WANT_READ = 2;
const SSL_ERROR_WANT_WRITE = 3;
const SSL_ERROR_ZERO_RETURN = 6;
const CERTIFICATE_REFUSED = 'certificate verify failed';

export type TlsSessionOptions = {
	/** Records after which the sending key is changed; for tests. */
	readonly keyUpdateRecords?: number | undefined;
};

/**
 * A TLS session on a non-blocking descriptor, as one thread uses it: between the mapped memory that an iovec array names and the descriptor,
 * without JavaScript in between. Received bytes are decrypted in a buffer of OpenSSL's and copied once from there to their place.
 *
 * The session itself belongs to the process: `address` may be handed to another thread, which goes on with a TlsSession of its own as soon
 * as everything written is flushed and this object is not used any more.
 */
export class TlsSession {
	/** Of OpenSSL's `SSL` object. */
	readonly address: number;
	readonly #library: OpenSsl;
	readonly #writer: TlsWriter;
	readonly #moved = allocateFixed(8);
	readonly #movedBytes = new Uint32Array(this.#moved.bytes.buffer);
	#readEnd: number | undefined;
	#reason: string | undefined;

	constructor(address: number, {keyUpdateRecords}: TlsSessionOptions = {}) {
		this.address = address;
		this.#library = openSsl();
		this.#writer = new TlsWriter(address, {keyUpdateRecords, resultOf: result => this.#resultOf(result)});
	}

	/** Why OpenSSL refused, after a result of −EPROTO. */
	get reason(): string {
		return this.#reason ?? 'unknown reason';
	}

	/**
	 * Goes on with the handshake; tells what to wait for before the next call. Throws TlsError for a peer that is not accepted or does not
	 * speak TLS 1.3, SystemError where the connection is lost. A client is done before the server has checked its certificate (RFC 8446).
	 */
	handshake(): 'done' | 'readable' | 'writable' {
		this.#library.clearErrors();
		const result: number = this.#library.handshake(this.address);
		if (result === 1) return 'done';
		const kind: number = this.#library.errorKind(this.address, result);
		if (kind === SSL_ERROR_WANT_READ) return 'readable';
		if (kind === SSL_ERROR_WANT_WRITE) return 'writable';
		const failure = takeFailure();
		if (failure.kind === 'system') throw new SystemError('TLS handshake', failure.errno);
		throw new TlsError(failure.reason === CERTIFICATE_REFUSED ? `${failure.reason}: ${this.#verifyText()}` : failure.reason);
	}

	/**
	 * Fills `count` entries from `first` on, until nothing more is there. Bytes read, 0 at the end (the peer said good-bye), or −errno:
	 * −EAGAIN, −ECONNRESET for a connection that ended without a good-bye, −EPROTO where TLS itself failed, see `reason`.
	 */
	readVector(vector: IovecArray, first: number, count: number): number {
		if (this.#readEnd !== undefined) return this.#readEnd;
		if (this.#reason !== undefined) return -Errno.EPROTO;
		this.#library.clearErrors();
		let moved = 0;
		for (let index = first; index < first + count; index++) {
			const start = vector.addressAt(index);
			const length = vector.lengthAt(index);
			let at = 0;
			while (at < length) {
				const result: number = this.#library.read(this.address, start + at, length - at, this.#moved.address);
				if (result !== 1) return this.#readStopped(moved, this.#resultOf(result));
				const got = this.#movedBytes[0] ?? 0;
				at += got;
				moved += got;
			}
		}

		return moved;
	}

	/**
	 * Writes the bytes of `count` entries from `first` on. Bytes written, or −errno as above. What was not written must be written again by
	 * the next call: it may be encrypted already, and then the next call writes it as it was, even where it is asked for less.
	 */
	writeVector(vector: IovecArray, first: number, count: number): number {
		// After a failure in one direction OpenSSL refuses the other without a word of why.
		if (this.#reason !== undefined) return -Errno.EPROTO;
		this.#library.clearErrors();
		return this.#writer.write(vector, first, count);
	}

	/** Whether everything written has left for the kernel: then another thread may go on with the session. */
	get isFlushed(): boolean {
		return this.#writer.isFlushed;
	}

	/** Says good-bye, as far as the socket takes it now: the peer reads the end, and can still be read from. */
	endWriting(): void {
		this.#library.clearErrors();
		this.#library.shutdown(this.address);
		this.#writer.flush();
		this.#library.clearErrors();
	}

	/** Frees the session, in whichever thread; nobody may use its address any more. */
	free(): void {
		freeTlsSession(this.address);
	}

	/** An error behind bytes that were read is the next call's. */
	#readStopped(moved: number, result: number): number {
		if (result !== -Errno.EAGAIN) this.#readEnd = result;
		return moved > 0 ? moved : result;
	}

	/** What an unsuccessful call means: 0 for the end, or −errno. */
	#resultOf(result: number): number {
		const kind: number = this.#library.errorKind(this.address, result);
		if (kind === SSL_ERROR_WANT_READ || kind === SSL_ERROR_WANT_WRITE) return -Errno.EAGAIN;
		if (kind === SSL_ERROR_ZERO_RETURN) return 0;
		const failure = takeFailure();
		if (failure.kind === 'system') return -failure.errno;
		this.#reason = failure.reason;
		return -Errno.EPROTO;
	}

	#verifyText(): string {
		const text: string | null = this.#library.verifyErrorText(this.#library.verifyResult(this.address));
		return text ?? errnoName(Errno.EPROTO);
	}
}

/** Frees a session by its address alone: one that never got to the thread that was to use it. */
export function freeTlsSession(address: number): void {
	openSsl().freeSession(address);
}
