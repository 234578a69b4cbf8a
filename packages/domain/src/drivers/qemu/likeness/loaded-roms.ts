/** The top of the first 4 GiB: where a PC's firmware ends. */
const FIRMWARE_END = 0x1_0000_0000;

/** `addr=00000000fffc0000 size=0x040000 mem=rom name="bios-256k.bin"` */
const MAPPED = /^addr=([0-9a-f]+) size=0x([0-9a-f]+) .*name="(.*)"$/;
/** `fw=genroms/linuxboot_dma.bin size=0x000600 name="linuxboot_dma.bin"` */
const HANDED_OVER = /^fw=\S+ size=0x[0-9a-f]+ name="(.*)"$/;

/** The file that fills the block `pc.bios`, by the name QEMU was given. */
export type LoadedFirmware = {
	readonly name: string;
	/** Guest-physical: 4 GiB less the size. */
	readonly address: number;
	readonly bytes: number;
};

export type LoadedRoms = {
	/** Undefined where the firmware is in flash. */
	readonly firmware: LoadedFirmware | undefined;
	/** Names of files that firmware is handed: option ROMs of QEMU's own. */
	readonly optionRoms: readonly string[];
};

/** What `info roms` says of the files that QEMU has loaded. An incoming QEMU says the same, although it has put none of them into memory. */
export function parseLoadedRoms(text: string): LoadedRoms {
	let firmware: LoadedFirmware | undefined;
	const optionRoms: string[] = [];
	for (const line of text.split(/\r?\n/)) {
		const [, address, size, name] = MAPPED.exec(line) ?? [];
		const handedOver = HANDED_OVER.exec(line)?.[1];
		if (handedOver !== undefined) optionRoms.push(handedOver);
		if (address === undefined || size === undefined || name === undefined) continue;
		const start = Number.parseInt(address, 16);
		const bytes = Number.parseInt(size, 16);
		if (start + bytes === FIRMWARE_END) firmware = {name, address: start, bytes};
	}

	return {firmware, optionRoms};
}
