import {
	type Check,
	checksOfDaemon,
	checksOfHost,
	examineAll,
	findingOf,
	judgeQemu,
	lastLogLines,
	machineNames,
	memoryFacts,
	type QemuFacts,
	qemuFacts,
	roomBytes,
} from '@sterna/host/doctor';
import {causeChain} from '@sterna/protocol';
import type {DoctorReply} from '@sterna/protocol/control';
import {ControlClient} from '@sterna/transport';
import {connectToHost} from '../connect-host.ts';
import type {ReceiverServices} from '../services.ts';
import {type AskerFacts, judgeSender, judgeStandbys, judgeWayBack} from './judge-receiver.ts';

/** For one connection. */
const CONNECT_TIMEOUT_MS = 3000;

/** What this host finds of itself, and of the way to the host that asks. Never rejects for what it finds. */
export async function examineForPeer(services: ReceiverServices, asker: string): Promise<DoctorReply> {
	const {hostName: host} = services.config;
	return examine(services, [
		{name: 'way-back', examine: async () => judgeWayBack({asker, host, wayBack: await callBack(services, asker)})},
		{name: 'daemon', examine: async signal => judgeSender({host, ...(await askSender(services, signal))})},
	]);
}

/** What this host finds of itself, for its own sender or operator. */
export async function examineForOwnHost(services: ReceiverServices): Promise<DoctorReply> {
	return examine(services, []);
}

async function examine(services: ReceiverServices, more: readonly Check[]): Promise<DoctorReply> {
	const {config, registry, listener, standbys} = services;
	const host = {...services, role: 'receiver'} as const;
	let programs: readonly QemuFacts[] = [];
	const judgements = await examineAll([
		...more,
		...checksOfDaemon(host),
		...checksOfHost(host),
		{name: 'standbys', examine: () => judgeStandbys(standbys.statuses())},
		{
			name: 'qemu',
			async examine(signal) {
				programs = await qemuFacts(config.qemu.binaries, await guestsByProgram(services), signal);
				return judgeQemu(programs);
			},
		},
	]);
	return {
		host: config.hostName,
		findings: judgements.map(judgement => findingOf(judgement, {host: config.hostName, side: 'receiver'})),
		dataPort: listener.port,
		roomBytes: roomBytes(await memoryFacts(config.receiver.memoryLimitBytes, registry)),
		qemuMachines: machineNames(programs),
	};
}

async function guestsByProgram({registry}: ReceiverServices): Promise<ReadonlyMap<string, readonly string[]>> {
	const {records} = await registry.list();
	const qemu = records.flatMap(({definition}) => (definition.kind === 'qemu' ? [definition] : []));
	const groups = Map.groupBy(qemu, ({binary}) => binary);
	return new Map([...groups].map(([binary, guests]) => [binary, guests.map(({name}) => name)]));
}

async function callBack(services: ReceiverServices, asker: string): Promise<AskerFacts['wayBack']> {
	if (!services.config.hosts.has(asker)) return undefined;
	try {
		await using client = await connectToHost(services, asker, AbortSignal.timeout(CONNECT_TIMEOUT_MS));
		return {peer: client.peer.host};
	} catch (error) {
		return {error: causeChain(error).join(': ')};
	}
}

async function askSender(
	{config, software}: ReceiverServices,
	signal: AbortSignal,
): Promise<{error: string | undefined; lastLines: string | undefined}> {
	try {
		await using _ = await ControlClient.connect({
			address: {unix: config.sender.socket},
			hello: {software, host: config.hostName, role: 'operator'},
			timeoutMs: CONNECT_TIMEOUT_MS,
		});
		return {error: undefined, lastLines: undefined};
	} catch (error) {
		return {error: causeChain(error).join(': '), lastLines: await lastLogLines('sender', signal)};
	}
}
