import {PREAMBLE_BYTES} from '@sterna/protocol';
import {closeDescriptor, Errno, freeTlsSession, IovecArray, peekByte, PollEvent, SystemError, TlsError, TlsSession} from '@sterna/system';
import {type ByteChannel, SocketChannel} from './byte-channel.ts';
import {connectionError, LinkError, linkFaultOf} from './link-error.ts';
import type {Machine} from './machine.ts';
import type {OpenHandshake, WorkerReport} from './messages.ts';
import {createNativeBuffer} from './native-buffer.ts';
import {TlsChannel} from './tls-channel.ts';
import {VectorWindow} from './vector-window.ts';

/** Content type of a TLS record that holds a handshake message: what every TLS connection begins with. RFC 8446 section 5.1. */
const TLS_HANDSHAKE_RECORD = 0x16;

export type HandshakeMachineOptions = Omit<OpenHandshake, 'type' | 'timeoutMs'> & {
	readonly deadlineMs: number;
	readonly report: (report: WorkerReport) => void;
};

type State =
	/** Accepting: whether the peer begins with TLS is not known yet. */
	| {readonly name: 'listening'}
	| {readonly name: 'handshake'; readonly session: TlsSession}
	| {readonly name: 'preamble'; readonly channel: ByteChannel}
	| {readonly name: 'closed'};

/**
 * The beginning of a data connection: the TLS handshake, then the preamble, which the connecting end writes and the accepting one reads.
 * Then descriptor and session are the main thread's again, to be put into a link.
 */
export class HandshakeMachine implements Machine {
	readonly deadlineMs: number;
	readonly runnable = false;
	readonly #options: HandshakeMachineOptions;
	readonly #preamble = createNativeBuffer(PREAMBLE_BYTES);
	readonly #window = new VectorWindow(new IovecArray(1));
	#state: State;
	#waitsFor: number;

	constructor(options: HandshakeMachineOptions) {
		this.#options = options;
		this.deadlineMs = options.deadlineMs;
		this.#window.add(this.#preamble.address, PREAMBLE_BYTES);
		if (options.preamble === undefined) {
			this.#state = {name: 'listening'};
			this.#waitsFor = PollEvent.readable;
		} else {
			this.#preamble.bytes.set(options.preamble);
			this.#state = {name: 'handshake', session: new TlsSession(options.tlsSession)};
			this.#waitsFor = PollEvent.writable;
		}
	}

	get pollFd(): number | undefined {
		return this.closed ? undefined : this.#options.fd;
	}

	get pollEvents(): number {
		return this.#waitsFor;
	}

	get closed(): boolean {
		return this.#state.name === 'closed';
	}

	step(_found: number, nowMs: number): void {
		try {
			if (nowMs >= this.deadlineMs) throw new LinkError({code: 'ERR_PEER_SILENT', message: 'no TLS handshake and preamble in time'});
			this.#goOn();
		} catch (error) {
			this.close(asLinkError(error));
		}
	}

	close(cause?: unknown): void {
		const {fd, tlsSession, link, report} = this.#options;
		if (this.closed) return;
		const isPlain = this.#state.name === 'preamble' && this.#state.channel instanceof SocketChannel;
		this.#state = {name: 'closed'};
		if (!isPlain) freeTlsSession(tlsSession);
		closeDescriptor(fd);
		report({type: 'closed', link, fault: cause === undefined ? undefined : {kind: 'failed', fault: linkFaultOf(cause)}});
	}

	/** As far as the descriptor lets it. */
	#goOn(): void {
		if (this.#state.name === 'listening') this.#recognise(peekByte(this.#options.fd));
		if (this.#state.name === 'handshake') this.#shakeHands(this.#state.session);
		if (this.#state.name === 'preamble') this.#exchangePreamble(this.#state.channel);
	}

	/** `byte`: the first, as `peekByte` has it. */
	#recognise(byte: number | undefined): void {
		const {fd, tlsSession, plainAllowed} = this.#options;
		if (byte === undefined) throw endedEarly();
		if (byte === -Errno.EAGAIN || byte === -Errno.EINTR) return;
		if (byte < 0) throw connectionError('waiting for the preamble', -byte);
		if (byte === TLS_HANDSHAKE_RECORD) {
			this.#state = {name: 'handshake', session: new TlsSession(tlsSession)};
			return;
		}

		if (!plainAllowed) throw new LinkError({code: 'ERR_TLS', message: 'it does not speak TLS'});
		freeTlsSession(tlsSession);
		this.#state = {name: 'preamble', channel: new SocketChannel(fd)};
	}

	#shakeHands(session: TlsSession): void {
		const waitsFor = session.handshake();
		if (waitsFor === 'done') this.#state = {name: 'preamble', channel: new TlsChannel(this.#options.fd, session.address)};
		else this.#waitsFor = PollEvent[waitsFor];
	}

	#exchangePreamble(channel: ByteChannel): void {
		const sends = this.#options.preamble !== undefined;
		this.#waitsFor = sends ? PollEvent.writable : PollEvent.readable;
		while (this.#window.byteCount > 0) {
			const moved = this.#window.move((vector, first, count) => {
				return sends ? channel.write(vector, first, count) : channel.read(vector, first, count);
			}, PREAMBLE_BYTES);
			if (moved === -Errno.EAGAIN) return;
			if (moved === 0) throw endedEarly();
			if (moved < 0 && moved !== -Errno.EINTR) throw channel.errorOf(`${sends ? 'writing' : 'reading'} the preamble`, -moved);
		}

		this.#state = {name: 'closed'};
		const {link, report} = this.#options;
		report({type: 'secured', link, isTls: channel instanceof TlsChannel, preamble: sends ? undefined : this.#preamble.bytes.slice()});
	}
}

function endedEarly(): LinkError {
	return new LinkError({code: 'ERR_CONNECTION_LOST', message: 'closed before its preamble was whole'});
}

function asLinkError(error: unknown): unknown {
	if (error instanceof TlsError) return new LinkError({code: 'ERR_TLS', message: `the TLS handshake failed: ${error.message}`});
	if (error instanceof SystemError) return connectionError('shaking hands', error.errno);
	return error;
}
