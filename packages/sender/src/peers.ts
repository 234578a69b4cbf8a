import {hostError, type RemoteHost} from '@sterna/host';
import {type OperationError, PLAIN_DATA_FEATURE} from '@sterna/protocol';
import {ControlClient, type DataSecurity, heartbeatLimits, helloFeatures} from '@sterna/transport';
import {ReceiverSession, type HandoverAttempt} from './receiver-session.ts';
import type {SenderServices} from './services.ts';
import type {Verdict} from './verdicts.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;

/** The configured host of this name. Throws ERR_HOST_UNKNOWN. */
export function needHost({config}: SenderServices, name: string): RemoteHost {
	const host = config.hosts.get(name);
	if (host) return host;
	const known = [...config.hosts.keys()].join(', ') || 'none';
	throw hostError('ERR_HOST_UNKNOWN', `there is no host ${name} in the configuration; known are: ${known}`, {
		side: 'sender',
		next: 'migrate-ctl hosts',
	});
}

/** Opens the control channel to a host's receiver. Rejects ERR_HOST_UNREACHABLE, ERR_TLS, ERR_PROTOCOL_VERSION, ERR_CONFIG for a host beyond loopback without TLS. */
export async function connectReceiver(
	{config, software, credentials}: SenderServices,
	{address, controlPort, tlsName}: RemoteHost,
	signal: AbortSignal,
): Promise<ControlClient> {
	return ControlClient.connect({
		address: {host: address, port: controlPort},
		hello: {software, host: config.hostName, role: 'sender', features: helloFeatures({plainData: config.tls?.data === false})},
		tls: credentials?.clientOptions(tlsName),
		limits: heartbeatLimits(config.peer),
		signal,
	});
}

/** How the data connections to a host are secured, by what was agreed on with its receiver. */
export function dataSecurity({credentials, pool}: SenderServices, {tlsName}: RemoteHost, agreed: ReadonlySet<string>): DataSecurity {
	if (credentials === undefined) return {kind: 'loopback'};
	if (agreed.has(PLAIN_DATA_FEATURE)) return {kind: 'agreed-plain'};
	return {kind: 'tls', context: credentials.context, peerName: tlsName, pool};
}

/**
 * Asks a receiver what became of a migration whose `go` may have arrived, again and again until it knows or the signal fires
 * (then undefined). A receiver that was ready without a `go` declines it durably before it answers. A person may answer in its place (`resolve`).
 */
export async function queryOutcome(
	services: SenderServices,
	{peer, ...attempt}: HandoverAttempt & {readonly peer: string},
	signal: AbortSignal,
): Promise<Verdict | undefined> {
	using question = services.verdicts.open(attempt.migrationId);
	for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
		try {
			const session = new ReceiverSession(await connectReceiver(services, needHost(services, peer), signal));
			try {
				const {state} = await session.outcome(attempt, {declineIfReady: true}, signal);
				question.note(state);
				if (state === 'running' || state === 'declined') return state;
			} finally {
				await session.close();
			}
		} catch (error) {
			services.log.debug({error, migration: attempt.migrationId, peer}, 'the receiver cannot say yet what became of the migration');
			question.note(undefined);
		}

		await question.pause(retryMs, signal);
		if (question.verdict !== undefined) return question.verdict;
	}

	return undefined;
}

/** Says to a receiver, once, that the guest of a migration stays here. Resolves with whether it was heard. */
export async function tellReturned(
	services: SenderServices,
	peer: string,
	migrationId: string,
	reason: OperationError,
	signal: AbortSignal,
): Promise<boolean> {
	try {
		const session = new ReceiverSession(await connectReceiver(services, needHost(services, peer), signal));
		try {
			return await session.abort(migrationId, reason);
		} finally {
			await session.close();
		}
	} catch (error) {
		services.log.debug({error, migration: migrationId, peer}, 'the receiver does not hear yet that the guest stays here');
		return false;
	}
}
