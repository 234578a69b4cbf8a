/** Longest libxc record body in bytes: 128 MiB, the receiver's own limit since Xen 4.10. docs/spec/stream.md section 7. */
export const MAX_LIBXC_BODY_BYTES = 0x0800_0000;

/** Longest body of every libxc record that is not a list of pfns or the opaque HVM_CONTEXT: 1 MiB, far above what any Xen writes. */
export const MAX_LIBXC_SMALL_BODY_BYTES = 1024 * 1024;

/** Longest EMULATOR_CONTEXT body in bytes: 64 MiB. The format sets none; QEMU's device state without memory is below 1 MiB. */
export const MAX_EMULATOR_CONTEXT_BYTES = 64 * 1024 * 1024;

/** Longest body of every other libxl record in bytes: 1 MiB. The format sets none. */
export const MAX_LIBXL_BODY_BYTES = 1024 * 1024;

/** Longest optional data (the guest's configuration) of an xl header in bytes: 1 MiB. The format sets none. */
export const MAX_XL_OPTIONAL_DATA_BYTES = 1024 * 1024;

/** Exclusive upper bound of pfns where nothing narrower was agreed: 2^32 pages = 16 TiB, the most that a Xen guest can have. */
export const MAX_PFN_LIMIT = 2 ** 32;

/** Exclusive upper bound of vCPU numbers where nothing narrower is known: Xen's limit for PV guests. */
export const MAX_VCPUS = 8192;

/** First buffer of a record body in bytes. It doubles only as bytes arrive, so a claimed length costs nothing. */
export const FIRST_BODY_BUFFER_BYTES = 64 * 1024;

/** Entries for which a PAGE_DATA list has room from the start: one batch as Xen writes it. Grows only as entries arrive. */
export const FIRST_PAGE_LIST_ENTRIES = 1024;

/** Most descriptors of an HVM_CONTEXT that are listed; a guest of 128 vCPUs has about 1,600. */
export const MAX_LISTED_HVM_DESCRIPTORS = 16_384;

/** Most sections of a QEMU's state that are listed; a large guest has some hundreds. */
export const MAX_LISTED_QEMU_SECTIONS = 16_384;

/** The limits that an embedder may narrow. Bytes of record bodies without header and padding; `vcpus` is an exclusive bound of vCPU numbers. */
export type StreamLimits = {
	readonly libxcBodyBytes: number;
	readonly emulatorContextBytes: number;
	readonly libxlBodyBytes: number;
	readonly xlOptionalDataBytes: number;
	readonly vcpus: number;
};

export const DEFAULT_STREAM_LIMITS: StreamLimits = {
	libxcBodyBytes: MAX_LIBXC_BODY_BYTES,
	emulatorContextBytes: MAX_EMULATOR_CONTEXT_BYTES,
	libxlBodyBytes: MAX_LIBXL_BODY_BYTES,
	xlOptionalDataBytes: MAX_XL_OPTIONAL_DATA_BYTES,
	vcpus: MAX_VCPUS,
};
