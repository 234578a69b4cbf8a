import {setTimeout as sleep} from 'node:timers/promises';
import type {DomainJson, LabHost} from '../lab/lab-host.ts';
import {endProcess, type ProcessId, processIdOf} from '../lab/process-id.ts';

const TIMEOUT_MS = 15_000;

/** A guest and the daemon that protects it, to be killed together: as if their host had lost its power. */
export class Source {
	readonly #host: LabHost;
	readonly #guest: ProcessId;

	private constructor(host: LabHost, guest: ProcessId) {
		this.#host = host;
		this.#guest = guest;
	}

	/** Looked up beforehand: it takes longer than a moment. */
	static of(host: LabHost, {name, pid}: Pick<DomainJson, 'name' | 'pid'>): Source {
		const guest = pid === null ? undefined : processIdOf(pid);
		if (guest === undefined) throw new Error(`${name} has no process on ${host.name}`);
		return new Source(host, guest);
	}

	/** SIGKILL of both, one `gapMs` after the other. Resolves when they are gone. */
	async kill({first, gapMs}: {readonly first: 'guest' | 'daemon'; readonly gapMs: number}): Promise<void> {
		const guest = async (): Promise<void> => endProcess(this.#guest, 'SIGKILL', {timeoutMs: TIMEOUT_MS});
		const daemon = async (): Promise<void> => this.#host.kill('sender');
		const [one, other] = first === 'guest' ? [guest, daemon] : [daemon, guest];
		const killed = one();
		await sleep(gapMs);
		await Promise.all([killed, other()]);
	}
}
