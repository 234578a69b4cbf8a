import {once} from 'node:events';
import {connect} from 'node:net';
import {isErrorCode} from '@sterna/protocol/errors';
import * as v from 'valibot';
import {DomainError} from '../../../../domain-error.ts';
import type {DiskExtent} from '../../../../source-domain.ts';
import {ByteSocket} from './byte-socket.ts';
import {
	DiskFacts,
	DiskServerFault,
	type DiskServerRequest,
	FRAME_HEAD_BYTES,
	FrameKind,
	MAX_BODY_BYTES,
	parseFrameHead,
} from './control-protocol.ts';

/** What a server answers with: any number of extents, and what ends the answer. */
type Answer =
	| {readonly kind: 'extent'; readonly extent: DiskExtent}
	| {readonly kind: 'facts'; readonly facts: DiskFacts}
	| {readonly kind: 'fault'; readonly error: DomainError};

/** Frames that are read ahead of whoever wants them. */
const MAX_READY = 2;

type FactsRequest = Extract<DiskServerRequest, {ask: 'open' | 'stat' | 'stop' | 'empty'}>;

/** A daemon's connection to the server of one disk. One question at a time; with the next one, extents that were not read are let go of. */
export class DiskServerClient implements Disposable {
	readonly node: string;
	readonly #socket: ByteSocket;
	readonly #ready: Answer[] = [];
	#changed = Promise.withResolvers<void>();
	/** Ends of answers that are to come. */
	#expected = 0;
	/** Why nothing comes any more. */
	#over: DomainError | undefined;
	#facts: DiskFacts | undefined;
	#loggedBytes = 0;

	/** Rejects ERR_GUEST_EXITED where nobody listens: with its guest, the server is gone. */
	static async connect(path: string, node: string): Promise<DiskServerClient> {
		const raw = connect({path});
		try {
			await once(raw, 'connect');
		} catch (error) {
			throw new DomainError('ERR_GUEST_EXITED', `the server of the disk ${node} does not answer on ${path}`, {cause: error});
		}

		const client = new DiskServerClient(new ByteSocket(raw), node);
		try {
			await client.ask({ask: 'open', node});
			return client;
		} catch (error) {
			client[Symbol.dispose]();
			throw error;
		}
	}

	private constructor(socket: ByteSocket, node: string) {
		this.#socket = socket;
		this.node = node;
		void this.#receive();
	}

	get sizeBytes(): number {
		return this.#facts?.sizeBytes ?? 0;
	}

	/** As it was last heard of. */
	get loggedBytes(): number {
		return this.#loggedBytes;
	}

	/** Asks what is answered by facts alone. Rejects with the server's code, ERR_GUEST_EXITED where it is gone. */
	async ask(request: FactsRequest): Promise<DiskFacts> {
		await this.#begin(request);
		return this.#takeFacts();
	}

	/** Has writes wait for no room until the next cut, or again. Nothing answers, nothing fails. */
	letPass(isOn: boolean): void {
		this.#tell({ask: 'pass', on: isOn});
	}

	/** What is to be copied. Whoever stops reading it ends the log. Rejects as `ask`, and with the signal's reason. */
	async *copy(signal?: AbortSignal): AsyncGenerator<DiskExtent, void, undefined> {
		await this.#begin({ask: 'copy'});
		let isOver = false;
		try {
			for (let answer = await this.#take(signal); ; answer = await this.#take(signal)) {
				isOver = answer.kind !== 'extent';
				if (answer.kind === 'fault') throw answer.error;
				if (answer.kind === 'facts') return;
				yield answer.extent;
			}
		} finally {
			if (!isOver) {
				this.#tell({ask: 'stop'});
				this.#expected += 1;
			}
		}
	}

	/** Ends the epoch, and resolves with what was written in it. Rejects as `ask`. */
	async cut(): Promise<AsyncIterable<DiskExtent>> {
		await this.#begin({ask: 'cut'});
		await this.#takeFacts();
		this.#expected += 1; // The extents have an end of their own.
		return this.#epoch();
	}

	/** Ends the connection, and with it what it has logged. Idempotent. */
	[Symbol.dispose](): void {
		this.#end(new DomainError('ERR_DOMAIN_STATE', `the connection to the disk ${this.node} was closed`));
	}

	async *#epoch(): AsyncGenerator<DiskExtent, void, undefined> {
		for (let answer = await this.#take(); answer.kind !== 'facts'; answer = await this.#take()) {
			if (answer.kind === 'fault') throw answer.error;
			yield answer.extent;
		}
	}

	/** Lets go of what was not read, and asks. */
	async #begin(request: DiskServerRequest): Promise<void> {
		while (this.#expected > 0) await this.#take();
		this.#tell(request);
		this.#expected = 1;
	}

	#tell(request: DiskServerRequest): void {
		this.#socket.write(Buffer.from(`${JSON.stringify(request)}\n`));
	}

	async #takeFacts(): Promise<DiskFacts> {
		const answer = await this.#take();
		if (answer.kind === 'fault') throw answer.error;
		if (answer.kind === 'facts') return answer.facts;
		throw this.#end(this.#unreadable('an extent that was not asked for'));
	}

	/** The next frame of an answer. */
	async #take(signal?: AbortSignal): Promise<Answer> {
		const aborted = Promise.withResolvers<void>();
		const onAbort = (): void => aborted.resolve();
		signal?.addEventListener('abort', onAbort, {once: true});
		try {
			for (;;) {
				signal?.throwIfAborted();
				const answer = this.#ready.shift();
				if (answer !== undefined) {
					if (answer.kind !== 'extent') this.#expected -= 1;
					this.#change();
					return answer;
				}

				if (this.#over !== undefined) throw this.#over;
				await Promise.race([this.#changed.promise, aborted.promise]);
			}
		} finally {
			signal?.removeEventListener('abort', onAbort);
		}
	}

	/** Takes what comes until the connection is over. Never rejects. */
	async #receive(): Promise<void> {
		while (this.#over === undefined) {
			const head = await this.#socket.take(FRAME_HEAD_BYTES);
			const {kind, bodyBytes, number} = head === undefined ? {kind: 0, bodyBytes: 0, number: 0} : parseFrameHead(head);
			const body = bodyBytes > MAX_BODY_BYTES ? undefined : await this.#socket.take(bodyBytes);
			if (head === undefined || body === undefined) {
				this.#end(new DomainError('ERR_GUEST_EXITED', `the server of the disk ${this.node} is gone`));
				return;
			}

			try {
				this.#accept(kind, number, body);
			} catch (error) {
				this.#end(this.#unreadable(`a frame of kind ${kind} that cannot be read`, error));
			}

			while (this.#ready.length >= MAX_READY && this.#over === undefined) await this.#changed.promise;
		}
	}

	/** Throws where the body is not what its kind says. */
	#accept(kind: number, number: number, body: Buffer<ArrayBuffer>): void {
		switch (kind) {
			case FrameKind.facts: {
				const facts = v.parse(DiskFacts, JSON.parse(body.toString('utf8')));
				this.#facts = facts;
				this.#loggedBytes = facts.loggedBytes;
				this.#ready.push({kind: 'facts', facts});
				break;
			}

			case FrameKind.extent:
				this.#ready.push({kind: 'extent', extent: {offset: number, bytes: body}});
				break;
			case FrameKind.logged:
				this.#loggedBytes = number;
				break;
			case FrameKind.fault: {
				const {code, message} = v.parse(DiskServerFault, JSON.parse(body.toString('utf8')));
				this.#ready.push({kind: 'fault', error: new DomainError(isErrorCode(code) ? code : 'ERR_INTERNAL', message)});
				break;
			}

			default:
				throw new RangeError(`there is no kind ${kind}`);
		}

		this.#change();
	}

	#unreadable(what: string, cause?: unknown): DomainError {
		return new DomainError('ERR_INTERNAL', `the server of the disk ${this.node} sent ${what}`, {cause});
	}

	#end(why: DomainError): DomainError {
		this.#over ??= why;
		this.#socket.destroy();
		this.#change();
		return this.#over;
	}

	#change(): void {
		this.#changed.resolve();
		this.#changed = Promise.withResolvers();
	}
}
