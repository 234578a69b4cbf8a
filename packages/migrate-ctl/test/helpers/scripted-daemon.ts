import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ErrorCode, OperationError, type OperationFault} from '@sterna/protocol';
import type {ClientMessage, ServerMessage} from '@sterna/protocol/control';
import {ControlServer, type ControlConnection, type Reply} from '@sterna/transport/control';

type MessageOf<Kind extends ClientMessage['kind']> = Extract<ClientMessage, {readonly kind: Kind}>['body'];

/** What a scripted daemon says to each kind of request; a request without a script is ERR_NOT_SUPPORTED. */
export type Script = {
	readonly [Kind in ClientMessage['kind']]?: (body: MessageOf<Kind>, reply: Reply, connection: ControlConnection) => Promise<ServerMessage>;
};

/** A folder for the sockets of one test's daemons; gone when disposed. */
export async function runDirectory(): Promise<AsyncDisposable & {readonly path: string}> {
	const path = await mkdtemp(join(tmpdir(), 'sterna-ctl-'));
	return {
		path,
		async [Symbol.asyncDispose]() {
			await rm(path, {recursive: true, force: true});
		},
	};
}

/** A real control server on a real Unix socket whose answers a test writes. Keeps every request it got, in order. */
export class ScriptedDaemon implements AsyncDisposable {
	readonly requests: ClientMessage[] = [];
	readonly #server: ControlServer;

	private constructor(server: ControlServer, requests: ClientMessage[]) {
		this.#server = server;
		this.requests = requests;
	}

	static async listen(runDir: string, role: 'sender' | 'receiver', script: Script): Promise<ScriptedDaemon> {
		const requests: ClientMessage[] = [];
		const server = await ControlServer.listen({
			listen: {unix: join(runDir, `${role}.sock`)},
			hello: {software: `sterna-${role} 0.1.0`, host: 'host-a', role},
			roles: ['operator'],
			async onRequest(request, reply, connection) {
				requests.push(request);
				const answer = script[request.kind] as ((body: object, reply: Reply, connection: ControlConnection) => Promise<ServerMessage>) | undefined;
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

/** An error as a daemon throws it. */
export function fault(code: ErrorCode, message: string, rest: Partial<OperationFault> = {}): OperationError {
	return new OperationError({code, message, side: 'sender', phase: 'request', runsOn: {kind: 'unknown'}, next: undefined, causes: [], ...rest});
}
