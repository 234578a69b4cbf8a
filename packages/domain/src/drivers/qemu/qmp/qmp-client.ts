import {connect, type Socket} from 'node:net';
import {peerProcess} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import {LineReader} from '../../line-reader.ts';
import {QmpCommandError} from './qmp-command-error.ts';
import {parseQmpMessage, type QemuVersion, type QmpMessage} from './qmp-message.ts';
import {QMP_EVENT_NAMES, type QmpCommands, type QmpEvents} from './qmp-types.ts';

/** 4 MiB: the longest line of QEMU 7.2, its whole schema, has 0.2 MiB. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;
/** A monitor that is free greets within a millisecond, one that is not never does. */
const CONNECT_TIMEOUT_MS = 2000;
/** A command is answered between two turns of QEMU's main loop; the slowest here writes device state. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Errors of connect that mean that no QEMU listens. */
const NOBODY_LISTENS_CODES = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

const KNOWN_EVENTS: ReadonlySet<string> = new Set(QMP_EVENT_NAMES);

export type QmpCommandName = keyof QmpCommands;
export type QmpEventName = keyof QmpEvents;
export type QmpArguments<Command extends QmpCommandName> = QmpCommands[Command]['arguments'];
export type QmpResult<Command extends QmpCommandName> = QmpCommands[Command]['result'];

/** An event with what it says. */
export type QmpEvent = {[Name in QmpEventName]: {readonly name: Name; readonly data: QmpEvents[Name]}}[QmpEventName];

export type ExecuteOptions = {
	/** Milliseconds until the answer must be there. */
	readonly timeoutMs?: number;
};

/** What follows a command's name: its arguments may be left out when it needs none. */
type Given<Command extends QmpCommandName> =
	Readonly<Record<string, never>> extends QmpArguments<Command>
		? [args?: QmpArguments<Command>, options?: ExecuteOptions]
		: [args: QmpArguments<Command>, options?: ExecuteOptions];

type QmpAnswer = Extract<QmpMessage, {kind: 'result' | 'error'}>;

type Waiting = {
	readonly command: string;
	readonly settle: (answer: QmpAnswer) => void;
	readonly fail: (error: DomainError) => void;
	readonly timer: NodeJS.Timeout;
};

/** Told of every event until it has found its own. */
type EventWaiter = {readonly offer: (event: QmpEvent) => void; readonly fail: (error: DomainError) => void};

/**
 * A connection to a QEMU's monitor. A monitor serves one client at a time, so whoever holds the domain's lock holds this.
 * The form of every message is checked; that a result or an event has the shape which QEMU's own introspection gives it is not.
 */
export class QmpClient implements Disposable {
	/** Told of each event of `QMP_EVENT_NAMES`, in the order in which they come; set by whoever wants to know. Must not throw. */
	onEvent: ((event: QmpEvent) => void) | undefined;
	/** The connection ended without being disposed of: with ERR_GUEST_EXITED when QEMU closed it. Called once. */
	onGone: ((error: DomainError) => void) | undefined;
	readonly #socket: Socket;
	readonly #socketPath: string;
	readonly #greeted = Promise.withResolvers<void>();
	readonly #waiting = new Map<number, Waiting>();
	/** Commands whose time was over: their answers may still come. */
	readonly #givenUp = new Set<number>();
	readonly #eventWaiters = new Set<EventWaiter>();
	#version: QemuVersion | undefined;
	#capabilities: readonly string[] = [];
	#ended: DomainError | undefined;

	/**
	 * Connects, and waits for the greeting and the start of command mode, at most `timeoutMs` for each. Rejects ERR_DOMAIN_BUSY when the monitor
	 * says nothing, which is what one does that has a client already; ERR_GUEST_EXITED when nobody listens; ERR_FILE when the socket may not be opened.
	 */
	static async connect(socketPath: string, {timeoutMs = CONNECT_TIMEOUT_MS}: {readonly timeoutMs?: number} = {}): Promise<QmpClient> {
		const client = new QmpClient(connect(socketPath), socketPath);
		const timer = setTimeout(() => client.#end(busy(socketPath, `it says nothing for ${timeoutMs} ms`)), timeoutMs);
		try {
			await client.#greeted.promise;
			clearTimeout(timer);
			// It then reads commands ahead of the one that it obeys, up to eight, and no more stops to read behind each: several in a row take half as long.
			const enable: readonly 'oob'[] = client.#capabilities.includes('oob') ? ['oob'] : [];
			await client.execute('qmp_capabilities', {enable}, {timeoutMs});
			return client;
		} catch (error) {
			client[Symbol.dispose]();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	private constructor(socket: Socket, socketPath: string) {
		this.#socket = socket;
		this.#socketPath = socketPath;
		const lines = new LineReader(MAX_LINE_BYTES);
		socket.on('data', chunk => {
			try {
				for (const line of lines.push(chunk)) this.#receive(parseQmpMessage(line));
			} catch (error) {
				this.#end(new DomainError('ERR_DOMAIN_STATE', `what comes over the monitor ${socketPath} is no QMP`, {cause: error}));
			}
		});
		socket.on('error', error => this.#end(errorOfSocket(error, socketPath)));
		socket.on('close', () => this.#end(new DomainError('ERR_GUEST_EXITED', `QEMU closed its monitor ${socketPath}`)));
	}

	/** What QEMU said of itself when it greeted. */
	get version(): QemuVersion {
		if (this.#version === undefined) throw new TypeError('a client that is connected has been greeted');
		return this.#version;
	}

	/** Pid of the process that made the socket: its QEMU, unless somebody made it for that. Throws ERR_GUEST_EXITED where the connection is over. */
	get serverPid(): number {
		// What `node:net` keeps for itself: the libuv handle.
		const handle = Reflect.get(this.#socket, '_handle') as {readonly fd: number} | null | undefined;
		if (this.#ended !== undefined || !handle) throw this.#ended ?? new TypeError('a connected socket has a handle');
		return peerProcess(handle.fd);
	}

	/** Why the connection is over; undefined while it is there. */
	get gone(): DomainError | undefined {
		return this.#ended;
	}

	/**
	 * Gives a command, before this returns, and waits for its answer. QEMU obeys commands in the order in which they were given, so several may be
	 * under way. Rejects QmpCommandError when QEMU refuses it, ERR_GUEST_EXITED when QEMU goes away, ERR_DOMAIN_STATE when it does not answer in time:
	 * it may still obey then.
	 */
	async execute<Command extends QmpCommandName>(command: Command, ...[args, options]: Given<Command>): Promise<QmpResult<Command>> {
		const answer = await this.#ask(command, args, options?.timeoutMs ?? ANSWER_TIMEOUT_MS);
		if (answer.kind === 'error') throw new QmpCommandError(command, answer.errorClass, answer.description);
		return answer.result;
	}

	/**
	 * Gives a command of the monitor for people, and resolves with what it prints: its errors too. For the little that QMP has no command for.
	 * Rejects as `execute` does.
	 */
	async humanMonitor(commandLine: string, options?: ExecuteOptions): Promise<string> {
		return this.execute('human-monitor-command', {'command-line': commandLine}, options);
	}

	/**
	 * Resolves with the data of the next such event that `isWanted` takes. It listens before this returns: call it before the command that brings the event.
	 * Rejects with the signal's reason, or with the error that ended the connection. A result that nobody awaits does no harm.
	 */
	waitForEvent<Name extends QmpEventName>(
		name: Name,
		isWanted: (data: QmpEvents[Name]) => boolean = () => true,
		signal?: AbortSignal,
	): Promise<QmpEvents[Name]> {
		const found = this.#nextEvent(name, isWanted, signal);
		found.catch(() => {}); // The command that was to bring it may fail first, and then nobody looks here.
		return found;
	}

	/** Ends the connection; what is under way rejects. QEMU goes on. Idempotent. */
	[Symbol.dispose](): void {
		this.onGone = undefined;
		this.onEvent = undefined;
		this.#end(new DomainError('ERR_DOMAIN_STATE', `the connection to the monitor ${this.#socketPath} was closed`));
	}

	async #nextEvent<Name extends QmpEventName>(
		name: Name,
		isWanted: (data: QmpEvents[Name]) => boolean,
		signal: AbortSignal | undefined,
	): Promise<QmpEvents[Name]> {
		signal?.throwIfAborted();
		if (this.#ended !== undefined) throw this.#ended;
		const {promise, resolve, reject} = Promise.withResolvers<QmpEvents[Name]>();
		const onAbort = (): void => reject(signal?.reason);
		const waiter: EventWaiter = {
			offer: event => {
				if (event.name !== name) return;
				const data = event.data as QmpEvents[Name];
				try {
					if (isWanted(data)) resolve(data);
				} catch (error) {
					reject(error);
				}
			},
			fail: reject,
		};
		this.#eventWaiters.add(waiter);
		signal?.addEventListener('abort', onAbort, {once: true});
		try {
			return await promise;
		} finally {
			this.#eventWaiters.delete(waiter);
			signal?.removeEventListener('abort', onAbort);
		}
	}

	async #ask(command: string, args: object | undefined, timeoutMs: number): Promise<QmpAnswer> {
		if (this.#ended !== undefined) throw this.#ended;
		const id = this.#freeId();
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(id);
				this.#givenUp.add(id);
				reject(new DomainError('ERR_DOMAIN_STATE', `QEMU did not answer ${command} within ${timeoutMs} ms`));
			}, timeoutMs);
			this.#waiting.set(id, {command, settle: resolve, fail: reject, timer});
			this.#socket.write(`${JSON.stringify({execute: command, arguments: args, id})}\n`);
		});
	}

	/** A short one: QEMU reads a command byte by byte, which takes it some 5 µs each, also while the guest stands still. */
	#freeId(): number {
		let id = 1;
		while (this.#waiting.has(id) || this.#givenUp.has(id)) id += 1;
		return id;
	}

	#receive(message: QmpMessage): void {
		if (this.#ended !== undefined) return;
		if (message.kind === 'event') {
			this.#tell(message.name, message.data);
			return;
		}

		if (message.kind === 'greeting') {
			if (this.#version !== undefined) throw new Error('it greets a second time');
			this.#version = message.version;
			this.#capabilities = message.capabilities;
			this.#greeted.resolve();
			return;
		}

		if (message.id === undefined)
			throw new Error(`QEMU understood a command as none: ${message.kind === 'error' ? message.description : ''}`);
		const waiting = this.#waiting.get(message.id);
		if (waiting === undefined) {
			if (!this.#givenUp.delete(message.id)) throw new Error(`it answers ${message.id}, which is no command under way`);
			return;
		}

		this.#waiting.delete(message.id);
		clearTimeout(waiting.timer);
		waiting.settle(message);
	}

	#tell(name: string, data: object): void {
		if (!KNOWN_EVENTS.has(name)) return;
		const event = {name, data} as QmpEvent;
		for (const {offer} of this.#eventWaiters) offer(event);
		this.onEvent?.(event);
	}

	#end(cause: DomainError): void {
		if (this.#ended !== undefined) return;
		this.#ended = cause;
		this.#socket.destroy();
		this.#greeted.reject(cause);
		for (const {command, fail, timer} of this.#waiting.values()) {
			clearTimeout(timer);
			fail(new DomainError(cause.code, `QEMU did not answer ${command}: ${cause.message}`, {cause}));
		}

		this.#waiting.clear();
		for (const {fail} of this.#eventWaiters) fail(cause);
		this.#eventWaiters.clear();
		this.onGone?.(cause);
	}
}

function busy(socketPath: string, because: string, cause?: unknown): DomainError {
	return new DomainError('ERR_DOMAIN_BUSY', `another client holds the monitor ${socketPath}: ${because}`, {cause});
}

function errorOfSocket(cause: Error, socketPath: string): DomainError {
	const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
	// Clients that nobody has accepted yet fill the queue.
	if (code === 'EAGAIN') return busy(socketPath, 'others wait for it already', cause);
	if (NOBODY_LISTENS_CODES.has(code)) return new DomainError('ERR_GUEST_EXITED', `no QEMU listens on its monitor ${socketPath}`, {cause});
	if (code === 'EACCES' || code === 'EPERM') return new DomainError('ERR_FILE', `the monitor ${socketPath} may not be opened`, {cause});
	return new DomainError('ERR_GUEST_EXITED', `the connection to the monitor ${socketPath} failed`, {cause});
}
