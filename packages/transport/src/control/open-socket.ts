import {connect as connectTcp, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {OperationError} from '@sterna/protocol';
import {assertLoopback, describeAddress, loopbackLookup, sideOfRole} from './address.ts';
import type {ConnectOptions} from './control-client.ts';
import {connectionError} from './connection-error.ts';
import {KEEPALIVE_IDLE_MS, setUserTimeout} from '../data/tcp-options.ts';

/** Begins to connect. `silenceMs`: for how long the server's kernel may acknowledge nothing. Throws ERR_CONFIG for an address beyond loopback without TLS; a name of one is the socket's error. */
export function openSocket({address, hello, tls}: ConnectOptions, silenceMs: number): Socket {
	if ('unix' in address) return connectTcp({path: address.unix});
	const target = {host: address.host, port: address.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEPALIVE_IDLE_MS};
	const side = sideOfRole(hello.role);
	if (tls === undefined) assertLoopback(address.host, side);
	const socket = tls === undefined ? connectTcp({...target, lookup: loopbackLookup(side)}) : connectTls({...tls, ...target});
	return socket.once('connect', () => setUserTimeout(socket, silenceMs));
}

/** What is known of a connection that led nowhere. */
export type Heard = {
	/** Our end of the TLS handshake was done. */
	readonly isSecured: boolean;
	/** Any byte came. */
	readonly hasAnswered: boolean;
};

/** Why a server was not reached, as the operator is told. */
export function unreachableError({address, hello, tls}: ConnectOptions, cause: unknown, {isSecured, hasAnswered}: Heard): OperationError {
	if (cause instanceof OperationError && cause.code === 'ERR_CONFIG') return cause;
	const side = sideOfRole(hello.role);
	if ('unix' in address) {
		return connectionError('ERR_DAEMON_UNREACHABLE', `the daemon at ${address.unix} does not answer`, {
			side,
			cause,
			next: 'systemctl status sterna-sender sterna-receiver',
		});
	}

	const next = 'migrate-ctl hosts --probe';
	const receiver = `the receiver at ${describeAddress(address)}`;
	const why = tlsProblem(cause, {isOurs: tls !== undefined, isSecured});
	if (why !== undefined) return connectionError('ERR_TLS', `${receiver} ${why}`, {side, cause, next});
	const hungUp = tls === undefined && codeOf(cause) === 'ECONNRESET';
	const what = hungUp ? (hasAnswered ? BROKE_OFF : HUNG_UP) : 'does not answer';
	return connectionError('ERR_HOST_UNREACHABLE', `${receiver} ${what}`, {side, cause, next});
}

/** As a server with TLS does to a caller without it; and one that ends just now, or a relay whose way on is cut, too. */
const HUNG_UP = 'hung up without a word: it ended, or something on the way did, or it has TLS, which this host has not';
/** Whoever has begun to answer speaks as we do. */
const BROKE_OFF = 'broke off in the middle of its answer';

/** Codes of Node's for a certificate that is not accepted: X509_V_ERR_* without its prefix, and its own for the name. */
const CERTIFICATE_CODES =
	/^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_CERT_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function tlsProblem(cause: unknown, {isOurs, isSecured}: {readonly isOurs: boolean; readonly isSecured: boolean}): string | undefined {
	const code = codeOf(cause);
	if (!isOurs) return undefined;
	if (CERTIFICATE_CODES.test(code)) return 'shows a certificate that is not accepted here';
	// What is no TLS record is taken for one of a strange version.
	if (/wrong.version.number|packet.length.too.long/i.test(`${code} ${String(cause)}`)) return 'does not speak TLS';
	if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return 'refuses the TLS connection';
	// In TLS 1.3 a client is done before its own certificate is looked at.
	if (isSecured && (code === 'ECONNRESET' || code === 'EPIPE'))
		return "hung up behind the TLS handshake: it may not accept this host's certificate (its log says why)";
	return undefined;
}
