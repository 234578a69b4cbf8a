import {hostError} from '@sterna/host';
import {ControlClient, heartbeatLimits, helloFeatures} from '@sterna/transport';
import type {ReceiverServices} from './services.ts';

/** The receiver of another host, which this one asks as a sender does. Rejects ERR_HOST_UNKNOWN for one that the configuration does not have, and where it does not answer. */
export async function connectToHost(
	{config, software, credentials}: Pick<ReceiverServices, 'config' | 'software' | 'credentials'>,
	host: string,
	signal: AbortSignal,
): Promise<ControlClient> {
	const remote = config.hosts.get(host);
	if (remote === undefined) {
		throw hostError('ERR_HOST_UNKNOWN', `there is no host ${host} in the configuration of ${config.hostName}`, {side: 'receiver'});
	}

	return ControlClient.connect({
		address: {host: remote.address, port: remote.controlPort},
		hello: {software, host: config.hostName, role: 'sender', features: helloFeatures({plainData: config.tls?.data === false})},
		tls: credentials?.clientOptions(remote.tlsName),
		limits: heartbeatLimits(config.peer),
		signal,
	});
}
