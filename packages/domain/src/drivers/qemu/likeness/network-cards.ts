import * as v from 'valibot';
import type {QmpClient} from '../qmp/qmp-client.ts';

/** A virtio network card, and what its network lets it offer to the guest. */
export type NetworkCard = {
	/** As its property: `52:54:00:12:34:56`. */
	readonly mac: string;
	/** Names of its features, as `VIRTIO_NET_F_…` of the standard, sorted, with blanks between: `CSUM GUEST_CSUM HOST_TSO4`. */
	readonly features: string;
};

/** `VIRTIO_NET_F_CSUM: Device handling packets with partial checksum supported` */
const FEATURE = /^VIRTIO_NET_F_(\w+)/;

/**
 * The virtio cards of a guest, sorted by address. Offloads are not properties of such a card: QEMU takes away those that the backend does not have,
 * and then neither tells the guest nor refuses the state of a card that had fewer. Cards of other models do by themselves what their network does not.
 * `found`: what `x-query-virtio` answers. A round trip more.
 */
export async function readNetworkCards(
	qmp: Pick<QmpClient, 'execute'>,
	found: ReadonlyArray<{readonly path: string; readonly name: string}>,
): Promise<NetworkCard[]> {
	const cards = await Promise.all(
		found
			.filter(({name}) => name === 'virtio-net')
			.map(async ({path}) => {
				const [mac, status] = await Promise.all([
					qmp.execute('qom-get', {path, property: 'mac'}),
					qmp.execute('x-query-virtio-status', {path}),
				]);
				const described = status['host-features']['dev-features'] ?? [];
				const names = described.map(text => FEATURE.exec(text)?.[1]).filter(name => name !== undefined);
				return {mac: v.parse(v.string(), mac), features: names.toSorted().join(' ')};
			}),
	);
	return cards.toSorted((a, b) => (a.mac < b.mac ? -1 : 1));
}
