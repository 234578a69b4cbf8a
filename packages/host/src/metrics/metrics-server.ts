import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {collectDefaultMetrics, Registry} from 'prom-client';
import type {Side} from '@sterna/protocol';
import type {MigrationStatus, ProtectionStatus} from '@sterna/protocol/control';
import {hostError} from '../host-error.ts';
import type {Logger} from '../log.ts';
import {registerMigrations} from './migration-metrics.ts';
import {registerProtections} from './protection-metrics.ts';

/** Where metrics are served: plain HTTP, readable by whoever reaches it. */
export type MetricsAddress = {readonly host: string; readonly port: number};

export type MetricsOptions = {
	readonly side: Side;
	readonly address: MetricsAddress;
	readonly migrations: () => readonly MigrationStatus[];
	readonly protections: () => readonly ProtectionStatus[];
	readonly log: Logger;
};

export type MetricsServer = AsyncDisposable & {readonly port: number};

/** Serves `GET /metrics` in the format of Prometheus: the daemon's own figures, and those of its migrations and protections. Rejects ERR_CONFIG where it cannot listen. */
export async function serveMetrics({side, address, migrations, protections, log}: MetricsOptions): Promise<MetricsServer> {
	const registry = new Registry();
	registry.setDefaultLabels({daemon: side});
	collectDefaultMetrics({register: registry});
	registerMigrations(registry, migrations);
	registerProtections(registry, protections);
	const server = createServer((request, response) => {
		if (request.method !== 'GET' || request.url !== '/metrics') {
			answer(response, {status: 404, type: 'text/plain; charset=utf-8', body: 'GET /metrics\n'});
			return;
		}

		void answerMetrics(registry, response, log);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', error => {
			reject(
				hostError('ERR_CONFIG', `metrics cannot be served at ${address.host}:${address.port}: ${error.message}`, {side, cause: error}),
			);
		});
		server.listen({host: address.host, port: address.port}, resolve);
	});
	const {port} = server.address() as AddressInfo;
	log.info({host: address.host, port}, 'metrics are served');
	return {
		port,
		async [Symbol.asyncDispose]() {
			await new Promise<void>(resolve => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			});
		},
	};
}

async function answerMetrics(registry: Registry, response: ServerResponse, log: Logger): Promise<void> {
	try {
		answer(response, {status: 200, type: registry.contentType, body: await registry.metrics()});
	} catch (error) {
		log.error({error}, 'metrics could not be collected');
		answer(response, {status: 500, type: 'text/plain; charset=utf-8', body: 'metrics could not be collected\n'});
	}
}

function answer(
	response: ServerResponse,
	{status, type, body}: {readonly status: number; readonly type: string; readonly body: string},
): void {
	response.writeHead(status, {'content-type': type}).end(body);
}
