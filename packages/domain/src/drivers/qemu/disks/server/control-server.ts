import {createServer, type Socket} from 'node:net';
import {causeChain} from '@sterna/protocol/errors';
import * as v from 'valibot';
import {DomainError} from '../../../../domain-error.ts';
import {LineReader} from '../../../line-reader.ts';
import {MAX_PIECE_BYTES} from './blocks.ts';
import {ByteSocket} from './byte-socket.ts';
import {DiskServerRequest, FrameKind, frameOf, MAX_REQUEST_BYTES} from './control-protocol.ts';
import type {DiskImage} from './disk-image.ts';
import {DiskSession} from './disk-session.ts';

export type ControlServerOptions = {
	readonly images: readonly DiskImage[];
	/** Asked to end. */
	readonly onEnd: () => void;
};

/** Opens the socket at which daemons ask for what is logged of a guest's disks. Rejects where it cannot be made. */
export async function serveControl(path: string, options: ControlServerOptions): Promise<void> {
	const server = createServer({highWaterMark: MAX_PIECE_BYTES}, socket => void new Client(socket, options).serve());
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, resolve);
	});
}

class Client {
	readonly #options: ControlServerOptions;
	readonly #socket: ByteSocket;
	#session: DiskSession | undefined;
	/** What is being answered; the next answer comes behind it. */
	#answered: Promise<void> = Promise.resolve();

	constructor(raw: Socket, options: ControlServerOptions) {
		this.#options = options;
		this.#socket = new ByteSocket(raw);
	}

	/** Resolves when the client is gone. Never rejects. */
	async serve(): Promise<void> {
		const lines = new LineReader(MAX_REQUEST_BYTES);
		try {
			for (let chunk = await this.#socket.takeSome(); chunk !== undefined; chunk = await this.#socket.takeSome()) {
				for (const line of lines.push(chunk)) this.#take(v.parse(DiskServerRequest, JSON.parse(line)));
			}
		} catch {
			// No client of ours.
		}

		this.#socket.destroy();
		this.#session?.[Symbol.dispose]();
	}

	#take(request: DiskServerRequest): void {
		if (request.ask === 'end') {
			this.#options.onEnd();
			return;
		}

		if (request.ask === 'pass') {
			this.#session?.letPass(request.on);
			return;
		}

		if (request.ask === 'stop') this.#session?.stop();
		this.#answered = this.#answered.then(async () => this.#answer(request));
	}

	/** Never rejects. */
	async #answer(request: Exclude<DiskServerRequest, {ask: 'end' | 'pass'}>): Promise<void> {
		try {
			if (request.ask === 'open') this.#open(request.node);
			const session = this.#session;
			if (session === undefined) throw new DomainError('ERR_USAGE', 'no disk was opened');
			if (request.ask === 'copy') await session.copy();
			else if (request.ask === 'cut') await session.cut();
			else {
				if (request.ask === 'empty') await session.empty();
				session.tellFacts();
			}
		} catch (error) {
			const code = error instanceof DomainError ? error.code : 'ERR_FILE';
			const fault = {code, message: causeChain(error).join(': ')};
			this.#socket.write(frameOf(FrameKind.fault, 0, Buffer.from(JSON.stringify(fault))));
		}
	}

	#open(node: string): void {
		const image = this.#options.images.find(each => each.node === node);
		if (image === undefined) throw new DomainError('ERR_USAGE', `there is no disk ${node}`);
		if (this.#session !== undefined || !this.#socket.isOpen) throw new DomainError('ERR_USAGE', 'a connection is of one disk');
		this.#session = new DiskSession(this.#socket, image);
	}
}
