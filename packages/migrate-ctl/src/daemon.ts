import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError, type OperationFault} from '@sterna/protocol';
import {
	type CheckReply,
	type ClientFrameBodies,
	type ClientKind,
	type DomainAdoptReply,
	type DomainAdoptRequest,
	type DomainConsoleRequest,
	type DomainCreateRequest,
	type DoctorReply,
	type DomainInfo,
	type FailoverReply,
	type FailoverRequest,
	type ForecastReply,
	type ForecastRequest,
	type HistoryReply,
	type HistoryRequest,
	type HostsReply,
	type MigrationCommand,
	type MigrationResult,
	type MigrationStatus,
	type ProtectionsReply,
	type ProtectionStatus,
	type ProtectRequest,
	type ResolveReply,
	type ResolveRequest,
	type RestoreRequest,
	type RestoreResult,
	type SetRequest,
	type ServerFrame,
	type UnprotectRequest,
} from '@sterna/protocol/control';
import {type ByteStream, type ControlAddress, ControlClient, expectBody} from '@sterna/transport/control';
import {placeOf} from './place-of-guest.ts';
import {resultOfIncoming} from './result-of-incoming.ts';
import {SOFTWARE} from './version.ts';

/** A daemon of the same host answers at once, unless the host is overloaded: which is when its operator looks. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Between two questions after a migration that no daemon tells of by itself. */
const POLL_INTERVAL_MS = 200;

/** Which daemon of this host: the one that guests leave by, or the one that they come in by. */
export type DaemonRole = 'sender' | 'receiver';

export type OpenOptions = {
	/** Milliseconds until a daemon that does not answer is given up, and until one that does not say goodbye is. */
	readonly patienceMs?: number;
};

/** What waits for a migration's end. */
export type Follow = {
	readonly onStatus: (status: MigrationStatus) => void;
	/** Gives up waiting; what was asked for goes on. */
	readonly signal: AbortSignal;
};

/** A daemon of this host, asked in the operator's words. Every method rejects with an OperationError: the daemon's fault, or ERR_DAEMON_UNREACHABLE. */
export class Daemon implements AsyncDisposable {
	/** Name of the host it runs on. */
	readonly host: string;
	/** Name and version: `sterna-sender 0.1.0`. */
	readonly software: string;
	readonly role: DaemonRole;
	readonly #client: ControlClient;

	private constructor(client: ControlClient) {
		this.#client = client;
		this.host = client.peer.host;
		this.software = client.peer.software;
		this.role = client.peer.role === 'receiver' ? 'receiver' : 'sender';
	}

	/** Connects as an operator of `host`. */
	static async connect(address: ControlAddress, {host, patienceMs}: OpenOptions & {readonly host: string}): Promise<Daemon> {
		return new Daemon(
			await ControlClient.connect({
				address,
				hello: {software: SOFTWARE, host, role: 'operator'},
				timeoutMs: patienceMs ?? CONNECT_TIMEOUT_MS,
				...(patienceMs === undefined ? {} : {limits: {closeTimeoutMs: patienceMs}}),
			}),
		);
	}

	/** Asks for a migration or a save and waits for its end. A refusal tells where the guest is, as far as this host knows. */
	async follow<Kind extends 'start' | 'save'>(kind: Kind, body: ClientFrameBodies[Kind], follow: Follow): Promise<MigrationResult> {
		return expectBody(await this.#locating(body.domain, this.#request(kind, body, follow)), 'result');
	}

	/** Follows a migration that is under way. A receiver tells of its incoming ones only when it is asked: it is, again and again. */
	async watch(id: string, follow: Follow): Promise<MigrationResult> {
		try {
			return expectBody(await this.#request('watch', {id}, follow), 'result');
		} catch (error) {
			if (!(error instanceof OperationError && error.code === 'ERR_NOT_SUPPORTED')) throw error;
		}

		for (;;) {
			const status = await this.migration(id);
			follow.onStatus(status);
			const result = resultOfIncoming(status, this.host);
			if (result !== undefined) return result;
			await sleep(POLL_INTERVAL_MS, undefined, {signal: follow.signal});
		}
	}

	/** Begins a migration or a save; its state at the beginning. */
	async begin<Kind extends 'start' | 'save'>(kind: Kind, body: ClientFrameBodies[Kind]): Promise<MigrationStatus> {
		return expectBody(await this.#locating(body.domain, this.#request(kind, body)), 'migration');
	}

	/** What a migration would be like; moves nothing. A refusal tells where the guest is, as far as this host knows. */
	async forecast(body: ForecastRequest): Promise<ForecastReply> {
		return expectBody(await this.#locating(body.domain, this.#request('forecast', body)), 'forecast');
	}

	async restore(body: RestoreRequest, follow: Follow): Promise<RestoreResult> {
		return expectBody(await this.#request('restore', body, follow), 'restored');
	}

	/** Tells a migration what to do. `id` may be the name of its domain. */
	async command(id: string, action: MigrationCommand['action']): Promise<MigrationStatus> {
		return expectBody(await this.#request('command', {id, action}), 'migration');
	}

	/** Changes limits of a migration under way. `id` may be the name of its domain. */
	async setMigration(body: SetRequest): Promise<MigrationStatus> {
		return expectBody(await this.#request('set', body), 'migration');
	}

	/** Changes limits of the daemon's, until it is started again. */
	async setDaemon(body: Omit<SetRequest, 'id'>): Promise<void> {
		expectBody(await this.#request('set', {...body, id: ''}), 'done');
	}

	/** What became of a handover that is not decided, and what was done about it. */
	async resolve(body: ResolveRequest): Promise<ResolveReply> {
		return expectBody(await this.#request('resolve', body), 'resolved');
	}

	/** Keeps a standby of a guest, and tells of it until it is over. */
	async protect(
		body: ProtectRequest,
		{onProtection, signal}: {readonly onProtection: (status: ProtectionStatus) => void; readonly signal: AbortSignal},
	): Promise<ProtectionStatus> {
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'protection') onProtection(frame.body);
		};
		const asked = this.#translate(this.#client.request('protect', body, {onEvent, signal}));
		return expectBody(await this.#locating(body.domain, asked), 'protection');
	}

	async unprotect(body: UnprotectRequest): Promise<ProtectionStatus> {
		return expectBody(await this.#request('unprotect', body), 'protection');
	}

	/** The guest goes on from its standby. */
	async failover(body: FailoverRequest): Promise<FailoverReply> {
		return expectBody(await this.#request('failover', body), 'failedOver');
	}

	/** The protected guests and the standbys that this daemon knows; with a domain's name or an id that one alone. */
	async protections(idOrDomain: string): Promise<ProtectionsReply['protections']> {
		try {
			return expectBody(await this.#request('protections', {domain: idOrDomain}), 'protections').protections;
		} catch (error) {
			// A daemon of a version that knows nothing of them has none.
			if (error instanceof OperationError && error.code === 'ERR_NOT_SUPPORTED') return [];
			throw error;
		}
	}

	/** The migrations that are under way or ended lately; with an id that one alone. */
	async migrations(id: string): Promise<readonly MigrationStatus[]> {
		return expectBody(await this.#request('status', {id}), 'status').migrations;
	}

	/** One migration, by its id or by the name of its domain, whose latest it is then. ERR_MIGRATION_UNKNOWN when there is none. */
	async migration(idOrDomain: string): Promise<MigrationStatus> {
		const latest = (migrations: readonly MigrationStatus[]): MigrationStatus | undefined =>
			migrations.toSorted((a, b) => a.startedAtMs - b.startedAtMs).at(-1);
		const byId = await this.migrations(idOrDomain).catch((error: unknown) => {
			if (error instanceof OperationError && error.code === 'ERR_MIGRATION_UNKNOWN') return [];
			throw error;
		});
		const found = latest(byId) ?? latest((await this.migrations('')).filter(({domain}) => domain === idOrDomain));
		if (found !== undefined) return found;
		throw new OperationError({
			code: 'ERR_MIGRATION_UNKNOWN',
			message: `${this.host} knows no migration ${idOrDomain}, and none of a domain of this name`,
			side: 'migrate-ctl',
			phase: 'request',
			runsOn: {kind: 'unknown'},
			next: 'migrate-ctl list',
			causes: [],
		});
	}

	/** What migrations there were, newest first; `domain` may be the beginning of an id, empty is all. */
	async history(body: HistoryRequest): Promise<HistoryReply> {
		return expectBody(await this.#request('history', body), 'history');
	}

	/** The recording of a migration, lines of JSON cut anywhere: no further piece comes while `onData` has not resolved. `id` may be a domain's name. */
	async record(id: string, onData: (data: Uint8Array) => Promise<void>): Promise<void> {
		const onEvent = async (frame: ServerFrame): Promise<void> => {
			if (frame.kind === 'recordPart') await onData(frame.body.data);
		};
		expectBody(await this.#translate(this.#client.request('record', {id}, {onEvent})), 'done');
	}

	async domains(): Promise<readonly DomainInfo[]> {
		return expectBody(await this.#request('domainList', {name: ''}), 'domainList').domains;
	}

	async createDomain(body: DomainCreateRequest): Promise<DomainInfo> {
		return expectDomain(await this.#request('domainCreate', body));
	}

	/** Takes over a guest that somebody else has started; with `dryRun` says how that would be. */
	async adoptDomain(body: DomainAdoptRequest): Promise<DomainAdoptReply> {
		return expectBody(await this.#request('domainAdopt', body), 'domainAdopted');
	}

	async showDomain(name: string): Promise<DomainInfo> {
		return expectDomain(await this.#request('domainCommand', {name, action: 'show'}));
	}

	/** What is left to say of the domain afterwards: nothing once it is destroyed. */
	async commandDomain(name: string, action: 'destroy' | 'pause' | 'resume'): Promise<DomainInfo | undefined> {
		const frame = await this.#request('domainCommand', {name, action});
		return frame.kind === 'done' ? undefined : expectBody(frame, 'domain').domain;
	}

	async checkDomain(name: string): Promise<CheckReply> {
		return expectBody(await this.#request('domainCommand', {name, action: 'check'}), 'checked');
	}

	/** A guest's output, chunk by chunk: no further one comes while `onData` has not resolved. */
	async output(
		body: ClientFrameBodies['domainOutput'],
		{onData, signal}: {readonly onData: (data: Uint8Array) => Promise<void>; readonly signal: AbortSignal},
	): Promise<void> {
		const onEvent = async (frame: ServerFrame): Promise<void> => {
			if (frame.kind === 'output') await onData(frame.body.data);
		};
		const last = await this.#translate(this.#client.request('domainOutput', body, {onEvent, signal}));
		if (last.kind === 'output') await onData(last.body.data);
		else expectBody(last, 'done');
	}

	/** A guest's console: what it writes, until it has ended, and what is typed. */
	console(
		body: DomainConsoleRequest,
		{onNote, signal}: {readonly onNote: (text: string) => void; readonly signal: AbortSignal},
	): {readonly output: AsyncIterable<Uint8Array>; readonly input: Pick<ByteStream, 'write' | 'end'>} {
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'consoleNote') onNote(frame.body.text);
		};
		const stream = this.#client.openStream('domainConsole', body, {onEvent, signal});
		const ended = this.#translate(stream.answer);
		ended.catch(() => undefined); // Told at the end of the output.
		const output = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
			try {
				yield* stream;
			} finally {
				// Where the stream failed, this says it in the operator's words.
				expectBody(await ended, 'done');
			}
		};
		return {output: output(), input: stream};
	}

	/** What a sender finds of its host, and with the name of another of that and of the way there. */
	async doctor(host: string): Promise<DoctorReply> {
		return expectBody(await this.#request('doctor', {host}), 'doctor');
	}

	/** What a receiver finds of its host. */
	async examineOwnHost(): Promise<DoctorReply> {
		return expectBody(await this.#request('peerDoctor', {}), 'doctor');
	}

	async hosts(probe: boolean): Promise<HostsReply> {
		return expectBody(await this.#request('hosts', {probe}), 'hosts');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#client.close();
	}

	async #request<Kind extends ClientKind>(kind: Kind, body: ClientFrameBodies[Kind], follow?: Follow): Promise<ServerFrame> {
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'migration') follow?.onStatus(frame.body);
		};
		return this.#translate(this.#client.request(kind, body, follow === undefined ? {} : {onEvent, signal: follow.signal}));
	}

	/** A request that was refused has moved nothing: where its guest is, this host's registry may say. */
	async #locating<Value>(domain: string, request: Promise<Value>): Promise<Value> {
		return request.catch(async (error: unknown) => {
			if (!(error instanceof OperationError)) throw error;
			const {code, phase, runsOn} = error.fault;
			if (code === 'ERR_DAEMON_UNREACHABLE' || phase !== 'request' || runsOn.kind !== 'unknown') throw error;
			const found = await this.domains().then(
				domains => domains.find(({name}) => name === domain),
				// The refusal is what the operator asked about.
				() => undefined,
			);
			throw new OperationError({...error.fault, runsOn: placeOf(found, this.host)}, {cause: error.cause});
		});
	}

	/** A lost connection to a daemon of this host is not one between hosts. */
	async #translate<Value>(request: Promise<Value>): Promise<Value> {
		return request.catch((error: unknown) => {
			if (!isOwnConnectionEnd(error)) throw error;
			const fault: OperationFault = {
				...error.fault,
				code: 'ERR_DAEMON_UNREACHABLE',
				next: 'systemctl status sterna-sender sterna-receiver',
			};
			throw new OperationError(fault, {cause: error.cause});
		});
	}
}

function expectDomain(frame: ServerFrame): DomainInfo {
	const {domain} = expectBody(frame, 'domain');
	if (domain !== undefined) return domain;
	throw new OperationError({
		code: 'ERR_INTERNAL',
		message: 'the daemon answered with a domain and left it out',
		side: 'migrate-ctl',
		phase: 'request',
		runsOn: {kind: 'unknown'},
		next: undefined,
		causes: [],
	});
}

function isOwnConnectionEnd(error: unknown): error is OperationError {
	return (
		error instanceof OperationError &&
		error.fault.side === 'migrate-ctl' &&
		(error.code === 'ERR_CONNECTION_LOST' || error.code === 'ERR_PEER_SILENT')
	);
}
