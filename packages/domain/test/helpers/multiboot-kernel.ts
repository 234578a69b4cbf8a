const MAGIC = 0x1bad_b002;
/** The header says where everything goes: no ELF is around it. */
const ADDRESSES = 0x1_0000;
const LOAD_ADDRESS = 0x10_0000;

/** The smallest file that QEMU takes for a kernel: a page that begins with a multiboot header. Nothing of it is ever run here. */
export function multibootKernel(): Buffer {
	const kernel = Buffer.alloc(4096);
	// Magic, flags, checksum; header, load address, its end and that of what is zeroed (none), entry.
	const header = [MAGIC, ADDRESSES, -(MAGIC + ADDRESSES), LOAD_ADDRESS, LOAD_ADDRESS, 0, 0, LOAD_ADDRESS];
	for (const [index, word] of header.entries()) kernel.writeInt32LE(word | 0, index * 4);
	return kernel;
}
