import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import type {SlowLinkOptions} from './slow-link.ts';
import type {LinkCommand} from './slow-link-main.ts';

const MAIN = path.join(import.meta.dirname, 'slow-link-main.ts');

/** A SlowLink in a process of its own, so that it shares no event loop with what is measured. */
export class LinkProcess implements AsyncDisposable {
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess) {
		this.#child = child;
	}

	/** Resolves when it listens. */
	static async start(options: SlowLinkOptions): Promise<LinkProcess> {
		const child = fork(MAIN, [JSON.stringify(options)], {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
		const exited = once(child, 'exit').then(() => {
			throw new Error('the slow link could not listen');
		});
		await Promise.race([once(child, 'message'), exited]);
		exited.catch(() => undefined); // Later it is ended on purpose.
		return new LinkProcess(child);
	}

	/** See SlowLink.stall. */
	stall(port: number, {afterBytes}: {readonly afterBytes: number}): void {
		this.#tell({stall: {port, afterBytes}});
	}

	/** See SlowLink.resume. */
	resume(): void {
		this.#tell('resume');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const exited = once(this.#child, 'exit');
		this.#child.kill('SIGKILL');
		await exited;
	}

	#tell(command: LinkCommand): void {
		this.#child.send(command);
	}
}
