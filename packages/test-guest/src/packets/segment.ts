/** A network of guests: Ethernet frames in UDP datagrams to a multicast group, as QEMU's `-netdev socket,mcast=ADDRESS:PORT` has them. */
export type Segment = {readonly address: string; readonly port: number};

/** All of it stays on this machine's loopback: QEMU's `localaddr`. */
export const SEGMENT_INTERFACE = '127.0.0.1';

const LOWEST_PORT = 12_000;
const PORT_COUNT = 8000;

/** A segment of the caller's own: an address of the range for local use (239.192/14, RFC 2365) at random, so that no two tests meet. */
export function randomSegment(): Segment {
	const byte = (): number => 1 + Math.floor(Math.random() * 254);
	return {address: `239.${192 + (byte() % 4)}.${byte()}.${byte()}`, port: LOWEST_PORT + Math.floor(Math.random() * PORT_COUNT)};
}
