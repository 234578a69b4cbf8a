/** How this host is connected to one of the networks that definitions name. */
export type QemuNetworkSettings =
	/** A bridge of this host, through QEMU's bridge helper, which its own list allows. */
	| {readonly kind: 'bridge'; readonly bridge: string; readonly helper: string | undefined}
	/** An Ethernet segment of UDP multicast datagrams. */
	| {readonly kind: 'multicast'; readonly address: string; readonly port: number; readonly localAddress: string | undefined};

/** What QEMU guests may be made of on this host, whoever asks for it: the operator or another host. */
export type QemuHostSettings = {
	/** Programs by the name that definitions have. */
	readonly binaries: ReadonlyMap<string, string>;
	/** Directories that disk images, kernels and firmware may come from. */
	readonly paths: readonly string[];
	/** Device models that may be on a command line. */
	readonly devices: ReadonlySet<string>;
	readonly networks: ReadonlyMap<string, QemuNetworkSettings>;
};
