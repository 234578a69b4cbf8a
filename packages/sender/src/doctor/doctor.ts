import {
	type Check,
	checksOfDaemon,
	checksOfHost,
	examineAll,
	findingOf,
	type Judgement,
	judgeName,
	judgeSilentDaemon,
	nameFacts,
	ok,
	silentDaemonFacts,
} from '@sterna/host/doctor';
import type {DoctorReply, DoctorRequest, Finding} from '@sterna/protocol/control';
import {ControlClient} from '@sterna/transport';
import {needHost} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {examinePeer} from './examine-peer.ts';

const CONNECT_TIMEOUT_MS = 3000;
/** A receiver's checks are made side by side, each within its own time, which is less. */
const RECEIVER_TIMEOUT_MS = 12_000;

/** What is wrong here, and with a host's name there and in between. Nothing is moved or changed. Rejects ERR_HOST_UNKNOWN. */
export async function doctor(services: SenderServices, {host}: DoctorRequest): Promise<DoctorReply> {
	const {config} = services;
	const remote = host === '' || host === config.hostName ? undefined : needHost(services, host);
	const receiver = await askReceiver(services);
	const names = remote === undefined ? [...config.hosts.values()].filter(({name}) => name !== config.hostName) : [remote];
	const [own, peer] = await Promise.all([
		examineAll([
			...checksOfDaemon({...services, role: 'sender'}),
			...names.map((named): Check => ({name: 'name', examine: async () => judgeName(await nameFacts(named))})),
			...(receiver.reply === undefined ? checksOfHost({...services, role: 'sender'}) : []),
		]),
		remote === undefined ? [] : examinePeer(services, remote, {ownMachines: receiver.reply?.qemuMachines ?? []}),
	]);
	const ofReceiver = findingOf(receiver.judgement, {host: config.hostName, side: 'receiver'});
	const findings: readonly Finding[] = [
		ofReceiver,
		...own.map(judgement => findingOf(judgement, {host: config.hostName, side: 'sender'})),
		...(receiver.reply?.findings ?? []),
		...peer,
	];
	return {host: config.hostName, findings, dataPort: 0, roomBytes: receiver.reply?.roomBytes, qemuMachines: []};
}

/** What this host's receiver finds; where it is down, a guest that was moved away cannot come back. */
async function askReceiver({
	config,
	software,
}: SenderServices): Promise<{readonly judgement: Judgement; readonly reply: DoctorReply | undefined}> {
	const signal = AbortSignal.timeout(RECEIVER_TIMEOUT_MS);
	try {
		await using client = await ControlClient.connect({
			address: {unix: config.receiver.socket},
			hello: {software, host: config.hostName, role: 'operator'},
			timeoutMs: CONNECT_TIMEOUT_MS,
		});
		const reply = await client.ask('peerDoctor', {}, 'doctor', {signal});
		return {judgement: ok('daemon', `sterna-receiver of ${config.hostName} answers`), reply};
	} catch (error) {
		return {judgement: judgeSilentDaemon(await silentDaemonFacts('receiver', error)), reply: undefined};
	}
}
