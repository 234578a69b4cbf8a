import {createPrivateKey, X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {isIP} from 'node:net';
import {checkServerIdentity, type ConnectionOptions, type TlsOptions} from 'node:tls';
import type {Side} from '@sterna/protocol';
import {TlsContext, type TlsContextFiles} from '@sterna/system';
import {connectionError} from './control/connection-error.ts';

type Pem = {readonly cert: string; readonly key: string; readonly ca: string};
type Loaded = {readonly pem: Pem; readonly context: TlsContext; readonly validTo: Date};

/**
 * What this host shows to others, and whom it accepts: the files of the configuration's `[tls]` table, for Node's TLS of the control channel
 * and for OpenSSL's of the data connections.
 */
export class TlsCredentials implements Disposable {
	readonly #files: TlsContextFiles;
	readonly #side: Side;
	#loaded: Loaded;

	/** Reads and checks the files. Throws ERR_CONFIG, which names the one that is wrong. */
	constructor(files: TlsContextFiles, side: Side) {
		this.#files = files;
		this.#side = side;
		this.#loaded = load(files, side);
	}

	/** For data connections that begin now. */
	get context(): TlsContext {
		return this.#loaded.context;
	}

	/** When the certificate ends. */
	get validTo(): Date {
		return this.#loaded.validTo;
	}

	/** Of a server that accepts the known authorities' clients alone. */
	get serverOptions(): TlsOptions {
		return {...this.#loaded.pem, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true};
	}

	/** Of a client. `peerName`: the DNS name or IP address that the server's certificate must hold for, whatever address is called. */
	clientOptions(peerName: string): ConnectionOptions {
		return {
			...this.#loaded.pem,
			minVersion: 'TLSv1.3',
			rejectUnauthorized: true,
			servername: isIP(peerName) === 0 ? peerName : '',
			checkServerIdentity: (_host, certificate) => checkServerIdentity(peerName, certificate),
		};
	}

	/** Reads the files again, for connections that begin from now on. Throws ERR_CONFIG, and goes on with the old ones then. */
	reload(): void {
		const {context} = this.#loaded;
		this.#loaded = load(this.#files, this.#side);
		context[Symbol.dispose]();
	}

	[Symbol.dispose](): void {
		this.#loaded.context[Symbol.dispose]();
	}
}

function load(files: TlsContextFiles, side: Side): Loaded {
	const wrong = (message: string, cause?: unknown): Error => connectionError('ERR_CONFIG', message, {side, cause});
	const attempt = <T>(what: string, read: () => T): T => {
		try {
			return read();
		} catch (error) {
			throw wrong(what, error);
		}
	};
	const pem: Pem = {
		cert: attempt(`tls.certificate ${files.certificate} cannot be read`, () => readFileSync(files.certificate, 'utf8')),
		key: attempt(`tls.key ${files.key} cannot be read`, () => readFileSync(files.key, 'utf8')),
		ca: attempt(`tls.ca ${files.ca} cannot be read`, () => readFileSync(files.ca, 'utf8')),
	};
	const certificate = attempt(`tls.certificate ${files.certificate} is not a certificate in PEM`, () => new X509Certificate(pem.cert));
	// Also refuses a key with a passphrase, which OpenSSL would ask the terminal for.
	const key = attempt(`tls.key ${files.key} is not a private key in PEM without a passphrase`, () => createPrivateKey(pem.key));
	attempt(`tls.ca ${files.ca} is not a certificate in PEM`, () => new X509Certificate(pem.ca));
	if (!certificate.checkPrivateKey(key)) throw wrong(`tls.key ${files.key} is not the key of tls.certificate ${files.certificate}`);
	const now = new Date();
	const {validFromDate, validToDate} = certificate;
	if (validToDate < now) throw wrong(`tls.certificate ${files.certificate} has expired on ${validToDate.toISOString()}`);
	if (validFromDate > now) throw wrong(`tls.certificate ${files.certificate} holds from ${validFromDate.toISOString()} on`);
	return {pem, validTo: validToDate, context: attempt('TLS cannot be used', () => TlsContext.create(files))};
}
