import type {QemuNetworkSettings} from '../host-settings.ts';
import type {ListedOption} from './option-list.ts';

/** How this host connects a guest to one of its networks, as behind `-netdev`. */
export function networkBackend(id: string, network: QemuNetworkSettings): ListedOption[] {
	switch (network.kind) {
		case 'bridge': {
			const helper: ListedOption[] = network.helper === undefined ? [] : [['helper', network.helper]];
			return [['type', 'bridge'], ['id', id], ['br', network.bridge], ...helper];
		}

		case 'multicast': {
			const local: ListedOption[] = network.localAddress === undefined ? [] : [['localaddr', network.localAddress]];
			return [['type', 'socket'], ['id', id], ['mcast', `${network.address}:${network.port}`], ...local];
		}
	}
}
