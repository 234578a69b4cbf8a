import {OperationError} from '@sterna/protocol';
import type {ClientFrameBodies, ClientKind, DomainInfo, MigrationStatus, ServerFrame} from '@sterna/protocol/control';
import {ControlClient, expectBody} from '@sterna/transport/control';
import type {DaemonName} from '../lab/host-files.ts';
import type {LabHost} from '../lab/lab-host.ts';

/** Far longer than any answer takes, on a loaded machine too: what is waited for longer does not come. */
const PATIENCE_MS = 120_000;

/** What a daemon answered: the last frame, or the error that it refused with. */
export type Answered =
	| {readonly frame: ServerFrame; readonly fault?: undefined}
	| {readonly frame?: undefined; readonly fault: OperationError};

/** One operator at a daemon's socket, without a program in between. */
export class Operator implements AsyncDisposable {
	readonly #client: ControlClient;

	private constructor(client: ControlClient) {
		this.#client = client;
	}

	static async at(host: LabHost, daemon: DaemonName): Promise<Operator> {
		const hello = {software: 'test', host: host.name, role: 'operator'} as const;
		return new Operator(await ControlClient.connect({address: {unix: host.files.socket(daemon)}, hello, timeoutMs: PATIENCE_MS}));
	}

	/** Rejects only where no answer comes. */
	async ask<Kind extends ClientKind>(kind: Kind, body: ClientFrameBodies[Kind]): Promise<Answered> {
		const {promise: silence, reject} = Promise.withResolvers<never>();
		const timer = setTimeout(() => reject(new Error(`no answer to ${kind} ${JSON.stringify(body)} within ${PATIENCE_MS} ms`)), PATIENCE_MS);
		try {
			return {frame: await Promise.race([this.#client.request(kind, body), silence])};
		} catch (error) {
			if (error instanceof OperationError && error.code !== 'ERR_CONNECTION_LOST') return {fault: error};
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	async must<Kind extends ClientKind>(kind: Kind, body: ClientFrameBodies[Kind]): Promise<ServerFrame> {
		const {frame, fault} = await this.ask(kind, body);
		if (fault !== undefined) throw fault;
		return frame;
	}

	/** Migrations that this daemon knows, oldest first. */
	async migrations(): Promise<readonly MigrationStatus[]> {
		return expectBody(await this.must('status', {id: ''}), 'status').migrations;
	}

	async domains(): Promise<readonly DomainInfo[]> {
		return expectBody(await this.must('domainList', {name: ''}), 'domainList').domains;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#client.close();
	}
}
