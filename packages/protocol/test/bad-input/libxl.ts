import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {vector} from '../helpers/vectors.ts';
import {
	ascii,
	CHECKPOINT_END,
	checkpointRound,
	checkpointState,
	concat,
	EMULATOR_CONTEXT,
	END,
	hvm,
	HVM_MIN,
	libxl,
	LIBXL_MIN,
	libxlHeader,
	record,
	STATIC_DATA_END,
	u32,
	xlHeader,
	xlHeaderOf,
	zeros,
} from '../helpers/wire.ts';

const emulator = (id: number, payload: Uint8Array): Uint8Array => record(2, concat(u32(id), u32(0), payload));
const withXenstore = (text: string): Uint8Array => libxl(HVM_MIN, emulator(2, ascii(text)), EMULATOR_CONTEXT, END);

rejected('L1 ident', concat(xlHeader(), libxlHeader({ident: 'libxlFmt'}), LIBXL_MIN.subarray(16)), 'ERR_HEADER_FIELD', 55);
for (const version of [1, 3, 0x0200_0000])
	rejected(`L2 version ${version}`, concat(libxlHeader({version}), LIBXL_MIN.subarray(16)), 'ERR_HEADER_FIELD', 8);
rejected(
	'L3 big-endian flag on little-endian records',
	concat(libxlHeader({options: 1}), LIBXL_MIN.subarray(16)),
	'ERR_RECORD_UNKNOWN',
	16,
);
for (const bit of [2, 15, 16, 31])
	strictlyRejected(
		`L4 option bit ${bit}`,
		concat(libxlHeader({options: (1 << bit) >>> 0}), LIBXL_MIN.subarray(16)),
		'ERR_HEADER_RESERVED',
		12,
	);
strictlyRejected(
	'L4 said to be converted, but not by the converter',
	concat(libxlHeader({options: 2}), LIBXL_MIN.subarray(16)),
	'ERR_HEADER_FIELD',
	56,
);
rejected('L5 unknown type', libxl(HVM_MIN, record(6), END), 'ERR_RECORD_UNKNOWN', 96);
strictlyRejected(
	'L6 unknown optional type',
	libxl(HVM_MIN, record(0x8000_0003, zeros(9)), EMULATOR_CONTEXT, END),
	'ERR_RECORD_UNKNOWN',
	96,
);
rejected('L7 END first', concat(libxlHeader(), END), 'ERR_RECORD_UNEXPECTED', 16);
rejected('L8 two LIBXC_CONTEXT', libxl(HVM_MIN, record(1), HVM_MIN, END), 'ERR_RECORD_UNEXPECTED', 96);
strictlyRejected('L9 END with a body', libxl(HVM_MIN, EMULATOR_CONTEXT, record(0, ascii('x'))), 'ERR_RECORD_LENGTH');
strictlyRejected(
	'L9 LIBXC_CONTEXT with a body',
	concat(libxlHeader(), record(1, ascii('x')), HVM_MIN, EMULATOR_CONTEXT, END),
	'ERR_RECORD_LENGTH',
	20,
);
for (const length of [0, 4, 7])
	rejected(`L10 emulator record of ${length}`, libxl(HVM_MIN, record(3, zeros(length)), END), 'ERR_RECORD_LENGTH', 100);
rejected('L11 emulator 3', libxl(HVM_MIN, record(3, concat(u32(3), u32(0))), END), 'ERR_RECORD_FIELD', 104);
strictlyRejected('emulator index 1', libxl(HVM_MIN, record(3, concat(u32(2), u32(1))), END), 'ERR_RECORD_FIELD', 108);
rejected('L12 emulator record in PV', libxl(vector('E'), EMULATOR_CONTEXT, END), 'ERR_RECORD_WRONG_GUEST');
rejected('L12 emulator record in PVH', concat(xlHeaderOf('pvh'), LIBXL_MIN), 'ERR_RECORD_WRONG_GUEST');
strictlyRejected('L13 HVM without EMULATOR_CONTEXT', libxl(HVM_MIN, END), 'ERR_RECORD_MISSING', 96);
strictlyRejected(
	'L13 HVM by its configuration without EMULATOR_CONTEXT',
	concat(xlHeaderOf('hvm'), libxl(HVM_MIN, END)),
	'ERR_RECORD_MISSING',
);
accepted('L13 PVH by its configuration has none', concat(xlHeaderOf('pvh'), libxl(HVM_MIN, END)));
strictlyRejected('two EMULATOR_CONTEXT', libxl(HVM_MIN, EMULATOR_CONTEXT, EMULATOR_CONTEXT, END), 'ERR_RECORD_DUPLICATE');
rejected('L14 key not terminated', withXenstore('physmap'), 'ERR_XENSTORE_DATA', 112);
rejected('L14 value not terminated', withXenstore('key\0value'), 'ERR_XENSTORE_DATA', 116);
rejected('L14 odd number of strings', withXenstore('key\0value\0key\0'), 'ERR_XENSTORE_DATA', 126);
accepted('L14 an empty value', withXenstore('key\0\0'));
for (const text of [
	'\0value\0',
	'/local\0value\0',
	'../up\0v\0',
	'a/../b\0v\0',
	'a//b\0v\0',
	'a/\0v\0',
	'a b\0v\0',
	'a.b\0v\0',
	'\u00e9\0v\0',
]) {
	rejected(`L15, L16 xenstore key ${JSON.stringify(text)}`, withXenstore(text), 'ERR_XENSTORE_DATA', 112);
}

rejected('L16 a value that is not printable', withXenstore('key\0\u001b[2J\0'), 'ERR_XENSTORE_DATA', 116);
rejected('L17 CHECKPOINT_END in a plain stream', libxl(HVM_MIN, EMULATOR_CONTEXT, CHECKPOINT_END, END), 'ERR_RECORD_UNEXPECTED');
rejected(
	'L17 END where CHECKPOINT_END must be',
	libxl(hvm([STATIC_DATA_END, checkpointRound(EMULATOR_CONTEXT, END)])),
	'ERR_RECORD_UNEXPECTED',
);
rejected('L18 CHECKPOINT_STATE in a plain stream', libxl(HVM_MIN, checkpointState(0), EMULATOR_CONTEXT, END), 'ERR_RECORD_UNEXPECTED', 96);
for (const id of [1, 2, 3])
	rejected(`L18 state ${id} in the wrong direction`, concat(vector('M'), checkpointState(id)), 'ERR_RECORD_UNEXPECTED', 8584);
rejected('L18 state 4', concat(vector('M'), checkpointState(4)), 'ERR_RECORD_FIELD', 8592);
rejected('L19 CHECKPOINT_STATE of 0', concat(vector('M'), record(5)), 'ERR_RECORD_LENGTH', 8588);
rejected(
	'CHECKPOINT_STATE of 8 and of 4',
	concat(vector('M'), record(5, zeros(8)), checkpointRound(EMULATOR_CONTEXT, CHECKPOINT_END), checkpointState(0)),
	'ERR_STREAM_BROKEN_OFF',
);
rejected('L20 no END', libxl(HVM_MIN, EMULATOR_CONTEXT), 'ERR_STREAM_TRUNCATED', 120);
rejected('L21 EMULATOR_CONTEXT of 4 GiB', libxl(HVM_MIN, concat(u32(3), u32(0xffff_ffff))), 'ERR_RECORD_TOO_LONG', 100);
rejected('L21 EMULATOR_XENSTORE_DATA beyond 1 MiB', libxl(HVM_MIN, concat(u32(2), u32(1024 * 1024 + 1))), 'ERR_RECORD_TOO_LONG', 100);
strictlyRejected('L22 data behind END', concat(LIBXL_MIN, ascii('d')), 'ERR_TRAILING_DATA', 128);
