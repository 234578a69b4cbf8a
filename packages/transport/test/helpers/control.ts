import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {OperationError} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';
import {type ConnectOptions, ControlClient, ControlServer, type ControlServerOptions, type LocalHello} from '../../src/control/index.ts';

export const SENDER: LocalHello = {software: 'sterna-sender 0.1.0', host: 'host-a', role: 'sender', features: ['zero-pages', 'hash']};
export const RECEIVER: LocalHello = {software: 'sterna-receiver 0.1.0', host: 'host-b', role: 'receiver', features: ['hash', 'multi']};
export const OPERATOR: LocalHello = {software: 'migrate-ctl 0.1.0', host: 'host-a', role: 'operator'};

/** A fresh directory that is gone after the test. */
export function temporaryDirectory(t: ExecutionContext): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-control-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** A receiver on a free port of loopback, or wherever `overrides` say, which says `done` to everything; closed after the test. */
export async function startServer(t: ExecutionContext, overrides: Partial<ControlServerOptions> = {}): Promise<ControlServer> {
	const server = await ControlServer.listen({
		listen: {host: '127.0.0.1', port: 0},
		hello: RECEIVER,
		roles: ['sender', 'operator'],
		onRequest: async () => ({kind: 'done', body: {}}),
		onError: error => t.log('server error', error),
		...overrides,
	});
	t.teardown(async () => server.close());
	return server;
}

/** A sender connected to `server`; closed after the test. */
export async function connectTo(
	t: ExecutionContext,
	server: ControlServer,
	overrides: Partial<ConnectOptions> = {},
): Promise<ControlClient> {
	const client = await ControlClient.connect({address: server.address, hello: SENDER, ...overrides});
	t.teardown(async () => client.close());
	return client;
}

export function operationError(code: 'ERR_DOMAIN_UNKNOWN' | 'ERR_TARGET_REFUSED', message: string): OperationError {
	return new OperationError({
		code,
		message,
		side: 'receiver',
		phase: 'prepare',
		runsOn: {kind: 'host', host: 'host-a'},
		next: 'migrate-ctl status',
		causes: [],
	});
}

export const STATUS: MigrationStatus = {
	id: 'm1',
	domain: 'dom1',
	direction: 'outgoing',
	peer: 'host-b',
	phase: 'precopy',
	iteration: 1,
	totalPages: 1000,
	pagesSent: 10,
	bytesSent: 40_960,
	remainingPages: 990,
	elapsedMs: 12.5,
	bandwidthBytesPerSecond: 1e9,
	dirtyBytesPerSecond: 0,
	tracker: 'pagemap-scan',
	reason: '',
	startedAtMs: 1.7e12,
	iterations: [],
};
