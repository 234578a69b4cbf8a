/** An Ethernet frame, as far as a test looks into it. Addresses are in their usual notation. */
export type Frame =
	| {
			readonly kind: 'udp';
			readonly sourceMac: string;
			readonly destinationMac: string;
			readonly source: string;
			readonly destination: string;
			readonly destinationPort: number;
			readonly payload: Uint8Array;
	  }
	/** How a switch is told where a guest is: QEMU's `announce-self` sends RARP, a guest of its own accord ARP. */
	| {readonly kind: 'rarp' | 'arp'; readonly sourceMac: string; readonly destinationMac: string}
	| {readonly kind: 'other'; readonly sourceMac: string; readonly destinationMac: string; readonly etherType: number};

const ETHERNET_HEADER_BYTES = 14;
const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_ARP = 0x0806;
const ETHERTYPE_RARP = 0x8035;
const IPV4_HEADER_BYTES = 20;
const PROTOCOL_UDP = 17;
const UDP_HEADER_BYTES = 8;
/** Of the 16 bits with the fragment's offset: more fragments, and the offset itself. */
const FRAGMENT_MASK = 0x3fff;

/**
 * Reads one frame without its check sequence. All numbers on the wire are big-endian. Undefined for what is shorter than a frame's header.
 * The payload is a view of `bytes`. What claims to be UDP and is cut short, or a fragment, is `other`; checksums are not looked at.
 */
export function parseFrame(bytes: Uint8Array): Frame | undefined {
	if (bytes.length < ETHERNET_HEADER_BYTES) return undefined;
	const etherType = new DataView(bytes.buffer, bytes.byteOffset).getUint16(12);
	const macs = {destinationMac: macAt(bytes, 0), sourceMac: macAt(bytes, 6)};
	if (etherType === ETHERTYPE_RARP) return {kind: 'rarp', ...macs};
	if (etherType === ETHERTYPE_ARP) return {kind: 'arp', ...macs};
	const datagram = etherType === ETHERTYPE_IPV4 ? parseDatagram(bytes.subarray(ETHERNET_HEADER_BYTES)) : undefined;
	return datagram === undefined ? {kind: 'other', ...macs, etherType} : {kind: 'udp', ...macs, ...datagram};
}

function parseDatagram(
	packet: Uint8Array,
): {source: string; destination: string; destinationPort: number; payload: Uint8Array} | undefined {
	if (packet.length < IPV4_HEADER_BYTES) return undefined;
	const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
	const version = view.getUint8(0) >>> 4;
	const headerBytes = (view.getUint8(0) & 0xf) * 4;
	// A short frame is padded to 60 bytes: the packet's own length says where it ends.
	const totalBytes = view.getUint16(2);
	const isWhole = (view.getUint16(6) & FRAGMENT_MASK) === 0;
	if (version !== 4 || !isWhole || view.getUint8(9) !== PROTOCOL_UDP) return undefined;
	if (headerBytes < IPV4_HEADER_BYTES || totalBytes > packet.length || totalBytes < headerBytes + UDP_HEADER_BYTES) return undefined;
	const udpBytes = view.getUint16(headerBytes + 4);
	if (udpBytes < UDP_HEADER_BYTES || headerBytes + udpBytes > totalBytes) return undefined;
	return {
		source: packet.subarray(12, 16).join('.'),
		destination: packet.subarray(16, 20).join('.'),
		destinationPort: view.getUint16(headerBytes + 2),
		payload: packet.subarray(headerBytes + UDP_HEADER_BYTES, headerBytes + udpBytes),
	};
}

function macAt(bytes: Uint8Array, offset: number): string {
	return Array.from(bytes.subarray(offset, offset + 6), byte => byte.toString(16).padStart(2, '0')).join(':');
}
