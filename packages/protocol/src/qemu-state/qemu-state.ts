/** What a QEMU writes when it saves its devices: the part of its own migration stream that is not memory. docs/spec/stream.md section 5.3.1. */
export type QemuState = {
	/** 3 in every QEMU since 2007; of others nothing but this is read. */
	readonly version: number;
	/** What the state must be loaded into; undefined where the state does not say, as that of `xen-save-devices-state`. */
	readonly configuration: QemuConfiguration | undefined;
	/** In stream order. */
	readonly sections: readonly QemuSection[];
	/**
	 * Whether the sections end with footers, as everywhere but with Xen; undefined where there is no section to tell. Without footers the lengths are a
	 * guess, and a state that is cut off may look whole.
	 */
	readonly hasFooters: boolean | undefined;
	/** Whether the mark of the end was met. */
	readonly isWhole: boolean;
	/** Bytes of JSON behind the end, which describes the fields of the sections; undefined where there is none. */
	readonly descriptionBytes: number | undefined;
	/** Where reading stopped, and why; undefined when everything was understood. */
	readonly stopped: {readonly offset: number; readonly because: string} | undefined;
};

export type QemuConfiguration = {
	/** Machine type with its version, `pc-q35-7.2`. */
	readonly machine: string;
	/** Migration capabilities that the other side must have on too: `x-ignore-shared`. */
	readonly capabilities: readonly string[];
};

/** State of one device: whole, or a part of what is sent in several. */
export type QemuSection = {
	readonly kind: 'start' | 'part' | 'end' | 'full';
	/** Of its type byte, from the beginning of the state. */
	readonly offset: number;
	/** Number that its footer repeats, and by which the later parts of one that was started refer to it. */
	readonly id: number;
	/** Name of the device's state, with the path of its bus where it has one: `0000:00:01.0/virtio-net`. */
	readonly name: string;
	readonly instance: number;
	/** Version of the device's format. */
	readonly version: number;
	/** Bytes of the device's own, without header and footer. */
	readonly length: number;
};
