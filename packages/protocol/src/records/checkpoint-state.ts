import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** What a CHECKPOINT_STATE says: the primary says `NEW`, the secondary the others. docs/spec/stream.md section 5.4. */
export const CheckpointStateId = {NEW: 0, SVM_SUSPENDED: 1, SVM_READY: 2, SVM_RESUMED: 3} as const;
export type CheckpointStateName = keyof typeof CheckpointStateId;

/** CHECKPOINT_STATE: how the two sides of COLO keep step. */
export type CheckpointState = {readonly name: 'CHECKPOINT_STATE'; readonly state: CheckpointStateName};

const WRITTEN_LENGTH = 4;
const PICTURED_LENGTH = 8;
const STATES: readonly CheckpointStateName[] = ['NEW', 'SVM_SUSPENDED', 'SVM_READY', 'SVM_RESUMED'];

/** Body: u32 state. Xen writes 4 bytes where its description pictures 8, the last 4 of them zero: both are read. */
export function parseCheckpointState(body: RecordBody): CheckpointState {
	if (body.length !== WRITTEN_LENGTH && body.length !== PICTURED_LENGTH) throw body.wrongLength(`${WRITTEN_LENGTH} or ${PICTURED_LENGTH}`);
	const state = STATES[body.u32(0)];
	if (state === undefined) throw body.wrongField(0, 'id', body.u32(0), '0 to 3');
	body.reserved(WRITTEN_LENGTH, body.length - WRITTEN_LENGTH);
	return {name: 'CHECKPOINT_STATE', state};
}

export function encodeCheckpointState({state}: CheckpointState, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(WRITTEN_LENGTH);
	view.setUint32(0, CheckpointStateId[state], byteOrder === 'little');
	return bytes;
}
