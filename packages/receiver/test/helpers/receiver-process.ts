import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {CRASH_POINT_VARIABLE, type Directories, type DomainRegistry} from '@sterna/host';
import type {FailoverReply} from '@sterna/protocol/control';
import {type ControlAddress, ControlClient} from '@sterna/transport';
import type {ExecutionContext} from 'ava';
import {directoriesOf, receiverDirectories, registryOf} from './receiver.ts';

const MAIN = path.join(import.meta.dirname, '../../src/main.ts');

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	return port;
}

/** A receiver's daemon as a process, which can be killed and started again where it was. */
export class ReceiverProcess {
	readonly directories: Directories;
	readonly registry: DomainRegistry;
	readonly address: ControlAddress;
	readonly #directory: string;
	#child: ChildProcess | undefined;
	#exited: Promise<unknown> = Promise.resolve();

	private constructor(directory: string, port: number) {
		this.#directory = directory;
		this.directories = directoriesOf(directory);
		this.registry = registryOf(this.directories);
		this.address = {host: '127.0.0.1', port};
	}

	/** `crashPoint`: where it is to die. Ends with the test. */
	static async start(t: ExecutionContext, crashPoint?: string): Promise<ReceiverProcess> {
		const directory = receiverDirectories(t);
		const [port, dataPort] = [await freePort(), await freePort()];
		const text = `name = "host-b"\n[paths]\nstate = "${directory}/state"\nrun = "${directory}/run"\n[receiver]\ncontrol-port = ${port}\ndata-port = ${dataPort}\n`;
		writeFileSync(path.join(directory, 'sterna.toml'), text);
		const receiver = new ReceiverProcess(directory, port);
		t.teardown(async () => receiver.kill());
		await receiver.start(crashPoint);
		return receiver;
	}

	async start(crashPoint = ''): Promise<void> {
		const log = openSync(path.join(this.#directory, 'stderr'), 'a');
		const child = spawn(process.execPath, ['--no-warnings', MAIN, '--config', path.join(this.#directory, 'sterna.toml')], {
			stdio: ['ignore', log, log],
			env: {...process.env, [CRASH_POINT_VARIABLE]: crashPoint},
		});
		closeSync(log);
		this.#child = child;
		this.#exited = once(child, 'exit');
		await this.#answers(child);
	}

	get isDead(): boolean {
		return this.#child === undefined || this.#child.signalCode !== null || this.#child.exitCode !== null;
	}

	/** SIGKILL; resolves when it is gone. */
	async kill(): Promise<void> {
		this.#child?.kill('SIGKILL');
		await this.#exited;
	}

	/** Resolves when it has died by itself. */
	async died(): Promise<void> {
		await this.#exited;
	}

	/** Of an operator of its host. */
	async failover({planned = false} = {}): Promise<FailoverReply> {
		await using client = await this.#operator();
		const reply = await client.ask('failover', {domain: 'dom1', sourceIsDead: !planned, planned}, 'failedOver');
		return reply;
	}

	async #operator(): Promise<ControlClient> {
		const hello = {software: 'test', host: 'host-b', role: 'operator', features: []} as const;
		return ControlClient.connect({address: {unix: path.join(this.#directory, 'run/receiver.sock')}, hello});
	}

	async #answers(child: ChildProcess): Promise<void> {
		for (;;) {
			try {
				const client = await this.#operator();
				await client.close();
				return;
			} catch (error) {
				// One that is to die while it starts has done so.
				if (child.signalCode === 'SIGKILL') return;
				if (child.exitCode !== null) throw new Error(readFileSync(path.join(this.#directory, 'stderr'), 'utf8'), {cause: error});
				await sleep(20);
			}
		}
	}
}
