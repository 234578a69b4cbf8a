import type {QemuDefinition, QemuDevice} from '../definition.ts';
import type {QemuHostSettings} from '../host-settings.ts';
import type {Findings} from './findings.ts';
import {isOn, readOptions, valuesOf} from './read-options.ts';
import {hostOf, placeProperties, type RunningGuest} from './running-guest.ts';
import type {GivenOption} from './split-command-line.ts';

/** Backends that a guest's connections cannot be taken from, and why. */
const REFUSED_BACKENDS: Readonly<Record<string, string>> = {
	user: 'user networking: its connections end in this QEMU',
	'vhost-user': 'vhost-user: the state of its queues is outside of QEMU',
	'vhost-vdpa': 'vhost-vdpa: the state of its queues is in a device of this host',
	hubport: 'a hub within QEMU',
};
const CURE = 'start the guest with a bridge, a tap or a multicast socket (-netdev bridge,id=…, -netdev socket,id=…,mcast=…)';
/** Backends whose offloads the guest may use, which a datagram of an Ethernet frame cannot say. */
const WITH_OFFLOADS = new Set(['tap', 'bridge']);

export type NetworksPart = {
	readonly networks: QemuDefinition['networks'];
	/** Cards that `-nic` has made, ahead of all other devices. */
	readonly cards: readonly QemuDevice[];
};

export type NetworkChoice = {
	/** Name of the hosts' network, by the backend's id. */
	readonly chosen: Readonly<Record<string, string>>;
	/** How this host is connected to each. */
	readonly known: QemuHostSettings['networks'];
};

type Backend = {readonly id: string; readonly type: string; readonly vhost: boolean};

/** Network backends, and the cards that came with them. */
export function readNetworks(
	options: readonly GivenOption[],
	guest: RunningGuest,
	findings: Findings,
	choice: NetworkChoice,
): NetworksPart {
	const backends: Backend[] = [];
	for (const text of valuesOf(options, 'netdev')) {
		const backend = readOptions(text, 'type');
		if (backend === undefined) findings.obstacle(`network ${text}, whose options have parts`, 'give them as -netdev TYPE,OPTION=VALUE');
		else backends.push(readBackend(backend, backend.get('id') ?? ''));
	}

	const cards = readCards(options, guest, findings, backends);
	const nets = valuesOf(options, 'net').filter(value => value !== 'none');
	for (const value of nets) findings.obstacle(`-net ${value}: a hub within QEMU`, 'use -netdev and -device');
	const asked = ['netdev', 'nic', 'net', 'nodefaults'].some(name => options.some(option => option.name === name));
	if (!asked && guest.tree.some(({properties}) => properties.has('netdev')))
		findings.obstacle(
			"QEMU's default network card, with user networking",
			`start the guest with -nodefaults or -nic none, or ${CURE.slice('start the guest with '.length)}`,
		);
	const networks = backends.flatMap(backend => networkOf(backend, findings, choice));
	for (const id of Object.keys(choice.chosen)) {
		if (!backends.some(backend => backend.id === id))
			findings.obstacle(`no network backend ${id} in the guest`, `name one of ${backends.map(backend => backend.id).join(', ') || 'none'}`);
	}

	return {networks, cards};
}

function readBackend(options: ReadonlyMap<string, string>, id: string): Backend {
	return {id, type: options.get('type') ?? '', vhost: isOn(options.get('vhost')) || isOn(options.get('vhostforce'))};
}

function networkOf({id, type, vhost}: Backend, findings: Findings, {chosen, known}: NetworkChoice): QemuDefinition['networks'] {
	const refused = vhost ? 'vhost: the state of its queues is in the kernel of this host' : REFUSED_BACKENDS[type];
	if (refused !== undefined) {
		findings.obstacle(`network ${id}: ${refused}`, vhost ? 'start the guest with vhost=off' : CURE);
		return [];
	}

	const network = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
	if (network === undefined) {
		findings.obstacle(
			`network ${id} (${type}): which of the hosts' networks it is on is not known`,
			`say --network ${id}=NAME, one of ${[...known.keys()].join(', ') || 'none: [qemu.networks] is empty'}`,
		);
		return [];
	}

	if (WITH_OFFLOADS.has(type) && known.get(network)?.kind === 'multicast')
		findings.obstacle(`network ${id} (${type}): the guest may use offloads that ${network}, a multicast network, has not`, 'name a bridge');
	return [{netdev: id, network}];
}

/** Makes `-nic` the backend and the card that it stands for, the card where it is now. */
function readCards(options: readonly GivenOption[], guest: RunningGuest, findings: Findings, backends: Backend[]): QemuDevice[] {
	const taken = new Set(valuesOf(options, 'device').map(text => readOptions(text, 'driver')?.get('netdev')));
	const left = guest.tree.filter(({properties}) => properties.has('netdev') && !taken.has(unquoted(properties.get('netdev'))));
	const byAddress = left.toSorted((a, b) => (hostOf(guest, a).place < hostOf(guest, b).place ? -1 : 1));
	const cards: QemuDevice[] = [];
	for (const text of valuesOf(options, 'nic')) {
		if (text === 'none') continue;
		const nic = readOptions(text, 'type');
		const index = byAddress.findIndex(({properties}) => nic?.has('id') !== true || unquoted(properties.get('netdev')) === nic.get('id'));
		const [card] = index === -1 ? [] : byAddress.splice(index, 1);
		if (nic === undefined || card === undefined) {
			findings.obstacle(`network -nic ${text} without a card in the guest`, 'use -netdev and -device');
			continue;
		}

		const backend = readBackend(nic, nic.get('id') ?? `nic${cards.length}`);
		backends.push(backend);
		const device = hostOf(guest, card);
		// Of itself a card of `-nic` has other interrupts than one of `-device`.
		const vectors = device.properties.get('vectors')?.split(' ', 1)[0];
		const properties = {
			netdev: backend.id,
			mac: unquoted(card.properties.get('mac')),
			...(vectors === undefined ? {} : {vectors}),
			...placeProperties(device),
		};
		cards.push({driver: device.model, properties});
	}

	return cards;
}

function unquoted(text = ''): string {
	return text.replaceAll('"', '');
}
