import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError, type OperationFault, type Phase} from '@sterna/protocol';
import {
	type CheckReply,
	type ClientFrameBodies,
	type ClientKind,
	type DomainCreateRequest,
	type DomainInfo,
	faultToMessage,
	type HostsReply,
	type MigrationCommand,
	type MigrationResult,
	type MigrationStatus,
	type RestoreRequest,
	type RestoreResult,
	type SaveRequest,
	type ServerFrame,
	type StartRequest,
} from '@sterna/protocol/control';
import {type ControlAddress, ControlClient, expectBody} from '@sterna/transport/control';
import {SOFTWARE} from './version.ts';

/** Between two questions after a migration that no daemon tells of by itself. */
const POLL_INTERVAL_MS = 200;

/** Which daemon of this host: the one that guests leave by, or the one that they come in by. */
export type DaemonRole = 'sender' | 'receiver';

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
	static async connect(address: ControlAddress, {host}: {readonly host: string}): Promise<Daemon> {
		return new Daemon(await ControlClient.connect({address, hello: {software: SOFTWARE, host, role: 'operator'}}));
	}

	/** Asks for a migration and waits for its end. */
	async follow<Kind extends 'start' | 'save' | 'watch'>(
		kind: Kind,
		body: ClientFrameBodies[Kind],
		follow: Follow,
	): Promise<MigrationResult> {
		return expectBody(await this.#request(kind, body, follow), 'result');
	}

	/** Follows a migration that is under way. A receiver tells of its incoming ones only when it is asked: it is, again and again. */
	async watch(id: string, follow: Follow): Promise<MigrationResult> {
		try {
			return await this.follow('watch', {id}, follow);
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

	/** Begins a migration; its state at the beginning. */
	async startDetached(body: StartRequest): Promise<MigrationStatus> {
		return expectBody(await this.#request('start', body), 'migration');
	}

	async saveDetached(body: SaveRequest): Promise<MigrationStatus> {
		return expectBody(await this.#request('save', body), 'migration');
	}

	async restore(body: RestoreRequest, follow: Follow): Promise<RestoreResult> {
		return expectBody(await this.#request('restore', body, follow), 'restored');
	}

	/** Tells a migration what to do. `id` may be the name of its domain. */
	async command(id: string, action: MigrationCommand['action']): Promise<MigrationStatus> {
		return expectBody(await this.#request('command', {id, action}), 'migration');
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

	async domains(): Promise<readonly DomainInfo[]> {
		return expectBody(await this.#request('domainList', {name: ''}), 'domainList').domains;
	}

	async createDomain(body: DomainCreateRequest): Promise<DomainInfo> {
		return expectDomain(await this.#request('domainCreate', body));
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

/** The end of a migration whose daemon has no result to give, from its last status; undefined while it goes on. */
function resultOfIncoming(status: MigrationStatus, host: string): MigrationResult | undefined {
	if (status.result !== undefined) return status.result;
	const {id, domain, phase, peer, elapsedMs: totalMs, iteration: iterations, pagesSent, bytesSent, reason} = status;
	const figures = {id, domain, totalMs, iterations, pagesSent, bytesSent};
	switch (phase) {
		case 'queued':
		case 'prepare':
		case 'precopy':
		case 'stop-and-copy':
		case 'handover':
			return undefined;
		case 'completed':
			return {...figures, outcome: phase, runsOn: host};
		case 'undecided':
			return {...figures, outcome: phase, runsOn: '?'};
		case 'aborted':
		case 'failed': {
			const error = new OperationError({
				code: phase === 'aborted' ? 'ERR_ABORTED_BY_RECEIVER' : 'ERR_TARGET_REFUSED',
				message: reason === '' ? `${host} does not say why` : reason,
				side: 'receiver',
				phase: 'precopy',
				runsOn: {kind: 'host', host: peer},
				next: `migrate-ctl status ${domain}, on ${peer}`,
				causes: [],
			});
			return {...figures, outcome: phase, runsOn: peer, error: faultToMessage(error)};
		}
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

/**
 * What is known of a guest whose daemon went away in the middle of its migration. Until the handover it is at the source: the daemon tells
 * of a phase before it enters it, and its journal gives the guest back when it is started again. Later only that journal knows.
 */
export function lostDuringMigration(error: OperationError, daemon: Daemon, latest: MigrationStatus | undefined): OperationError {
	if (error.code !== 'ERR_DAEMON_UNREACHABLE' || latest === undefined) return error;
	const {direction, phase, domain} = latest;
	const source = sourceHost(latest, daemon.host);
	const went = `${daemon.software} on ${daemon.host} went away in the middle of the ${direction === 'save' || direction === 'restore' ? direction : 'migration'}`;
	const fault: OperationFault = {
		code: direction === 'outgoing' && source === undefined ? 'ERR_UNDECIDED' : 'ERR_DAEMON_UNREACHABLE',
		message: phase === 'stop-and-copy' && source !== undefined ? `${went}; the guest is paused until the daemon is back` : went,
		side: daemon.role,
		phase: phaseOf(latest),
		runsOn: source === undefined ? {kind: 'unknown'} : {kind: 'host', host: source},
		next: `systemctl start sterna-${daemon.role}, then migrate-ctl domain show ${domain}`,
		causes: [error.message, ...error.fault.causes],
	};
	return new OperationError(fault, {cause: error.cause});
}

/** The host that certainly has the guest; undefined when it may have left it, or is in a file. */
function sourceHost({direction, phase, peer}: MigrationStatus, self: string): string | undefined {
	if (phase !== 'queued' && phase !== 'prepare' && phase !== 'precopy' && phase !== 'stop-and-copy') return undefined;
	switch (direction) {
		case 'outgoing':
			return self;
		case 'incoming':
			return peer;
		case 'save':
		case 'restore':
			return undefined;
	}
}

function phaseOf({phase, direction}: MigrationStatus): Phase {
	if (direction === 'save' || direction === 'restore') return direction;
	switch (phase) {
		case 'prepare':
		case 'precopy':
		case 'stop-and-copy':
		case 'handover':
			return phase;
		case 'queued':
			return 'request';
		case 'completed':
		case 'aborted':
		case 'failed':
		case 'undecided':
			return 'running';
	}
}
