/** What the guest does once it is up. */
export type GuestLoad = {
	/** Memory that is rewritten and checked, in MiB; the guest needs some 90 MiB beside it. */
	readonly arenaMiB?: number;
	/** Pages rewritten each tick; 0 = as many as it can. */
	readonly pagesPerTick?: number;
	readonly tickMs?: number;
	/** Only the first so many pages are rewritten; 0 = all. */
	readonly hotPages?: number;
	/** Send one numbered datagram each tick: see `readSequence`. */
	readonly sendsPackets?: boolean;
	/** Block device in the guest that numbered records are written to: `/dev/vda`. See `readDiskRecords`. */
	readonly disk?: string;
	/** Write `COUNT n` five times a second; true by default. */
	readonly counts?: boolean;
	/** Frequency of the processor's time stamp counter, for a machine (microvm) that has nothing to measure it by: its kernel tries, and hangs on a busy host. */
	readonly tscMHz?: number;
	/** A busybox shell on the serial port, and no load at all. */
	readonly shell?: boolean;
};

/**
 * The guest's kernel command line. A panic reboots it. Of the kernel's own messages only the gravest are on the serial port:
 * it writes them in between, and would cut a line of ours in two.
 */
export function kernelArguments({
	arenaMiB = 32,
	pagesPerTick = 50,
	tickMs = 20,
	hotPages = 0,
	sendsPackets = false,
	disk,
	counts = true,
	tscMHz,
	shell = false,
}: GuestLoad = {}): string {
	const load = [
		`mb=${arenaMiB}`,
		`rate=${pagesPerTick}`,
		`tick=${tickMs}`,
		...(hotPages === 0 ? [] : [`hot=${hotPages}`]),
		...(sendsPackets ? ['udp=1'] : []),
		...(disk === undefined ? [] : [`disk=${disk}`]),
	];
	return [
		'console=ttyS0',
		'quiet',
		'loglevel=1',
		'panic=-1',
		`mc=${load.join(',')}`,
		...(tscMHz === undefined ? [] : [`tsc_early_khz=${tscMHz * 1000}`]),
		...(counts ? [] : ['nocount']),
		...(shell ? ['shell=1'] : []),
	].join(' ');
}
