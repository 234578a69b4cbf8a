import type {GuestFacts} from '../../driver.ts';
import type {QemuDefinition} from './definition.ts';

/** What a guest was made of, as `domain show` has it. */
export function definitionFacts(definition: QemuDefinition): GuestFacts['detail'] {
	const {machine, accelerator, cpu, memoryBackend, kernel, firmware, disks, networks, devices} = definition;
	return {
		machine,
		accelerator,
		cpu,
		memoryBackend: memoryBackend.kind,
		...(kernel === undefined ? {} : {kernel: kernel.image}),
		...(firmware === undefined ? {} : {firmware}),
		...Object.fromEntries(disks.map(({node, path, format, sharing}) => [`disk.${node}`, `${path} (${format}, ${sharing})`])),
		...Object.fromEntries(networks.map(({netdev, network}) => [`network.${netdev}`, `${network}${addressOf(netdev, devices)}`])),
		devices: devices.map(({driver}) => driver).join(', '),
	};
}

/** The Ethernet address of the card on a network, in brackets. */
function addressOf(netdev: string, devices: QemuDefinition['devices']): string {
	const card = devices.find(({properties}) => properties['netdev'] === netdev);
	return card?.properties['mac'] === undefined ? '' : ` (${card.properties['mac']})`;
}
