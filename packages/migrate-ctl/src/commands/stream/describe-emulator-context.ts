import {EmulatorId, parseQemuState, type EmulatorContext, type QemuSection, type QemuState} from '@sterna/protocol';
import type {Item} from './describe-item.ts';

/** Bytes of a device model's state that are shown. */
const SHOWN_BYTES = 16;

/** A device model's state: of a QEMU's, the devices in it. */
export function describeEmulatorContext({emulatorId, index, context}: EmulatorContext): Pick<Item, 'fields' | 'text'> {
	const starts = Buffer.from(context.subarray(0, SHOWN_BYTES)).toString('hex');
	const fields = {emulatorId, index, contextBytes: context.length, starts};
	const text = `emulator ${emulatorId}, ${context.length} bytes of state`;
	const state = emulatorId === EmulatorId.qemuUpstream ? parseQemuState(context) : undefined;
	if (state === undefined) return {fields, text: `${text}, starts ${starts}`};
	return {fields: {...fields, qemu: qemuFields(state)}, text: `${text}, QEMU's: ${qemuText(state)}`};
}

function qemuFields({version, configuration, sections, isWhole, hasFooters, descriptionBytes, stopped}: QemuState): Item['fields'] {
	return {
		version,
		machine: configuration?.machine ?? null,
		capabilities: configuration?.capabilities ?? [],
		sections: sections.map(section => ({...section})),
		hasFooters: hasFooters ?? null,
		isWhole,
		descriptionBytes: descriptionBytes ?? null,
		stopped: stopped ?? null,
	};
}

function qemuText({configuration, sections, hasFooters, descriptionBytes, stopped}: QemuState): string {
	const parts: string[] = [];
	if (configuration !== undefined) parts.push(`machine ${configuration.machine}`);
	if (configuration !== undefined && configuration.capabilities.length > 0) parts.push(`with ${configuration.capabilities.join(', ')}`);
	parts.push(...bySection(sections).map(namePlusBytes));
	if (hasFooters === false) parts.push('(lengths are a guess: its sections have no footers)');
	if (descriptionBytes !== undefined) parts.push(`description(${descriptionBytes})`);
	if (stopped !== undefined) parts.push(`not understood from byte ${stopped.offset} of it on: ${stopped.because}`);
	return parts.join(' ');
}

/** Sections that come in parts together, in the order of their beginnings. */
function bySection(sections: readonly QemuSection[]): ReadonlyArray<readonly QemuSection[]> {
	return [...Map.groupBy(sections, ({id}) => id).values()];
}

/** `ioapic[1](206)`, `ram(210299 in 3 parts)`. */
function namePlusBytes(parts: readonly QemuSection[]): string {
	const [first] = parts;
	if (first === undefined) return '';
	const bytes = parts.reduce((sum, {length}) => sum + length, 0);
	const inParts = parts.length === 1 ? '' : ` in ${parts.length} parts`;
	return `${first.name}${first.instance === 0 ? '' : `[${first.instance}]`}(${bytes}${inParts})`;
}
