import {readFileSync} from 'node:fs';
import type {LabHost} from '../../src/lab/lab-host.ts';

/** Bytes of a record's header, before its body, which is padded to as many. Spec section 2.3. */
const RECORD_HEADER_BYTES = 8;

type Line = {readonly layer?: string; readonly offset?: number; readonly type?: number | null; readonly length?: number};

/**
 * The libxc layer of a checkpointed stream alone, as a stream of its own: the records of libxl are left out, and an END is put behind it. For Xen's verifier, which cannot follow from one
 * layer to the other and back.
 */
export async function libxcLayerOf(host: LabHost, file: string): Promise<Uint8Array> {
	const {stdout} = await host.ctl(['stream', 'inspect', '--json', file]);
	const bytes = readFileSync(file);
	const parts: Uint8Array[] = [];
	for (const line of stdout.split('\n').filter(text => text !== '')) {
		const {layer, offset, type, length} = JSON.parse(line) as Line;
		if (layer !== 'libxc' || offset === undefined || length === undefined) continue;
		// A header of the stream has neither type nor padding.
		const whole = type === null ? length : RECORD_HEADER_BYTES + Math.ceil(length / RECORD_HEADER_BYTES) * RECORD_HEADER_BYTES;
		parts.push(bytes.subarray(offset, offset + whole));
	}

	return Buffer.concat([...parts, new Uint8Array(RECORD_HEADER_BYTES)]);
}
