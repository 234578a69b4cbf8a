import {type ChildProcess, spawn} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {isErrorCode} from '@sterna/protocol/errors';
import {closeDescriptor, isSystemError, receiveWithDescriptors, sendWithDescriptors, socketPair, WITHOUT_MAGLEV} from '@sterna/system';
import * as v from 'valibot';
import {childEnvironment} from '../../../child-environment.ts';
import {DomainError} from '../../../domain-error.ts';
import {HELPER_FD, HelperReply, type HelperRequest, MAX_HELPER_LINE_BYTES} from './helper-protocol.ts';

/** A helper starts within 0.1 s on a quiet machine and does its work in some milliseconds. */
const ANSWER_TIMEOUT_MS = 20_000;
/** What of a helper's own words is kept, in characters. */
const MAX_STDERR = 4096;

/** What was taken of a running QEMU. The descriptors are the caller's to close. */
export type QemuHold = {
	/** The RAM file; for reading only where tracking was asked for, otherwise for writing too. */
	readonly ramFd: number;
	/** Address of the RAM in QEMU's process: page n of the file stands at `address` + n × 4096. */
	readonly address: number;
	/** Writes are tracked for as long as `uffd` is open; `pagemap` is what they are read from (`startPagemapScanLog`). Undefined where not asked for, or refused. */
	readonly tracking: {readonly uffd: number; readonly pagemap: number; readonly userModeOnly: boolean} | undefined;
	/** Why tracking that was asked for does not work. */
	readonly trackingRefused: string | undefined;
};

/**
 * A short-lived process that holds the rights to look into a QEMU, for one request. `start` returns at once: its start-up, some 0.1 s,
 * passes while its caller does other work. Ended on disposal, and by itself when this process ends.
 */
export class QemuHelper implements AsyncDisposable {
	readonly #child: ChildProcess;
	readonly #socket: number;
	/** Resolves when the process has ended and said all that it had to say. */
	readonly #ended: Promise<void>;
	#startError: Error | undefined;
	#stderr = '';
	#asked = false;
	#open = true;

	private constructor(child: ChildProcess, socket: number) {
		this.#child = child;
		this.#socket = socket;
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.#stderr = (this.#stderr + text).slice(-MAX_STDERR);
		});
		this.#ended = new Promise(resolve => {
			child.once('close', () => resolve());
			child.once('error', error => {
				this.#startError = error;
				resolve();
			});
		});
	}

	static start(): QemuHelper {
		const [ours, theirs] = socketPair();
		try {
			const stdio: Array<'ignore' | 'pipe' | number> = ['ignore', 'ignore', 'pipe'];
			stdio[HELPER_FD] = theirs;
			const child = spawn(
				process.execPath,
				['--no-warnings', WITHOUT_MAGLEV, '--max-semi-space-size=1', fileURLToPath(new URL('helper-main.ts', import.meta.url))],
				{cwd: '/', stdio, env: childEnvironment()},
			);
			return new QemuHelper(child, ours);
		} catch (error) {
			closeDescriptor(ours);
			throw error;
		} finally {
			closeDescriptor(theirs);
		}
	}

	/**
	 * Writes firmware into a QEMU where there is any to write; finds its RAM and takes its file, and the tracking of its writes where asked to. Else QEMU is left as it was.
	 * Rejects ERR_GUEST_EXITED where exactly that process is not there; ERR_FILE for firmware that is not as said; ERR_NOT_SUPPORTED where its RAM is not one shared mapping of that file and
	 * size, is in huge pages, or may not be looked into, and where firmware would go to what is not all writable memory of that process. That writes cannot be tracked is no error but `trackingRefused`.
	 */
	async takeHold(request: HelperRequest): Promise<QemuHold> {
		const {reply, descriptors} = await this.#ask(request);
		const armed = reply.outcome === 'held' && reply.tracking.state === 'armed';
		const [ramFd, uffd, pagemap] = descriptors;
		if (reply.outcome !== 'held' || ramFd === undefined || descriptors.length !== (armed ? 3 : 1)) {
			closeAll(descriptors);
			throw unexpected(reply, descriptors.length);
		}

		const {address, tracking} = reply;
		return {
			ramFd,
			address,
			tracking:
				tracking.state === 'armed' && uffd !== undefined && pagemap !== undefined
					? {uffd, pagemap, userModeOnly: tracking.userModeOnly}
					: undefined,
			trackingRefused: tracking.state === 'refused' ? tracking.reason : undefined,
		};
	}

	/**
	 * Idempotent. The process is told to end, which it does between two of its steps; it is not killed outright, as that might leave a QEMU with
	 * registers that are not its own.
	 */
	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#open) return;
		this.#open = false;
		closeDescriptor(this.#socket);
		if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
		await within(this.#ended, ANSWER_TIMEOUT_MS);
	}

	async #ask(request: HelperRequest): Promise<{reply: HelperReply; descriptors: number[]}> {
		if (this.#asked || !this.#open) throw new TypeError('a helper answers one request');
		this.#asked = true;
		const line = Buffer.from(`${JSON.stringify(request)}\n`);
		try {
			sendWithDescriptors(this.#socket, line, []);
		} catch (error) {
			// It ended before it was asked: what it said on its way is what counts.
			if (!isSystemError(error, 'EPIPE')) throw error;
		}

		// It ends as soon as it has answered: its end is the sign that the answer, and each descriptor, is there.
		if (!(await within(this.#ended, ANSWER_TIMEOUT_MS)))
			throw new DomainError('ERR_INTERNAL', `the helper process did not answer within ${ANSWER_TIMEOUT_MS / 1000} s`);
		if (!this.#open) throw new DomainError('ERR_INTERNAL', 'the helper process was ended before it answered');
		return this.#receive();
	}

	#receive(): {reply: HelperReply; descriptors: number[]} {
		const bytes = Buffer.alloc(MAX_HELPER_LINE_BYTES);
		const descriptors: number[] = [];
		let length = 0;
		try {
			while (length < bytes.length) {
				const received = receiveWithDescriptors(this.#socket, bytes.subarray(length));
				descriptors.push(...received.descriptors);
				if (received.byteCount === 0) break;
				length += received.byteCount;
			}

			const text = bytes.toString('utf8', 0, length);
			if (!text.endsWith('\n')) throw this.#noAnswer();
			const reply = v.parse(HelperReply, JSON.parse(text));
			if (reply.outcome === 'failed')
				throw new DomainError(isErrorCode(reply.code) ? reply.code : 'ERR_INTERNAL', reply.message, {cause: causeOf(reply.causes)});
			return {reply, descriptors};
		} catch (error) {
			closeAll(descriptors);
			throw error;
		}
	}

	#noAnswer(): DomainError {
		const {exitCode, signalCode} = this.#child;
		const how = this.#startError ? 'could not be started' : `ended without an answer (${signalCode ?? `exit status ${exitCode}`})`;
		const cause = this.#startError ?? (this.#stderr.trim() === '' ? undefined : this.#stderr.trim());
		return new DomainError('ERR_INTERNAL', `the helper process ${how}`, {cause});
	}
}

/** Whether a promise resolved within the time. */
async function within(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>(resolve => {
		timer = setTimeout(() => resolve(false), timeoutMs);
	});
	try {
		return await Promise.race([promise.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}

function closeAll(descriptors: readonly number[]): void {
	for (const fd of descriptors) closeDescriptor(fd);
}

/** The chain of causes that another process told of, outermost first. */
function causeOf(messages: readonly string[]): Error | undefined {
	let cause: Error | undefined;
	for (const message of messages.toReversed()) cause = new Error(message, {cause});
	return cause;
}

function unexpected(reply: HelperReply, descriptorCount: number): DomainError {
	return new DomainError(
		'ERR_INTERNAL',
		`the helper process answered ${reply.outcome} with ${descriptorCount} descriptors, which is no answer to what it was asked`,
	);
}
