import {
	checksOfDaemon,
	checksOfHost,
	examineAll,
	findingOf,
	judgeQemu,
	machineNames,
	memoryFacts,
	type QemuFacts,
	qemuFacts,
	roomBytes,
	type SilentDaemonFacts,
	silentDaemonFacts,
} from '@sterna/host/doctor';
import {causeChain} from '@sterna/protocol';
import type {DoctorReply, Finding} from '@sterna/protocol/control';
import {ControlClient} from '@sterna/transport';
import {connectToHost} from '../connect-host.ts';
import type {ReceiverServices} from '../services.ts';
import {InFlight} from './in-flight.ts';
import {type AskerFacts, judgeSender, judgeStandbys, judgeWayBack} from './judge-receiver.ts';

/** For one connection. */
const CONNECT_TIMEOUT_MS = 3000;

/**
 * What this host finds of itself. A peer may ask for it at will, and it starts programs, writes files and opens connections: what is asked for while it is under way is not
 * begun again.
 */
export class HostExaminer {
	readonly #services: ReceiverServices;
	readonly #underWay = new InFlight<DoctorReply>();
	readonly #ofAskers = new InFlight<readonly Finding[]>();

	constructor(services: ReceiverServices) {
		this.#services = services;
	}

	/** For the sender of another host, by the name in its hello: with the way to it. Never rejects for what it finds. */
	async forPeer(asker: string): Promise<DoctorReply> {
		const [reply, ofAsker] = await Promise.all([this.forOwnHost(), this.#ofAskers.join(asker, async () => this.#examineWay(asker))]);
		return {...reply, findings: [...ofAsker, ...reply.findings]};
	}

	/** For the sender, or an operator, of this host. */
	async forOwnHost(): Promise<DoctorReply> {
		return this.#underWay.join('', async () => examineHost(this.#services));
	}

	async #examineWay(asker: string): Promise<readonly Finding[]> {
		const {hostName: host} = this.#services.config;
		const judgements = await examineAll([
			{name: 'way-back', examine: async () => judgeWayBack({asker, host, wayBack: await callBack(this.#services, asker)})},
			{name: 'daemon', examine: async () => judgeSender({host, silent: await askSender(this.#services)})},
		]);
		return judgements.map(judgement => findingOf(judgement, {host, side: 'receiver'}));
	}
}

async function examineHost(services: ReceiverServices): Promise<DoctorReply> {
	const {config, registry, listener, standbys} = services;
	const host = {...services, role: 'receiver'} as const;
	let programs: readonly QemuFacts[] = [];
	const judgements = await examineAll([
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
		// Where the records cannot be read, the checks say why.
		roomBytes: await memoryFacts(config.receiver.memoryLimitBytes, registry).then(roomBytes, () => undefined),
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

async function askSender({config, software}: ReceiverServices): Promise<SilentDaemonFacts | undefined> {
	try {
		await using _ = await ControlClient.connect({
			address: {unix: config.sender.socket},
			hello: {software, host: config.hostName, role: 'operator'},
			timeoutMs: CONNECT_TIMEOUT_MS,
		});
		return undefined;
	} catch (error) {
		return silentDaemonFacts('sender', error);
	}
}
