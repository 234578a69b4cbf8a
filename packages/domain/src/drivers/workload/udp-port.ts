import {createSocket, type Socket} from 'node:dgram';
import {isIPv6} from 'node:net';
import type {Outlet} from './epoch-gate.ts';
import {MAX_DATAGRAM_BYTES, parseRequest} from './replies.ts';

/** A port that somebody else has, a counterpart of this guest on the same machine perhaps, is tried again after this time. */
const RETRY_MS = 100;

export type UdpPortOptions = {
	/** IP address of this host that the port is opened at. */
	readonly address: string;
	readonly port: number;
	/** A request has come in. `reply` sends to where it came from; what is lost on the way is lost. */
	readonly onRequest: (nonce: string, reply: Outlet) => void;
};

/** The guest's port to the world: datagrams in, datagrams out. It is closed until the guest runs here. */
export class UdpPort {
	readonly #options: UdpPortOptions;
	#socket: Socket | undefined;
	#isOpen = false;
	#failure: string | undefined;
	#retry: NodeJS.Timeout | undefined;

	constructor(options: UdpPortOptions) {
		this.#options = options;
	}

	/** For people: `closed`, `open at …`, or why it cannot be opened. */
	get state(): string {
		const {address, port} = this.#options;
		if (this.#isOpen) return `open at ${address} port ${port}`;
		return this.#failure === undefined ? 'closed' : `closed: ${this.#failure}`;
	}

	/** Opens the port, or goes on trying to where it is taken. Idempotent. */
	open(): void {
		if (this.#socket !== undefined) return;
		const {address, port} = this.#options;
		// Without looking up what is an address: a datagram is in the kernel when `send` returns.
		const socket = createSocket({
			type: isIPv6(address) ? 'udp6' : 'udp4',
			lookup: (host, _options, found) => found(null, host, isIPv6(host) ? 6 : 4),
		});
		this.#socket = socket;
		socket.once('listening', () => {
			this.#isOpen = true;
		});
		socket.on('message', (bytes, {address: host, port: from}) => {
			if (bytes.byteLength > MAX_DATAGRAM_BYTES) return;
			const nonce = parseRequest(bytes.toString('latin1'));
			if (nonce !== undefined) this.#options.onRequest(nonce, reply => this.#send(reply, host, from));
		});
		socket.on('error', error => {
			// Once the port is open, of a single datagram, which may get lost.
			if (this.#isOpen) return;
			this.#failure = error.message;
			socket.close();
			this.#socket = undefined;
			this.#retry = setTimeout(() => this.open(), RETRY_MS);
		});
		socket.bind({address, port});
	}

	close(): void {
		clearTimeout(this.#retry);
		this.#isOpen = false;
		this.#socket?.close();
		this.#socket = undefined;
	}

	#send(bytes: Uint8Array<ArrayBuffer>, host: string, port: number): void {
		this.#socket?.send(bytes, port, host, () => undefined);
	}
}
