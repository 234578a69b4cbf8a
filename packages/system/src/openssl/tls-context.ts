import {errnoName} from '../system-error.ts';
import {describeFailure, takeFailure} from './error-queue.ts';
import {openSsl} from './library.ts';
import {TlsError} from './tls-error.ts';
import {TlsSession} from './tls-session.ts';

/** PEM files. */
export type TlsContextFiles = {
	/** The own certificate, then those between it and an authority that the peer knows. */
	readonly certificate: string;
	/** Its key, without a passphrase. */
	readonly key: string;
	/** The authorities whose certificates are accepted. */
	readonly ca: string;
};

/** One end of a connection. `peerName`: the DNS name or IP address that the certificate of who was called must hold for. */
export type TlsEnd = {readonly role: 'connect'; readonly peerName: string} | {readonly role: 'accept'};

// Numbers of openssl/ssl.h, tls1.h and bio.h that are macros there.
const SSL_CTRL_MODE = 33;
const SSL_CTRL_SET_READ_AHEAD = 41;
const SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
const SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
const TLS1_3_VERSION = 0x0304;
const SSL_MODE_ENABLE_PARTIAL_WRITE = 0x1;
const SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 0x2;
const SSL_VERIFY_PEER = 0x1;
const SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 0x2;
const SSL_FILETYPE_PEM = 1;
const BIO_NOCLOSE = 0;

/** The 128-bit cipher first: as good for this, and it costs less of the processor that the guests need. */
const CIPHERSUITES = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256';
/** Several records of 16 KiB to one read(2). */
const READ_BUFFER_BYTES = 64 * 1024;

/** What all TLS sessions of a process begin with: TLS 1.3 alone, an own certificate, and the authorities that a peer's must come from. */
export class TlsContext implements Disposable {
	#address: number;

	private constructor(address: number) {
		this.#address = address;
	}

	/** Reads the files. Throws TlsError, which names the one that is wrong. */
	static create({certificate, key, ca}: TlsContextFiles): TlsContext {
		const library = openSsl();
		library.clearErrors();
		const address: number = library.newContext(library.method());
		if (address === 0) throw failed('no TLS context could be made');
		const context = new TlsContext(address);
		try {
			library.controlContext(address, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_3_VERSION, 0);
			library.controlContext(address, SSL_CTRL_MODE, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER, 0);
			library.controlContext(address, SSL_CTRL_SET_READ_AHEAD, 1, 0);
			library.setReadBufferBytes(address, READ_BUFFER_BYTES);
			// Nothing is ever resumed, and nothing but what is asked for goes back to a client.
			library.setTicketCount(address, 0);
			library.setVerifyMode(address, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, 0);
			if (library.setCiphersuites(address, CIPHERSUITES) !== 1) throw failed('the TLS 1.3 ciphers are not to be had');
			if (library.useCertificateChain(address, certificate) !== 1) throw failed(`the certificate ${certificate} cannot be used`);
			if (library.usePrivateKey(address, key, SSL_FILETYPE_PEM) !== 1) throw failed(`the key ${key} cannot be used`);
			if (library.checkPrivateKey(address) !== 1) throw failed(`the key ${key} is not that of the certificate ${certificate}`);
			if (library.loadAuthorities(address, ca) !== 1) throw failed(`the authorities of ${ca} cannot be used`);
		} catch (error) {
			context[Symbol.dispose]();
			throw error;
		}

		return context;
	}

	/**
	 * A session for a connected, non-blocking socket, which stays the caller's; its handshake is still to be made. Whoever gets the
	 * session frees it. The context may go before its sessions.
	 */
	openSession(fd: number, end: TlsEnd): TlsSession {
		if (this.#address === 0) throw new TypeError('the TLS context was disposed of');
		const library = openSsl();
		const address: number = library.newSession(this.#address);
		if (address === 0) throw failed('no TLS session could be made');
		try {
			library.setReadBio(address, newBio(library.newSocketBio(fd, BIO_NOCLOSE)));
			const buffer = newBio(library.newBio(library.bufferMethod()));
			library.pushBio(buffer, newBio(library.newSocketBio(fd, BIO_NOCLOSE)));
			library.setWriteBio(address, buffer);
			if (end.role === 'accept') library.setAccepting(address);
			else beginConnecting(address, end.peerName);
			return new TlsSession(address);
		} catch (error) {
			library.freeSession(address);
			throw error;
		}
	}

	/** Idempotent. */
	[Symbol.dispose](): void {
		if (this.#address !== 0) openSsl().freeContext(this.#address);
		this.#address = 0;
	}
}

function newBio(address: number): number {
	if (address === 0) throw failed('no memory for a TLS session');
	return address;
}

function beginConnecting(session: number, peerName: string): void {
	const library = openSsl();
	library.setConnecting(session);
	// OpenSSL 3 sees by itself whether it is an IP address.
	if (library.setPeerName(session, peerName) !== 1) throw failed(`${peerName} is no name that a certificate could hold for`);
	// An address has no place in server name indication (RFC 6066 section 3).
	if (/[a-z]/i.test(peerName) && !peerName.includes(':')) library.controlSession(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, peerName);
}

function failed(what: string): TlsError {
	return new TlsError(`${what}: ${describeFailure(takeFailure(), errnoName)}`);
}
