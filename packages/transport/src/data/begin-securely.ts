import {parsePreamble, type Preamble} from '@sterna/protocol';
import type {TlsSession} from '@sterna/system';
import type {DataSocket} from './data-socket.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {owning, prepareDescriptor} from './descriptor-kind.ts';
import {LinkError} from './link-error.ts';
import type {WorkerReport} from './messages.ts';

export type BeginOptions = {
	/** Connected; nothing was read from it. Owned from here, with the session, until the promise settles; and closed where it rejects. */
	readonly fd: number;
	readonly tlsSession: TlsSession;
	/** To write; undefined: to be read. */
	readonly preamble: Uint8Array<ArrayBuffer> | undefined;
	/** Whether a peer may go on without TLS. */
	readonly plainAllowed: boolean;
	readonly timeoutMs: number;
	readonly signal: AbortSignal | undefined;
};

/** A socket behind its handshake, and the bytes of the preamble that came on it. */
export type Begun = DataSocket & {readonly preamble: Uint8Array | undefined};

/** Makes the TLS handshake of a data connection, and writes or reads its preamble, in a data worker. Rejects with LinkError, or with the signal's reason. */
export async function beginSecurely(pool: DataWorkerPool, options: BeginOptions): Promise<Begun> {
	const {fd, preamble, plainAllowed, timeoutMs, signal} = options;
	const tlsSession = options.tlsSession.address;
	const settled = Promise.withResolvers<Begun>();
	const onReport = (report: WorkerReport): void => {
		if (report.type === 'secured') {
			settled.resolve({fd, tlsSession: report.isTls ? tlsSession : undefined, preamble: report.preamble});
		} else if (report.type === 'closed') {
			const failed = report.fault?.kind === 'failed' ? new LinkError(report.fault.fault) : undefined;
			settled.reject(signal?.aborted === true ? signal.reason : (failed ?? stopping()));
		} else throw new TypeError(`a report of ${report.type} from a connection that has not begun`);
	};
	const {worker, link} = owning({fd, tlsSession}, () => {
		signal?.throwIfAborted();
		prepareDescriptor(fd);
		const taken = pool.take();
		const command = {type: 'open-handshake', fd, tlsSession, preamble, plainAllowed, timeoutMs} as const;
		return {worker: taken, link: taken.open(command, {onReport, onWorkerLost: error => settled.reject(error)})};
	});
	const onAbort = (): void => worker.post({type: 'close', link, lastRecord: undefined});
	signal?.addEventListener('abort', onAbort, {once: true});
	try {
		return await settled.promise;
	} finally {
		signal?.removeEventListener('abort', onAbort);
	}
}

/** The preamble that a peer showed. Throws its decoder's error. */
export function preambleOf({preamble}: Begun): Preamble {
	if (preamble === undefined) throw new TypeError('a preamble of our own');
	return parsePreamble(preamble);
}

function stopping(): LinkError {
	return new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the data workers are stopping'});
}
