import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	createLogger,
	Directories,
	DomainRegistry,
	type LeaseStore,
	loadConfig,
	ManualLeaseStore,
	MemoryBudget,
	operationError,
	OutcomeStore,
	RecordKeeper,
} from '@sterna/host';
import {ControlServer, DataListener, DataWorkerPool, helloFeatures, type ControlAddress} from '@sterna/transport';
import type {ExecutionContext} from 'ava';
import {Arrivals} from '../../src/arrivals.ts';
import {createPeerController} from '../../src/controller.ts';
import {Recordings} from '../../src/recording/recordings.ts';
import {recover} from '../../src/recovery.ts';
import type {ReceiverServices} from '../../src/services.ts';
import {recoverStandbys} from '../../src/standby/recover-standby.ts';
import {Standbys} from '../../src/standby/standbys.ts';

const HOST = 'host-b';

/** All of a receiver's daemon but its process: sockets, data workers, journal, guests. */
export type TestReceiver = {
	readonly services: ReceiverServices;
	/** Where senders connect. */
	readonly address: ControlAddress;
};

/** A host's directories, gone after the test. */
export function receiverDirectories(t: ExecutionContext): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-receiver-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** Where a host with this directory has its state, made. */
export function directoriesOf(directory: string): Directories {
	const directories = new Directories({state: path.join(directory, 'state'), run: path.join(directory, 'run')}, 'receiver');
	directories.create();
	return directories;
}

export function registryOf(directories: Directories): DomainRegistry {
	return new DomainRegistry(directories, {side: 'receiver'});
}

/** Starts a receiver on free ports, which takes up what an earlier one has left in these directories. Ends with the test. */
export async function startReceiver(
	t: ExecutionContext,
	directory = receiverDirectories(t),
	features = helloFeatures({plainData: false}),
	leases: LeaseStore = new ManualLeaseStore({side: 'receiver'}),
): Promise<TestReceiver> {
	const file = path.join(directory, 'sterna.toml');
	writeFileSync(file, `name = "${HOST}"\n[paths]\nstate = "${directory}/state"\nrun = "${directory}/run"\n`);
	const config = loadConfig({side: 'receiver', file});
	const directories = directoriesOf(directory);
	const registry = registryOf(directories);
	const pool = new DataWorkerPool({maxWorkers: 2});
	const listener = await DataListener.open({host: '127.0.0.1', port: 0, onRefused: () => undefined});
	const log = await createLogger({name: 'test', host: HOST, level: 'trace', file: path.join(directory, 'log')});
	const services: ReceiverServices = {
		config,
		directories,
		registry,
		outcomes: new OutcomeStore(directories, {side: 'receiver'}),
		budget: new MemoryBudget({side: 'receiver', limitBytes: config.receiver.memoryLimitBytes, registry}),
		log,
		software: 'sterna-receiver test',
		stopping: new AbortController().signal,
		onReload: () => undefined,
		pool,
		listener,
		credentials: undefined,
		arrivals: new Arrivals(),
		standbys: new Standbys(),
		recordings: new Recordings(new RecordKeeper({directories, config, log, side: 'receiver'})),
		leases,
	};
	await recover(services);
	await recoverStandbys(services);
	const server = await ControlServer.listen({
		listen: {host: '127.0.0.1', port: 0},
		hello: {software: services.software, host: HOST, role: 'receiver', features},
		roles: ['sender'],
		onRequest: createPeerController(services),
		onError: error => t.log('a request failed unexpectedly', error),
	});
	t.teardown(async () => {
		const reason = operationError('ERR_DAEMON_STOPPING', 'the test is over', {
			side: 'receiver',
			phase: 'precopy',
			runsOn: {kind: 'unknown'},
		});
		await services.arrivals.stop(() => reason);
		await services.standbys.stop(() => reason);
		await server.close();
		await listener.close();
		await pool.close();
	});
	return {services, address: server.address};
}
