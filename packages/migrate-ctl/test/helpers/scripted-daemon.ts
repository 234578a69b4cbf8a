import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ErrorCode, OperationError, type OperationFault} from '@sterna/protocol';
import type {ClientMessage, ServerMessage} from '@sterna/protocol/control';
import {ControlServer, type ControlConnection, type Reply} from '@sterna/transport/control';
import type {DaemonRole} from '../../src/daemon.ts';
import {type Finished, migrateCtl, RunningCli} from './cli.ts';

type MessageOf<Kind extends ClientMessage['kind']> = Extract<ClientMessage, {readonly kind: Kind}>['body'];

/** What a scripted daemon says to each kind of request; a request without a script is ERR_NOT_SUPPORTED. */
export type Script = {
	readonly [Kind in ClientMessage['kind']]?: (body: MessageOf<Kind>, reply: Reply, connection: ControlConnection) => Promise<ServerMessage>;
};

/** A real control server on a real Unix socket whose answers a test writes. Keeps every request it got, in order. */
export class ScriptedDaemon implements AsyncDisposable {
	readonly requests: readonly ClientMessage[];
	readonly #server: ControlServer;

	private constructor(server: ControlServer, requests: ClientMessage[]) {
		this.#server = server;
		this.requests = requests;
	}

	static async listen(runDir: string, role: DaemonRole, script: Script): Promise<ScriptedDaemon> {
		const requests: ClientMessage[] = [];
		const server = await ControlServer.listen({
			listen: {unix: join(runDir, `${role}.sock`)},
			hello: {software: `sterna-${role} 0.1.0`, host: 'host-a', role},
			roles: ['operator'],
			async onRequest(request, reply, connection) {
				requests.push(request);
				const answer = script[request.kind] as
					| ((body: object, reply: Reply, connection: ControlConnection) => Promise<ServerMessage>)
					| undefined;
				if (answer === undefined) throw fault('ERR_NOT_SUPPORTED', `no script for ${request.kind}`);
				return answer(request.body, reply, connection);
			},
			onError: () => undefined,
		});
		return new ScriptedDaemon(server, requests);
	}

	/** Bodies of the requests of one kind. */
	bodies<Kind extends ClientMessage['kind']>(kind: Kind): MessageOf<Kind>[] {
		return this.requests.filter(request => request.kind === kind).map(({body}) => body as MessageOf<Kind>);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#server.close(0);
	}
}

/** The daemons of one host in a folder of their own, and `migrate-ctl` as it is typed there. A daemon without a script does not run. */
export class ScriptedHost implements AsyncDisposable {
	readonly runDir: string;
	readonly #daemons: Readonly<Partial<Record<DaemonRole, ScriptedDaemon>>>;

	private constructor(runDir: string, daemons: Partial<Record<DaemonRole, ScriptedDaemon>>) {
		this.runDir = runDir;
		this.#daemons = daemons;
	}

	static async listen(scripts: Readonly<Partial<Record<DaemonRole, Script>>>): Promise<ScriptedHost> {
		const runDir = await mkdtemp(join(tmpdir(), 'sterna-ctl-'));
		const daemons: Partial<Record<DaemonRole, ScriptedDaemon>> = {};
		for (const role of ['sender', 'receiver'] as const) {
			const script = scripts[role];
			if (script !== undefined) daemons[role] = await ScriptedDaemon.listen(runDir, role, script);
		}

		return new ScriptedHost(runDir, daemons);
	}

	get sender(): ScriptedDaemon {
		return this.#daemon('sender');
	}

	get receiver(): ScriptedDaemon {
		return this.#daemon('receiver');
	}

	/** Runs `migrate-ctl ARGS` to its end. */
	async ctl(...args: string[]): Promise<Finished> {
		return migrateCtl(['--run-dir', this.runDir, ...args]);
	}

	/** Starts `migrate-ctl ARGS`. */
	spawnCtl(...args: string[]): RunningCli {
		return new RunningCli(['--run-dir', this.runDir, ...args]);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const daemon of Object.values(this.#daemons)) await daemon[Symbol.asyncDispose]();
		await rm(this.runDir, {recursive: true, force: true});
	}

	#daemon(role: DaemonRole): ScriptedDaemon {
		const daemon = this.#daemons[role];
		if (daemon === undefined) throw new TypeError(`the ${role} has no script`);
		return daemon;
	}
}

/** For a request that goes on until its client is gone. */
export async function untilGone({signal}: Reply): Promise<never> {
	await once(signal, 'abort');
	throw signal.reason;
}

/** An error as a daemon throws it. */
export function fault(code: ErrorCode, message: string, rest: Partial<OperationFault> = {}): OperationError {
	return new OperationError({
		code,
		message,
		side: 'sender',
		phase: 'request',
		runsOn: {kind: 'unknown'},
		next: undefined,
		causes: [],
		...rest,
	});
}
