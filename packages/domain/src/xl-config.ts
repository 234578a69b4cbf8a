import {PAGE_SIZE_BYTES, type GuestType} from '@sterna/protocol';
import * as v from 'valibot';
import {DomainDefinition} from './definition.ts';
import {DomainError} from './domain-error.ts';

const KIB = 1024;
/** What Xen's toolstack grants a guest above its memory, in KiB: its special pages need it. LIBXL_MAXMEM_CONSTANT of Xen 4.17. */
const XEN_MAXMEM_SLACK_KIB = 1024;
/** Pfns below 4 GiB. An HVM guest's memory has its hole for devices there, and goes on above it. */
const PFNS_BELOW_4_GIB = 2 ** 20;

const KiB = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What we read of a configuration that Xen's toolstack wrote; everything else is kept but not looked at. */
const XenConfig = v.looseObject({
	c_info: v.optional(v.looseObject({type: v.optional(v.string()), name: v.optional(v.string()), uuid: v.optional(v.string())})),
	b_info: v.optional(v.looseObject({max_memkb: v.optional(KiB), target_memkb: v.optional(KiB), video_memkb: v.optional(KiB)})),
	sterna: v.optional(v.looseObject({definition: v.unknown()})),
});

/** What is known of a guest besides its configuration. */
export type XlConfigFallback = {
	readonly name: string;
	readonly uuid: string;
	/** What the domain header says the guest is. */
	readonly guestType: GuestType;
	/** Used where the configuration says nothing of memory. */
	readonly memoryBytes: number;
};

/**
 * The configuration of an xl header for a guest of ours: what Xen's tools look for, and under `sterna` the definition itself,
 * from which `restore` makes the guest again.
 */
export function formatXlConfig(definition: DomainDefinition): string {
	const memoryKib = definition.memoryBytes / KIB;
	return JSON.stringify({
		c_info: {type: definition.kind === 'image' ? definition.guestType : 'hvm', name: definition.name, uuid: definition.uuid},
		b_info: {max_vcpus: vcpusOf(definition), max_memkb: memoryKib, target_memkb: memoryKib},
		sterna: {definition},
	});
}

/** An image's vCPUs are in its records: nothing here knows how many they are. */
function vcpusOf(definition: DomainDefinition): number | undefined {
	switch (definition.kind) {
		case 'workload':
			return 1;
		case 'qemu':
			return definition.smp.maxcpus ?? definition.smp.cpus;
		case 'image':
			return undefined;
	}
}

/**
 * The definition that a stream's xl header describes: our own, or, for a stream that Xen wrote, an image with its name, uuid,
 * memory and type. Throws ERR_STREAM for a configuration that is neither.
 */
export function definitionOfXlConfig(text: string | undefined, fallback: XlConfigFallback): DomainDefinition {
	const config = text === undefined ? {} : parseConfig(text);
	if (config.sterna) {
		const own = v.safeParse(DomainDefinition, config.sterna.definition);
		if (!own.success) throw invalid(`its definition: ${own.issues[0].message}`);
		return own.output;
	}

	const {c_info: created, b_info: built} = config;
	const memoryKib = built?.max_memkb ?? built?.target_memkb;
	const memoryBytes = memoryKib ? (memoryKib + (built?.video_memkb ?? 0) + XEN_MAXMEM_SLACK_KIB) * KIB : fallback.memoryBytes;
	// Rounded up to whole pages.
	const memoryPages = Math.ceil(memoryBytes / PAGE_SIZE_BYTES);
	const image = v.safeParse(DomainDefinition, {
		kind: 'image',
		name: created?.name ?? fallback.name,
		uuid: created?.uuid ?? fallback.uuid,
		memoryBytes: memoryPages * PAGE_SIZE_BYTES,
		pfnLimit: PFNS_BELOW_4_GIB + memoryPages,
		guestType: created?.type === 'pv' ? 'pv' : created?.type === undefined ? fallback.guestType : 'hvm',
	});
	if (!image.success) throw invalid(`${v.getDotPath(image.issues[0]) ?? 'it'}: ${image.issues[0].message}`);
	return image.output;
}

function parseConfig(text: string): v.InferOutput<typeof XenConfig> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw invalid('it is not JSON', error);
	}

	if (Array.isArray(value)) throw invalid('it is a list');
	const parsed = v.safeParse(XenConfig, value);
	if (!parsed.success) throw invalid(`${v.getDotPath(parsed.issues[0]) ?? 'it'}: ${parsed.issues[0].message}`);
	return parsed.output;
}

function invalid(why: string, cause?: unknown): DomainError {
	return new DomainError('ERR_STREAM', `the configuration in the xl header cannot be used: ${why}`, {cause});
}
