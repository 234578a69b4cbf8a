import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {QmpClient} from '../../src/drivers/qemu/qmp/qmp-client.ts';
import {isListening} from './is-listening.ts';

/** How long a QEMU may take to start on a machine that is busy. */
const START_TIMEOUT_MS = 30_000;

export type BareQemuOptions = {
	/** The program: `qemu-system-x86_64`. */
	readonly binary?: string;
	/** Arguments beside those that make it bare; by default no machine at all. */
	readonly args?: readonly string[];
};

/** A QEMU with a monitor and no guest of anyone's; ends when it is disposed of. */
export class BareQemu implements AsyncDisposable {
	readonly qmp: QmpClient;
	readonly socketPath: string;
	readonly pid: number;
	readonly #end: () => Promise<void>;

	/** Rejects with what QEMU says when it does not start. */
	static async start({binary = 'qemu-system-x86_64', args = ['-machine', 'none']}: BareQemuOptions = {}): Promise<BareQemu> {
		const directory = mkdtempSync(join(tmpdir(), 'sterna-qemu-'));
		const socketPath = join(directory, 'qmp.sock');
		const bare = ['-nodefaults', '-no-user-config', '-display', 'none', '-qmp', `unix:${socketPath},server=on,wait=off`];
		const child = spawn(binary, [...bare, ...args], {stdio: ['ignore', 'ignore', 'pipe']});
		const exited = once(child, 'close');
		exited.catch(() => {}); // What there is to say is said below.
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said += text;
		});
		const end = async (): Promise<void> => {
			child.kill('SIGKILL');
			await exited.catch(() => {});
			rmSync(directory, {recursive: true, force: true});
		};
		try {
			while (!isListening(socketPath)) {
				const ended = await Promise.race([exited.then(() => true), delay(5, false)]);
				if (ended) throw new Error(`${binary} does not start: ${said.trim()}`);
			}

			const qmp = await QmpClient.connect(socketPath, {timeoutMs: START_TIMEOUT_MS});
			return new BareQemu(qmp, socketPath, child.pid ?? 0, end);
		} catch (error) {
			await end();
			throw error;
		}
	}

	private constructor(qmp: QmpClient, socketPath: string, pid: number, end: () => Promise<void>) {
		this.qmp = qmp;
		this.socketPath = socketPath;
		this.pid = pid;
		this.#end = end;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.qmp[Symbol.dispose]();
		await this.#end();
	}
}
