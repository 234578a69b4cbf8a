import type {RemoteHost} from '@sterna/host';
import {causeChain} from '@sterna/protocol';
import type {HostInfo, HostsReply} from '@sterna/protocol/control';
import {describeAddress} from '@sterna/transport';
import {connectReceiver} from './peers.ts';
import type {SenderServices} from './services.ts';

/** How long one host may take to answer a probe. */
const PROBE_TIMEOUT_MS = 3000;

/** The configured hosts; with `probe` each one's receiver is greeted, all side by side. */
export async function listHosts(services: SenderServices, {probe}: {readonly probe: boolean}): Promise<HostsReply> {
	const {config} = services;
	const self: HostInfo = {name: config.hostName, address: '', state: 'self', detail: services.software, roundTripMs: 0};
	const others = await Promise.all(
		[...config.hosts.values()]
			.filter(({name}) => name !== config.hostName)
			.map(async host => (probe ? probeHost(services, host) : infoOf(host, 'not probed'))),
	);
	return {self: config.hostName, hosts: [self, ...others]};
}

async function probeHost(services: SenderServices, host: RemoteHost): Promise<HostInfo> {
	const started = performance.now();
	try {
		await using client = await connectReceiver(services, host, AbortSignal.timeout(PROBE_TIMEOUT_MS));
		return {...infoOf(host, 'reachable'), detail: client.peer.software, roundTripMs: performance.now() - started};
	} catch (error) {
		return {...infoOf(host, 'unreachable'), detail: causeChain(error).join(': ')};
	}
}

function infoOf({name, address, controlPort}: RemoteHost, state: HostInfo['state']): HostInfo {
	return {name, address: describeAddress({host: address, port: controlPort}), state, detail: '', roundTripMs: 0};
}
