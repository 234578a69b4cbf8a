import {createSocket, type Socket} from 'node:dgram';
import type {ExecutionContext} from 'ava';
import {formatRequest, parseReply, type Reply} from '../../src/drivers/workload/replies.ts';

/** Someone outside who asks guests over UDP, and keeps what they answer. */
export class Asking {
	/** In the order in which they came. */
	readonly replies: Reply[] = [];
	/** What came besides. */
	readonly other: string[] = [];
	readonly #socket: Socket;

	constructor(t: ExecutionContext) {
		this.#socket = createSocket('udp4', bytes => {
			const reply = parseReply(bytes.toString());
			if (reply === undefined) this.other.push(bytes.toString());
			else this.replies.push(reply);
		});
		t.teardown(() => this.#socket.close());
	}

	/** Resolves when the datagram is the kernel's. */
	async send(text: string, address: string, port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#socket.send(text, port, address, error => {
				if (error === null) resolve();
				else reject(error);
			});
		});
	}

	/** Asks a port that is open, and resolves with what it answers. */
	async ask(nonce: string, address: string, port: number): Promise<Reply> {
		await this.send(formatRequest(nonce), address, port);
		for (;;) {
			const reply = this.replies.find(one => one.nonce === nonce);
			if (reply !== undefined) return reply;
			await new Promise<void>(resolve => {
				this.#socket.once('message', () => resolve());
			});
		}
	}
}
