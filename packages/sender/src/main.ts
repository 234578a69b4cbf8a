import {RecordKeeper, runDaemon, serveMetrics, type DaemonContext, type RunningDaemon, openLeaseStore, operationError} from '@sterna/host';
import {BandwidthLimit, ControlServer, DataWorkerPool, TlsCredentials} from '@sterna/transport';
import {createController} from './controller.ts';
import {Operations} from './operations.ts';
import {Protections} from './protect/protections.ts';
import {recoverProtections} from './protect/recover-protections.ts';
import {recover} from './recovery.ts';
import {connectReceiver, needHost, tellReturned} from './peers.ts';
import {PeerRecords} from './recording/peer-records.ts';
import {Recordings} from './recording/recordings.ts';
import {checkModules} from './user-policy/check-modules.ts';
import {ReturnNotices} from './return-notices.ts';
import type {SenderServices} from './services.ts';
import {Verdicts} from './verdicts.ts';
import {VERSION} from './version.ts';

async function start(context: DaemonContext): Promise<RunningDaemon> {
	const {config, software, log} = context;
	const pool = new DataWorkerPool({maxWorkers: config.data.workers});
	const credentials = config.tls === undefined ? undefined : new TlsCredentials(config.tls, 'sender');
	if (credentials !== undefined) {
		context.onReload(() => {
			credentials.reload();
		});
	}

	const {modules} = config.policy;
	await checkModules(modules);
	if (modules.size > 0) {
		context.onReload(() => {
			void checkModules(modules).catch((error: unknown) => {
				log.error({err: error}, 'a policy module is wrong: a migration that uses it goes by the built-in ones');
			});
		});
	}

	const keeper = new RecordKeeper({...context, side: 'sender'});
	const peers = new PeerRecords({
		keeper,
		connect: async (peer, signal) => connectReceiver(services, needHost(services, peer), signal),
		stopping: context.stopping,
		log,
	});
	const services: SenderServices = {
		...context,
		pool,
		credentials,
		protections: new Protections(),
		leases: openLeaseStore(config.lease, {side: 'sender', onReload: context.onReload}),
		verdicts: new Verdicts(),
		notices: new ReturnNotices({
			outcomes: context.outcomes,
			host: config.hostName,
			tell: (...notice) => tellReturned(services, ...notice),
			stopping: context.stopping,
			warn: (message, error) => {
				log.warn({error}, message);
			},
		}),
		operations: new Operations({maxConcurrent: config.sender.maxConcurrent}),
		recordings: new Recordings({keeper, peers}),
		bandwidth: new BandwidthLimit(config.data.bandwidthBytesPerSecond),
	};
	await recover(services);
	await recoverProtections(services);
	await services.notices.takeUp();
	await keeper.sweep();
	peers.takeUp();
	const server = await ControlServer.listen({
		listen: {unix: config.sender.socket, ...(config.sender.socketGroup === undefined ? {} : {groupId: config.sender.socketGroup})},
		hello: {software, host: config.hostName, role: 'sender'},
		roles: ['operator'],
		onRequest: createController(services),
		onError: error => {
			log.error({error}, 'a request failed unexpectedly');
		},
	});
	const metrics = config.metrics.sender;
	const served =
		metrics === undefined
			? undefined
			: await serveMetrics({
					side: 'sender',
					address: metrics,
					migrations: () => services.operations.statuses(),
					protections: () => services.protections.statuses(),
					log,
				});
	log.info({listen: server.address, tracker: config.sender.tracker, certificateEnds: credentials?.validTo}, 'listening');
	return {
		async stop() {
			for (const migration of services.operations.running) {
				migration.abort(
					operationError('ERR_DAEMON_STOPPING', `the sender on ${config.hostName} was told to stop`, {
						side: 'sender',
						phase: 'precopy',
						runsOn: {kind: 'host', host: config.hostName},
						domain: migration.domain,
						peer: migration.peer,
					}),
				);
			}

			await services.operations.idle();
			await services.recordings.idle();
			await services.protections.idle();
			await services.leases[Symbol.asyncDispose]();
			await server.close();
			await served?.[Symbol.asyncDispose]();
			await pool.close();
			keeper[Symbol.dispose]();
		},
	};
}

await runDaemon({role: 'sender', version: VERSION, argv: process.argv.slice(2), start});
