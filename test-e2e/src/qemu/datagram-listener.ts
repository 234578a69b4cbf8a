import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {createInterface} from 'node:readline';

const EAR = path.join(import.meta.dirname, 'datagram-ear.ts');

/** A datagram of the guest, as an ordinary socket got it. `ns`: CLOCK_MONOTONIC nanoseconds. */
export type Datagram = {readonly ns: bigint; readonly text: string};

/** An outside party with a socket on a network of guests: a process of its own, as that network may be in another namespace. */
export class DatagramListener implements AsyncDisposable {
	/** Everything that came so far, in its order. */
	readonly datagrams: Datagram[] = [];
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess) {
		this.#child = child;
	}

	/** Resolves when it hears what comes to the port, at any address. `enter`: words before its command line, as of `GuestBridge`. */
	static async open(port: number, enter: readonly string[] = []): Promise<DatagramListener> {
		const [program, ...args] = [...enter, process.execPath, EAR, String(port)];
		const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'inherit']});
		const listener = new DatagramListener(child);
		const lines = createInterface({input: child.stdout});
		const ready = Promise.race([once(lines, 'line'), once(child, 'close').then(() => undefined)]);
		if ((await ready) === undefined) throw new Error(`cannot listen at port ${port}`);
		lines.on('line', line => {
			const blank = line.indexOf(' ');
			listener.datagrams.push({ns: BigInt(line.slice(0, blank)), text: line.slice(blank + 1)});
		});
		return listener;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const closed = this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'close') : undefined;
		this.#child.stdin?.end();
		await closed;
	}
}
