import {connect, type Socket} from 'node:net';
import process from 'node:process';
import * as v from 'valibot';
import {DomainError} from '../../domain-error.ts';
import {
	GuestMessage,
	formatMessage,
	type GuestAnswer,
	type GuestCommand,
	type GuestNotice,
	type GuestRequest,
	type GuestResult,
	GuestResults,
	MAX_LINE_BYTES,
} from './control-protocol.ts';
import {LineReader} from '../line-reader.ts';

/** A guest answers between two slices of a millisecond; one that takes this long is stopped or gone. */
const ANSWER_TIMEOUT_MS = 10_000;
/** A full sweep of memory, or filling it again, takes its time. */
const LONG_TIMEOUT_MS = 10 * 60_000;
const LONG_COMMANDS: ReadonlySet<GuestCommand> = new Set(['check', 'warm', 'reboot']);

type ArgumentsOf<Command extends GuestCommand> = Omit<Extract<GuestRequest, {command: Command}>, 'id' | 'command'>;

type Waiting = {
	readonly command: GuestCommand;
	readonly settle: (answer: GuestAnswer) => void;
	readonly fail: (error: Error) => void;
	readonly timer: NodeJS.Timeout;
};

/** A connection to a workload guest's control socket. Everything that comes over it is checked before it is believed. */
export class GuestClient implements Disposable {
	/** What happens to the guest of its own accord; set by whoever wants to know. */
	onNotice: ((notice: GuestNotice) => void) | undefined;
	/** The connection ended without being disposed of: the guest is gone. */
	onGone: (() => void) | undefined;
	readonly #socket: Socket;
	readonly #waiting = new Map<number, Waiting>();
	#nextId = 1;
	#closed = false;
	#corked = false;

	/** Rejects ERR_GUEST_EXITED when nobody listens. */
	static async connect(socketPath: string): Promise<GuestClient> {
		const socket = connect(socketPath);
		try {
			await new Promise<void>((resolve, reject) => {
				socket.once('connect', resolve);
				socket.once('error', reject);
			});
		} catch (error) {
			throw new DomainError('ERR_GUEST_EXITED', `the guest does not answer on ${socketPath}`, {cause: error});
		}

		return new GuestClient(socket);
	}

	private constructor(socket: Socket) {
		this.#socket = socket;
		const lines = new LineReader(MAX_LINE_BYTES);
		socket.on('data', chunk => {
			try {
				for (const line of lines.push(chunk)) this.#receive(line);
			} catch (error) {
				this.#close(new DomainError('ERR_INTERNAL', "what came over the guest's control socket is no message of a guest", {cause: error}));
			}
		});
		socket.on('error', error => this.#close(new DomainError('ERR_GUEST_EXITED', "the guest's control socket failed", {cause: error})));
		socket.on('close', () => this.#close(new DomainError('ERR_GUEST_EXITED', 'the guest closed its control socket')));
	}

	/** Asks and waits for the answer. Rejects with the guest's error code, or ERR_GUEST_EXITED when it goes away or does not answer in time. */
	async request<Command extends GuestCommand>(
		command: Command,
		...[given]: keyof ArgumentsOf<Command> extends never ? [] : [ArgumentsOf<Command>]
	): Promise<GuestResult<Command>> {
		const answer = await this.#ask(command, {...given});
		if (!answer.ok) throw new DomainError(answer.code, answer.message);
		const parsed = v.safeParse<v.GenericSchema<unknown, GuestResult<Command>>>(GuestResults[command], answer.result);
		if (!parsed.success) throw new DomainError('ERR_INTERNAL', `the guest's answer to ${command} is none: ${parsed.issues[0].message}`);
		return parsed.output;
	}

	/** Ends the connection; requests under way reject. The guest goes on. Idempotent. */
	[Symbol.dispose](): void {
		this.onGone = undefined;
		this.onNotice = undefined;
		this.#close(new DomainError('ERR_DOMAIN_STATE', 'the connection to the guest was closed'));
	}

	async #ask(command: GuestCommand, given: object): Promise<GuestAnswer> {
		if (this.#closed) throw new DomainError('ERR_GUEST_EXITED', 'the connection to the guest has ended');
		const id = this.#nextId++;
		return new Promise<GuestAnswer>((resolve, reject) => {
			const timeoutMs = LONG_COMMANDS.has(command) ? LONG_TIMEOUT_MS : ANSWER_TIMEOUT_MS;
			const timer = setTimeout(() => {
				this.#waiting.delete(id);
				reject(new DomainError('ERR_GUEST_EXITED', `the guest did not answer ${command} within ${timeoutMs} ms`));
			}, timeoutMs);
			this.#waiting.set(id, {command, settle: resolve, fail: reject, timer});
			this.#send(formatMessage({id, command, ...given}));
		});
	}

	/** What is asked in one breath goes out in one write. */
	#send(line: string): void {
		if (!this.#corked) {
			this.#corked = true;
			this.#socket.cork();
			process.nextTick(() => {
				this.#corked = false;
				this.#socket.uncork();
			});
		}

		this.#socket.write(line);
	}

	#receive(line: string): void {
		const message = v.parse(GuestMessage, JSON.parse(line));
		if ('event' in message) {
			this.onNotice?.(message);
			return;
		}

		const waiting = this.#waiting.get(message.id);
		if (!waiting) return; // Came after its time.
		this.#waiting.delete(message.id);
		clearTimeout(waiting.timer);
		waiting.settle(message);
	}

	#close(cause: Error): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#socket.destroy();
		for (const {fail, timer} of this.#waiting.values()) {
			clearTimeout(timer);
			fail(cause);
		}

		this.#waiting.clear();
		this.onGone?.();
	}
}
