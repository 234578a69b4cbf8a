import {openLeaseStore, operationError, RecordKeeper, runDaemon, serveMetrics, type DaemonContext, type RunningDaemon} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {ControlServer, DataListener, DataWorkerPool, heartbeatLimits, helloFeatures, TlsCredentials} from '@sterna/transport';
import {Arrivals} from './arrivals.ts';
import {createOperatorController, createPeerController} from './controller.ts';
import {endHalfMadeGuests} from './end-half-made.ts';
import {Recordings} from './recording/recordings.ts';
import {recover} from './recovery.ts';
import type {ReceiverServices} from './services.ts';
import {recoverStandbys} from './standby/recover-standby.ts';
import {Standbys} from './standby/standbys.ts';
import {VERSION} from './version.ts';

async function start(context: DaemonContext): Promise<RunningDaemon> {
	const {config, software, log} = context;
	const {socket, socketGroup, listenAddress, controlPort, dataPort} = config.receiver;
	const pool = new DataWorkerPool({maxWorkers: config.data.workers});
	const credentials = config.tls === undefined ? undefined : new TlsCredentials(config.tls, 'receiver');
	const plainData = config.tls?.data === false;
	const listener = await DataListener.open({
		host: listenAddress,
		port: dataPort,
		tls: credentials === undefined ? undefined : {credentials, pool, plainAllowed: plainData},
		userTimeoutMs: config.peer.silenceTimeoutMs,
		onRefused: refused => {
			log.warn(refused, 'data connection refused');
		},
	});
	const leases = openLeaseStore(config.lease, {side: 'receiver', onReload: context.onReload});
	const keeper = new RecordKeeper({...context, side: 'receiver'});
	const services: ReceiverServices = {
		...context,
		pool,
		listener,
		credentials,
		arrivals: new Arrivals(),
		standbys: new Standbys(),
		recordings: new Recordings(keeper),
		leases,
	};
	await endHalfMadeGuests(services);
	await recover(services);
	await recoverStandbys(services);
	await keeper.sweep();
	const hello = {software, host: config.hostName, role: 'receiver', features: helloFeatures({plainData})} as const;
	const onError = (error: unknown): void => {
		log.error({error}, 'a request failed unexpectedly');
	};
	const peers = await ControlServer.listen({
		listen: {host: listenAddress, port: controlPort},
		hello,
		roles: ['sender'],
		onRequest: createPeerController(services),
		onError,
		tls: credentials?.serverOptions,
		limits: heartbeatLimits(config.peer),
		onRefused: refused => {
			log.warn(refused, 'control connection refused');
		},
	});
	if (credentials !== undefined) {
		context.onReload(() => {
			credentials.reload();
			peers.setCredentials(credentials.serverOptions);
		});
	}

	const operators = await ControlServer.listen({
		listen: {unix: socket, ...(socketGroup === undefined ? {} : {groupId: socketGroup})},
		hello,
		roles: ['operator'],
		onRequest: createOperatorController(services),
		onError,
	});
	const metrics = config.metrics.receiver;
	const served =
		metrics === undefined
			? undefined
			: await serveMetrics({
					side: 'receiver',
					address: metrics,
					migrations: () => services.arrivals.statuses(),
					protections: () => services.standbys.statuses(),
					log,
				});
	log.info(
		{control: peers.address, dataPort: listener.port, socket: operators.address, certificateEnds: credentials?.validTo},
		'listening',
	);
	return {
		async stop() {
			const reason = ({domain, peer}: {readonly domain: string; readonly peer: string}): OperationError =>
				operationError('ERR_DAEMON_STOPPING', `the receiver on ${config.hostName} was told to stop`, {
					side: 'receiver',
					phase: 'precopy',
					runsOn: {kind: 'host', host: peer},
					domain,
				});
			await Promise.all([services.arrivals.stop(reason), services.standbys.stop(reason)]);
			await services.recordings.idle();
			await operators.close();
			await served?.[Symbol.asyncDispose]();
			await peers.close();
			await listener.close();
			await pool.close();
			await leases[Symbol.asyncDispose]();
			keeper[Symbol.dispose]();
		},
	};
}

await runDaemon({role: 'receiver', version: VERSION, argv: process.argv.slice(2), start});
