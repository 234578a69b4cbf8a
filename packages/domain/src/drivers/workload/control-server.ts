import {chmodSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {isErrorCode} from '@sterna/protocol/errors';
import * as v from 'valibot';
import {formatMessage, type GuestAnswer, type GuestNotice, GuestRequest, MAX_LINE_BYTES} from './control-protocol.ts';
import {LineReader} from '../line-reader.ts';

/** Bytes waiting for a client that does not read; it is cut off above this. */
const MAX_UNREAD_BYTES = 1024 * 1024;

export type GuestControlOptions = {
	readonly socketPath: string;
	/** Does what a request asks; its result is sent, its rejection as an error with its code. Requests of all clients are handled as they come. */
	readonly handle: (request: GuestRequest) => Promise<object>;
	/** The last client has gone. */
	readonly onAlone: () => void;
};

/** A guest's control socket, for any number of clients. */
export class GuestControlServer {
	readonly #clients = new Set<Socket>();
	readonly #server = createServer();

	/** Rejects when the socket cannot be made. */
	async listen({socketPath, handle, onAlone}: GuestControlOptions): Promise<void> {
		this.#server.on('connection', socket => {
			this.#clients.add(socket);
			serveClient(socket, handle);
			socket.on('close', () => {
				this.#clients.delete(socket);
				if (this.#clients.size === 0) onAlone();
			});
		});
		await listen(this.#server, socketPath);
		chmodSync(socketPath, 0o600);
	}

	/** Tells every client. */
	notify(notice: GuestNotice): void {
		for (const socket of this.#clients) send(socket, notice);
	}

	/** Sends what is queued, cuts all connections and removes the socket. */
	async close(): Promise<void> {
		const closed = new Promise<void>(resolve => {
			this.#server.close(() => resolve());
		});
		await Promise.all(Array.from(this.#clients, finish));
		await closed;
	}
}

async function listen(server: Server, socketPath: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(socketPath, resolve);
	});
}

/** Ends a connection after what is queued for it was sent, or after a moment when it does not take it. */
async function finish(socket: Socket): Promise<void> {
	await new Promise<void>(resolve => {
		const timer = setTimeout(() => socket.destroy(), 500);
		socket.once('close', () => {
			clearTimeout(timer);
			resolve();
		});
		socket.destroySoon();
	});
}

function serveClient(socket: Socket, handle: GuestControlOptions['handle']): void {
	const lines = new LineReader(MAX_LINE_BYTES);
	socket.on('error', () => socket.destroy());
	socket.on('data', chunk => {
		try {
			for (const line of lines.push(chunk)) void answer(socket, line, handle);
		} catch {
			socket.destroy();
		}
	});
}

async function answer(socket: Socket, line: string, handle: GuestControlOptions['handle']): Promise<void> {
	const request = parseRequest(line);
	if (request === undefined) {
		// Whoever sends this is no client of ours: there is no id to answer to.
		socket.destroy();
		return;
	}

	try {
		send(socket, {id: request.id, ok: true, result: await handle(request)});
	} catch (error) {
		const code =
			error instanceof Error && 'code' in error && typeof error.code === 'string' && isErrorCode(error.code) ? error.code : 'ERR_INTERNAL';
		send(socket, {id: request.id, ok: false, code, message: error instanceof Error ? error.message : String(error)});
	}
}

function parseRequest(line: string): GuestRequest | undefined {
	try {
		const parsed = v.safeParse(GuestRequest, JSON.parse(line));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

type SentAnswer = Omit<Extract<GuestAnswer, {ok: true}>, 'result'> & {readonly result: object};

function send(socket: Socket, message: SentAnswer | Extract<GuestAnswer, {ok: false}> | GuestNotice): void {
	if (socket.destroyed) return;
	socket.write(formatMessage(message));
	if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
}
