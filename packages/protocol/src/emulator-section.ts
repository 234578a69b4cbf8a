import {StreamError, type StreamFault} from './errors.ts';
import type {GuestType, StreamLayer} from './model.ts';
import type {RecordName} from './record-types.ts';

/** Whether emulator records belong to the guest. `expected`: an HVM guest that nothing shows to be PVH, which a strict reader takes to have a device model. */
export type DeviceModel = 'none' | 'expected' | 'required' | 'optional';

/** Which emulator records a libxl section has had: one stands behind END or CHECKPOINT of libxc. docs/spec/stream.md section 3.2. */
export type EmulatorFacts = {readonly xenstoreData: boolean; readonly context: boolean};

export const NO_EMULATOR: EmulatorFacts = {xenstoreData: false, context: false};

type SectionRecord = {readonly layer: StreamLayer; readonly name: RecordName; readonly offset: number};
type Section = {readonly emulator: EmulatorFacts; readonly facts: {readonly guestType: GuestType; readonly deviceModel: DeviceModel}};

export function isEmulatorRecord(record: SectionRecord): boolean {
	return record.name === 'EMULATOR_XENSTORE_DATA' || record.name === 'EMULATOR_CONTEXT';
}

/** The section after one of its emulator records. Throws ERR_RECORD_WRONG_GUEST for a guest without a device model. */
export function withEmulator({facts, emulator}: Section, record: SectionRecord): EmulatorFacts {
	if (facts.deviceModel === 'none') {
		const guestType = facts.guestType === 'pv' ? 'pv' : 'pvh';
		throw new StreamError({code: 'ERR_RECORD_WRONG_GUEST', offset: record.offset, record: record.name, guestType});
	}

	return record.name === 'EMULATOR_CONTEXT' ? {...emulator, context: true} : {...emulator, xenstoreData: true};
}

/** What only a strict reader minds about a record in, or closing, a section. `dropped`: what the section belongs to is not kept. */
export function emulatorFault({facts, emulator}: Section, record: SectionRecord, dropped: boolean): StreamFault | undefined {
	const twice = record.name === 'EMULATOR_CONTEXT' ? emulator.context : record.name === 'EMULATOR_XENSTORE_DATA' && emulator.xenstoreData;
	if (twice) return {code: 'ERR_RECORD_DUPLICATE', offset: record.offset, record: record.name};
	const closes = record.layer === 'libxl' && (record.name === 'END' || record.name === 'CHECKPOINT_END');
	const wanted = facts.deviceModel === 'expected' || facts.deviceModel === 'required';
	if (!closes || !wanted || dropped || emulator.context) return undefined;
	return {code: 'ERR_RECORD_MISSING', offset: record.offset, missing: 'EMULATOR_CONTEXT', before: record.name};
}
