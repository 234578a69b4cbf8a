const CLUSTER_BITS = 16;
const CLUSTER_BYTES = 2 ** CLUSTER_BITS;
/** Version 3, without extensions. */
const HEADER_BYTES = 104;
/** Behind the header and the end of its extensions. */
const BACKING_NAME_AT = 112;

export type Qcow2Options = {
	/** Size of the disk in bytes; 512 MiB at most. */
	readonly bytes?: number;
	/** A file that it stands on. */
	readonly backingFile?: string;
	readonly version?: number;
	readonly incompatible?: bigint;
	readonly magic?: number;
};

/** An image in qcow2 in which nothing is written: header, table of reference counts, their block, first-level table, a cluster each. Big-endian. */
export function qcow2Image({
	bytes = 2 ** 20,
	backingFile = '',
	version = 3,
	incompatible = 0n,
	magic = 0x51_46_49_fb,
}: Qcow2Options = {}): Buffer {
	const image = Buffer.alloc(4 * CLUSTER_BYTES);
	image.writeUInt32BE(magic, 0);
	image.writeUInt32BE(version, 4);
	if (backingFile !== '') {
		image.writeBigUInt64BE(BigInt(BACKING_NAME_AT), 8);
		image.writeUInt32BE(image.write(backingFile, BACKING_NAME_AT), 16);
	}

	image.writeUInt32BE(CLUSTER_BITS, 20);
	image.writeBigUInt64BE(BigInt(bytes), 24);
	// One entry of the first-level table is enough for 512 MiB.
	image.writeUInt32BE(1, 36);
	image.writeBigUInt64BE(BigInt(3 * CLUSTER_BYTES), 40);
	image.writeBigUInt64BE(BigInt(CLUSTER_BYTES), 48);
	image.writeUInt32BE(1, 56);
	image.writeBigUInt64BE(incompatible, 72);
	// Counts have 2^4 bits.
	image.writeUInt32BE(4, 96);
	image.writeUInt32BE(HEADER_BYTES, 100);
	image.writeBigUInt64BE(BigInt(2 * CLUSTER_BYTES), CLUSTER_BYTES);
	for (let cluster = 0; cluster < 4; cluster++) image.writeUInt16BE(1, 2 * CLUSTER_BYTES + 2 * cluster);
	return image;
}
