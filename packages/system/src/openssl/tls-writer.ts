import type {IovecArray} from '../iovec-array.ts';
import {allocateFixed} from '../libc.ts';
import {copyMemory} from '../memory-operations.ts';
import {Errno} from '../system-error.ts';
import {takeFailure} from './error-queue.ts';
import {GatherSource} from './gather-source.ts';
import {type OpenSsl, openSsl} from './library.ts';

/** Most plaintext of one record: RFC 8446 section 5.1. */
const RECORD_BYTES = 16 * 1024;
/** Records gather here on their way to the socket: one write(2) for eight of them is a third more throughput than one for each. */
const BUFFER_BYTES = 128 * 1024;
/** 64 GiB of full records: far below the 2^24.5 after which AES-GCM keys must not be used any more (RFC 8446 section 5.5). */
const KEY_UPDATE_RECORDS = 2 ** 22;

const BIO_CTRL_FLUSH = 11;
const BIO_C_SET_BUFF_SIZE = 117;
/** The index of BIO_set_write_buffer_size. */
const WRITE_BUFFER = 1;
const BIO_FLAGS_SHOULD_RETRY = 0x08;
const SSL_KEY_UPDATE_NOT_REQUESTED = 0;

export type TlsWriterOptions = {
	readonly keyUpdateRecords: number | undefined;
	/** −errno of an unsuccessful call on the session. */
	readonly resultOf: (result: number) => number;
};

/**
 * The writing side of a session: gathers the bytes of many iovec entries into full records, and records into few system calls.
 * What it reports as written the kernel has, or will get with the next bytes; what it does not report the peer cannot have read.
 */
export class TlsWriter {
	readonly #session: number;
	readonly #bio: number;
	readonly #library: OpenSsl;
	readonly #resultOf: (result: number) => number;
	readonly #keyUpdateRecords: number;
	readonly #stage = allocateFixed(RECORD_BYTES);
	readonly #source = new GatherSource(this.#stage.address);
	readonly #moved = allocateFixed(8);
	#sized = false;
	#records = 0;
	/** Bytes of the stage that OpenSSL has begun with: it must be called with the same again. */
	#begunBytes = 0;
	/** Bytes of the last record, which waits in the buffer and so was not reported. */
	#heldBytes = 0;

	constructor(session: number, {keyUpdateRecords = KEY_UPDATE_RECORDS, resultOf}: TlsWriterOptions) {
		this.#session = session;
		this.#library = openSsl();
		this.#bio = this.#library.writeBioOf(session);
		this.#resultOf = resultOf;
		this.#keyUpdateRecords = keyUpdateRecords;
	}

	get isFlushed(): boolean {
		return this.#begunBytes === 0 && this.#heldBytes === 0;
	}

	/** As `TlsSession.writeVector`. */
	write(vector: IovecArray, first: number, count: number): number {
		if (this.#heldBytes > 0) {
			const flushed = this.flush();
			if (flushed < 0) return flushed;
		}

		const source = this.#source;
		source.begin(vector, first, count);
		source.skip(this.#heldBytes);
		let accepted = this.#heldBytes;
		let lastBytes = 0;
		this.#heldBytes = 0;
		while (this.#begunBytes > 0 || source.gather(RECORD_BYTES) > 0) {
			const result = this.#begunBytes > 0 ? this.#goOn() : this.#begin(source.address, source.byteLength);
			// The buffer is full, and of this record not all is in it: what was accepted before may be with the peer already.
			if (result <= 0) return accepted > 0 ? accepted : result;
			accepted += result;
			lastBytes = result;
		}

		const flushed = this.flush();
		if (flushed === 0) return accepted;
		// What waits in the buffer is the end of the last record: the peer cannot read that one yet.
		this.#heldBytes = lastBytes;
		return accepted > lastBytes ? accepted - lastBytes : flushed;
	}

	/** Hands what is buffered to the kernel: 0 when all of it is there, or −errno. */
	flush(): number {
		const result: number = this.#library.controlBio(this.#bio, BIO_CTRL_FLUSH, 0, 0);
		if (result === 1) return 0;
		if (this.#library.testBioFlags(this.#bio, BIO_FLAGS_SHOULD_RETRY) !== 0) return -Errno.EAGAIN;
		const failure = takeFailure();
		return failure.kind === 'system' ? -failure.errno : -Errno.EPROTO;
	}

	/** Makes a record of the next bytes of the source. Their number, or −errno. */
	#begin(address: number, byteLength: number): number {
		this.#prepare();
		const result = this.#writeRecord(address, byteLength);
		if (result !== -Errno.EAGAIN) {
			this.#source.advance();
			return result;
		}

		// The source's memory may change, or be somewhere else, until the next call.
		if (address !== this.#stage.address) copyMemory(this.#stage.address, address, byteLength);
		this.#begunBytes = byteLength;
		return result;
	}

	/** The record that was begun with: the source still has its bytes. */
	#goOn(): number {
		const result = this.#writeRecord(this.#stage.address, this.#begunBytes);
		if (result === -Errno.EAGAIN) return result;
		this.#source.skip(this.#begunBytes);
		this.#begunBytes = 0;
		return result;
	}

	#writeRecord(address: number, byteLength: number): number {
		const result: number = this.#library.write(this.#session, address, byteLength, this.#moved.address);
		if (result !== 1) return this.#resultOf(result);
		this.#records += 1;
		return byteLength;
	}

	#prepare(): void {
		if (!this.#sized) {
			// Not before there is something to write: a connection that may never get that far costs less.
			this.#library.controlBioInteger(this.#bio, BIO_C_SET_BUFF_SIZE, BUFFER_BYTES, WRITE_BUFFER);
			this.#sized = true;
		}

		if (this.#records < this.#keyUpdateRecords) return;
		this.#library.updateKeys(this.#session, SSL_KEY_UPDATE_NOT_REQUESTED);
		this.#records = 0;
	}
}
