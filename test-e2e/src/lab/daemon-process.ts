import {spawn} from 'node:child_process';
import {closeSync, existsSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {DaemonName, HostFiles} from './host-files.ts';
import {endProcess, isRunning, type ProcessId, processIdOf} from './process-id.ts';

const PACKAGES = path.join(import.meta.dirname, '../../../packages');
/** Generous: a loaded machine with two cores starts several at once. */
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

export type DaemonStartOptions = {
	readonly wrapper?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
};

/** One daemon of a host: started from the checkout, detached, with its output in a log. Other processes find it by its pid file. */
export class DaemonProcess {
	readonly name: DaemonName;
	readonly #files: HostFiles;
	readonly #environment: NodeJS.ProcessEnv;

	/** `environment`: by which it, and the guests that it starts, are known to belong to a lab. */
	constructor(name: DaemonName, files: HostFiles, environment: Readonly<Record<string, string>>) {
		this.name = name;
		this.#files = files;
		this.#environment = {...process.env, ...environment};
	}

	/** The running process; undefined when it is not up. */
	get id(): ProcessId | undefined {
		const file = this.#files.pid(this.name);
		if (!existsSync(file)) return undefined;
		const id = JSON.parse(readFileSync(file, 'utf8')) as ProcessId;
		return isRunning(id) ? id : undefined;
	}

	/** Everything that it has written so far, over restarts. */
	get log(): string {
		const file = this.#files.log(this.name);
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	}

	/**
	 * Starts it and resolves when it answers on its socket. Rejects with the end of its log when it does not.
	 * `wrapper`: a program and arguments that the daemon's command line is appended to, and that becomes the daemon.
	 * `environment`: for this start alone: a crash point, a fault of the journal.
	 */
	async start({wrapper = [], environment = {}}: DaemonStartOptions = {}): Promise<void> {
		if (this.id !== undefined) throw new Error(`${this.name} runs already`);
		const log = openSync(this.#files.log(this.name), 'a');
		const main = path.join(PACKAGES, this.name, 'src/main.ts');
		const command = [process.execPath, main, '--config', this.#files.config];
		const [program = process.execPath, ...wrapperArgs] = wrapper;
		const child = spawn(program, wrapper.length === 0 ? command.slice(1) : [...wrapperArgs, ...command], {
			stdio: ['ignore', log, log],
			detached: true, // Ctrl-C is for the lab, which then ends its daemons in order.
			env: {...this.#environment, ...environment},
		});
		closeSync(log);
		let exit: string | undefined;
		child.on('exit', (code, signal) => {
			exit = `exited with ${code ?? signal}`;
		});
		child.on('error', error => {
			exit = `could not be started: ${error.message}`;
		});
		child.unref();
		if (child.pid !== undefined)
			writeFileSync(this.#files.pid(this.name), JSON.stringify(processIdOf(child.pid) ?? {pid: child.pid, startTicks: ''}));
		const deadline = performance.now() + START_TIMEOUT_MS;
		while (!(await answers(this.#files.socket(this.name)))) {
			if (exit !== undefined) throw new Error(`sterna-${this.name} ${exit}\n${this.log.slice(-2000)}`);
			if (performance.now() > deadline)
				throw new Error(`sterna-${this.name} does not answer after ${START_TIMEOUT_MS} ms\n${this.log.slice(-2000)}`);
			await sleep(20);
		}
	}

	/** Sends the signal and waits for the end. Nothing to do when it is not up. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		const {id} = this;
		if (id !== undefined) await endProcess(id, signal, {timeoutMs: STOP_TIMEOUT_MS});
	}
}

/** Whether somebody accepts connections on the Unix socket. */
async function answers(socketPath: string): Promise<boolean> {
	const {promise, resolve} = Promise.withResolvers<boolean>();
	const socket = connect(socketPath);
	socket.on('connect', () => resolve(true));
	socket.on('error', () => resolve(false));
	try {
		return await promise;
	} finally {
		socket.destroy();
	}
}
