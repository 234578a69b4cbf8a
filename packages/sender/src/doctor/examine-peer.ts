import {once} from 'node:events';
import {connect} from 'node:net';
import type {ClockOffset, RemoteHost} from '@sterna/host';
import {type Check, examineAll, findingOf, type Judgement, ok, systemCodeOf, warning} from '@sterna/host/doctor';
import {causeChain, OperationError} from '@sterna/protocol';
import type {DoctorReply, Finding} from '@sterna/protocol/control';
import {type ControlClient, describeAddress, helloFeatures} from '@sterna/transport';
import {connectReceiver} from '../peers.ts';
import {measureClock} from '../recording/measure-clock.ts';
import type {SenderServices} from '../services.ts';
import {judgeFeatures, judgeMachines, judgeRoom, judgeVersions} from './judge-fit.ts';
import {type ConnectFailure, judgeClock, judgeConnection, judgeDataPort, judgePeerName} from './judge-link.ts';

const CONNECT_TIMEOUT_MS = 4000;
/** As for this host's own. */
const PEER_TIMEOUT_MS = 12_000;

/** Connects to a host's receiver as a migration does, and compares the two hosts; and has the receiver look at its own. Never rejects for what it finds. */
export async function examinePeer(
	services: SenderServices,
	remote: RemoteHost,
	{ownMachines}: {readonly ownMachines: readonly string[]},
): Promise<readonly Finding[]> {
	const {hostName} = services.config;
	const own = (judgement: Judgement): Finding => findingOf(judgement, {host: hostName, side: 'sender'});
	const address = describeAddress({host: remote.address, port: remote.controlPort});
	const facts = {host: remote.name, address, port: remote.controlPort};
	const began = performance.now();
	let opened: ControlClient;
	try {
		opened = await connectReceiver(services, remote, AbortSignal.timeout(CONNECT_TIMEOUT_MS));
	} catch (error) {
		return [own(judgeConnection({...facts, failure: failureOf(error, address), roundTripMs: undefined}))];
	}

	await using client = opened;
	const connected = judgeConnection({...facts, failure: undefined, roundTripMs: performance.now() - began});
	const reply = await askPeer(client, remote.name);
	const compared = await examineAll([
		{name: 'name', examine: () => judgePeerName({host: remote.name, answered: client.peer.host})},
		...comparisons(services, remote, client),
		...('findings' in reply ? measuresBy(services, remote, {reply, ownMachines}) : []),
	]);
	return [
		own(connected),
		...compared.map(judgement => own(judgement)),
		...('findings' in reply ? reply.findings.map(finding => ({...finding, host: remote.name})) : [own(reply)]),
	];
}

async function askPeer(client: ControlClient, host: string): Promise<DoctorReply | Judgement> {
	try {
		return await client.ask('peerDoctor', {}, 'doctor', {signal: AbortSignal.timeout(PEER_TIMEOUT_MS)});
	} catch (error) {
		return warning(
			'daemon',
			`the receiver of ${host} does not say what it finds: ${causeChain(error).join(': ')}`,
			`install the same version of Sterna on ${host}; its log (journalctl -u sterna-receiver) says more`,
		);
	}
}

/** By what the two have said in their hellos, and by their clocks. */
function comparisons({config, software}: SenderServices, {name: host}: RemoteHost, client: ControlClient): readonly Check[] {
	const {peer, version: protocol} = client.agreement;
	const own = helloFeatures({plainData: config.tls?.data === false});
	return [
		{name: 'version', examine: () => judgeVersions({host, own: software, peer: peer.software, protocol})},
		{name: 'features', examine: () => judgeFeatures({host, own, peer: peer.features})},
		{name: 'clock', examine: async signal => judgeClock(host, await offsetOf(client, signal))},
	];
}

/** By what the receiver has told of its host. */
function measuresBy(
	{registry}: SenderServices,
	{name: host, address}: RemoteHost,
	{reply: {dataPort: port, roomBytes, qemuMachines}, ownMachines}: {readonly reply: DoctorReply; readonly ownMachines: readonly string[]},
): readonly Check[] {
	return [
		{
			name: 'data-port',
			async examine(signal) {
				if (port === 0) return ok('data-port', `${host} does not say where it takes guest memory`);
				return judgeDataPort({
					host,
					address: describeAddress({host: address, port}),
					port,
					failure: await whyNotReached(address, port, signal),
				});
			},
		},
		{
			name: 'room',
			async examine() {
				const {records} = await registry.list();
				const guests = records.filter(({state}) => state === 'running' || state === 'paused' || state === 'protected');
				return judgeRoom({host, roomBytes, guests: guests.map(({definition: {name, memoryBytes}}) => ({name, memoryBytes}))});
			},
		},
		{
			name: 'qemu',
			async examine() {
				const {records} = await registry.list();
				const guests = records.flatMap(({definition, state}) =>
					definition.kind === 'qemu' && state !== 'stale' && state !== 'standby'
						? [{name: definition.name, machine: `${definition.binary} ${definition.machine}`}]
						: [],
				);
				return judgeMachines({host, own: ownMachines, peer: qemuMachines, guests});
			},
		},
	];
}

/** Undefined where the other host is of a version that does not tell its time. */
async function offsetOf(client: ControlClient, signal: AbortSignal): Promise<ClockOffset | undefined> {
	// The time of day, at the resolution of a round trip.
	const [startMs, began] = [Date.now(), performance.now()];
	try {
		return await measureClock(client, () => startMs + performance.now() - began, signal);
	} catch (error) {
		if (!(error instanceof OperationError && error.code === 'ERR_NOT_SUPPORTED')) throw error;
		return undefined;
	}
}

/** A plain connection, without a preamble: the system's code of why there is none. The receiver logs it as refused. */
async function whyNotReached(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
	const socket = connect({host, port});
	try {
		await once(socket, 'connect', {signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)])});
		return undefined;
	} catch (error) {
		return systemCodeOf(error) ?? 'timeout';
	} finally {
		socket.destroy();
	}
}

function failureOf(error: unknown, address: string): ConnectFailure {
	if (error instanceof OperationError) return {code: error.code, message: causeChain(error).join(': '), systemCode: systemCodeOf(error)};
	return {
		code: 'ERR_HOST_UNREACHABLE',
		message: `the receiver at ${address} does not answer: there was nothing within ${CONNECT_TIMEOUT_MS} ms`,
		systemCode: undefined,
	};
}
