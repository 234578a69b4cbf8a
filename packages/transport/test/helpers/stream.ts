import {
	emptyHvmContext,
	encodeDomainHeader,
	encodeEmulatorContext,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeTscInfo,
	encodeXlHeader,
	LibxcRecordType,
	LibxlRecordType,
	type StreamLayer,
} from '@sterna/protocol';

const record = (layer: StreamLayer, type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array => encodeRecord({layer, type, body});

function join(...parts: readonly Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

/** Everything in front of the pages of an HVM guest's stream. */
export function streamStart(begins: 'xl' | 'libxl' = 'libxl'): Uint8Array {
	return join(
		...(begins === 'xl' ? [encodeXlHeader('{"name": "test"}')] : []),
		encodeLibxlHeader(),
		record('libxl', LibxlRecordType.LIBXC_CONTEXT),
		encodeImageHeader(3),
		encodeDomainHeader('hvm', [4, 17]),
		record('libxc', LibxcRecordType.STATIC_DATA_END),
	);
}

const deviceState = (context: Uint8Array): Uint8Array => encodeEmulatorContext({emulatorId: 2, index: 0, context});

function tailOf(closing: number, context: Uint8Array, last: number): Uint8Array {
	return join(
		record('libxc', LibxcRecordType.X86_TSC_INFO, encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 0, nsec: 0n, incarnation: 0})),
		record('libxc', LibxcRecordType.HVM_CONTEXT, emptyHvmContext()),
		record('libxc', closing),
		record('libxl', LibxlRecordType.EMULATOR_CONTEXT, deviceState(context)),
		record('libxl', last),
	);
}

/** Everything behind the pages of a plain stream, with a device state of the given bytes. */
export function streamEnd(context: Uint8Array = Uint8Array.of(1, 2, 3)): Uint8Array {
	return tailOf(LibxcRecordType.END, context, LibxlRecordType.END);
}

/** The END of the outermost layer alone: the last 8 bytes of `streamEnd`, before which a digest stands. */
export const LAST_END = record('libxl', LibxlRecordType.END);

/** What closes a checkpoint. */
export function checkpointEnd(context: Uint8Array = Uint8Array.of(1, 2, 3)): Uint8Array {
	return tailOf(LibxcRecordType.CHECKPOINT, context, LibxlRecordType.CHECKPOINT_END);
}
