import path from 'node:path';

/** What a QEMU guest of ours has in its run directory. */
export type RunFiles = {
	/** Monitor of whoever has hold of the guest. */
	readonly qmp: string;
	/** A second monitor, to look at the guest while the first one is in use. */
	readonly info: string;
	/** First serial port. */
	readonly console: string;
	/** Where its device state is taken in. */
	readonly incoming: string;
	/** Export of disks that are mirrored to it. */
	readonly nbd: string;
	/** Where QEMU has its replicated disks from, and where daemons ask for what is written to them: the disk server's. */
	readonly disks: string;
	readonly diskControl: string;
	/** What the disk server says where it fails. */
	readonly disksLog: string;
	/** What QEMU itself says, on stdout and stderr. */
	readonly log: string;
	/** The guest's memory, with a backend of kind `file`. */
	readonly ram: string;
	/** There while its disk images are not its QEMU's own: see `image-release.ts`. */
	readonly imagesReleased: string;
};

/** The names are short: sockets among them have room for `/` and 15 bytes behind the run directory. */
export function runFiles(runDir: string): RunFiles {
	const file = (name: string): string => path.join(runDir, name);
	return {
		qmp: file('qmp.sock'),
		info: file('info.sock'),
		console: file('console.sock'),
		incoming: file('incoming.sock'),
		nbd: file('nbd.sock'),
		disks: file('disks.sock'),
		diskControl: file('diskctl.sock'),
		disksLog: file('disks.log'),
		log: file('qemu.log'),
		ram: file('ram'),
		imagesReleased: file('images-released'),
	};
}
