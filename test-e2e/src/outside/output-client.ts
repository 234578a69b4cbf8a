import {createSocket, type RemoteInfo, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {formatRequest, parseReply, type Reply, type ReplyState} from '@sterna/domain/replies';
import {type Distribution, distributionOf} from './distribution.ts';
import {missingSerials, replyFaults} from './reply-faults.ts';

/** Bytes that may wait for this process while it is busy. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** A reply that was sent is here after this time, this process being busy or not. */
const SETTLE_MS = 200;
const PATIENCE_MS = 60_000;

export type OutputClientOptions = {
	/** Of all hosts that the guest may run on: each request goes to all of them, and who runs it answers. */
	readonly addresses: readonly string[];
	readonly port: number;
	readonly requestsPerSecond: number;
};

/** A reply as it came. Times: `performance.now()` of this process. */
export type SeenReply = Reply & {readonly address: string; readonly sentMs: number; readonly arrivedMs: number};

/** Replies that came from one host, one behind the other. */
export type ReplyStretch = {readonly address: string; readonly from: number; readonly to: number; readonly replies: number};

/** What the client has seen, put together. */
export type OutputSummary = {
	readonly requests: number;
	readonly replies: number;
	/** From the sending of a request to the arrival of its reply. */
	readonly latency: Distribution;
	/** Longest time without a reply, between two of them. */
	readonly longestSilenceMs: number;
	readonly stretches: readonly ReplyStretch[];
	/** Numbers that did not come, between the first and the last. */
	readonly missing: readonly number[];
};

/**
 * The world outside, as a client that asks a workload guest at its UDP port again and again, wherever it runs, and logs every reply. It knows nothing of daemons: what it
 * has seen is what the guest has said.
 */
export class OutputClient implements AsyncDisposable {
	/** In the order in which they came. */
	readonly replies: SeenReply[] = [];
	/** What came besides: nothing, of a guest. */
	readonly strangers: string[] = [];
	readonly #options: OutputClientOptions;
	readonly #socket: Socket;
	/** When each request was sent; its index is in its nonce. */
	readonly #sentMs: number[] = [];
	readonly #startedMs = performance.now();
	#timer: NodeJS.Timeout | undefined;

	private constructor(options: OutputClientOptions, socket: Socket) {
		this.#options = options;
		this.#socket = socket;
		socket.on('message', (bytes, from) => this.#receive(bytes.toString('latin1'), from));
		// Of a host that cannot be reached.
		socket.on('error', () => undefined);
		this.#timer = setInterval(() => this.#send(), Math.max(1, 1000 / options.requestsPerSecond));
	}

	/** Begins to ask. */
	static async start(options: OutputClientOptions): Promise<OutputClient> {
		const socket = createSocket({type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES});
		socket.bind();
		await once(socket, 'listening');
		return new OutputClient(options, socket);
	}

	/** Resolves with the first reply to a request that is sent from now on: the guest runs somewhere, and is heard. Rejects when there is none for a minute. */
	async answered(address?: string): Promise<SeenReply> {
		const fromMs = performance.now();
		const firstSeen = this.replies.length;
		while (performance.now() < fromMs + PATIENCE_MS) {
			const reply = this.replies.slice(firstSeen).find(one => one.sentMs >= fromMs && (address === undefined || one.address === address));
			if (reply !== undefined) return reply;
			await sleep(1);
		}

		throw new Error(
			`no reply came from ${address ?? 'the guest'} in ${PATIENCE_MS} ms; the last one was ${JSON.stringify(this.replies.at(-1))}`,
		);
	}

	/** Asks no more, and resolves when what was under way is here. Output that is held then may still come. Idempotent. */
	async stop(): Promise<void> {
		if (this.#timer === undefined) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
		await sleep(SETTLE_MS);
	}

	/** What is wrong with what came, a sentence each: see `replyFaults`. */
	faults(known?: ReplyState): string[] {
		return [...this.strangers.map(text => `what is no reply came: ${JSON.stringify(text)}`), ...replyFaults(this.replies, known)];
	}

	/** Of replies that came at `fromMs` or later. */
	summary(fromMs = 0): OutputSummary {
		const replies = this.replies.filter(({arrivedMs}) => arrivedMs >= fromMs);
		return {
			requests: this.#sentMs.filter(sentMs => sentMs >= fromMs).length,
			replies: replies.length,
			latency: distributionOf(replies.map(({sentMs, arrivedMs}) => arrivedMs - sentMs)),
			longestSilenceMs: replies.reduce(
				(longest, {arrivedMs}, index) => Math.max(longest, arrivedMs - (replies[index - 1]?.arrivedMs ?? arrivedMs)),
				0,
			),
			stretches: stretchesOf(replies),
			missing: missingSerials(replies),
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		clearInterval(this.#timer);
		this.#timer = undefined;
		const closed = once(this.#socket, 'close');
		this.#socket.close();
		await closed;
	}

	/** As many as are due: timers come late. */
	#send(): void {
		const {addresses, port, requestsPerSecond} = this.#options;
		const due = Math.ceil(((performance.now() - this.#startedMs) / 1000) * requestsPerSecond);
		while (this.#sentMs.length < due) {
			const request = formatRequest(`n${this.#sentMs.length}`);
			this.#sentMs.push(performance.now());
			for (const address of addresses) this.#socket.send(request, port, address, () => undefined);
		}
	}

	#receive(text: string, {address}: RemoteInfo): void {
		const arrivedMs = performance.now();
		const reply = parseReply(text);
		const sentMs = reply === undefined ? undefined : this.#sentMs[Number(reply.nonce.slice(1))];
		if (reply === undefined || sentMs === undefined) this.strangers.push(text);
		else this.replies.push({...reply, address, sentMs, arrivedMs});
	}
}

function stretchesOf(replies: readonly SeenReply[]): ReplyStretch[] {
	const stretches: Array<{address: string; from: number; to: number; replies: number}> = [];
	for (const {address, serial} of replies) {
		const last = stretches.at(-1);
		if (last?.address === address) {
			last.to = serial;
			last.replies += 1;
		} else stretches.push({address, from: serial, to: serial, replies: 1});
	}

	return stretches;
}
