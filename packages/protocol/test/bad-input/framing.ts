import {rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {vector} from '../helpers/vectors.ts';
import {
	ascii,
	checkpointRound,
	concat,
	CONTEXT,
	END,
	FIRST,
	hvm,
	HVM_MIN,
	hvmWith,
	PAGE,
	pv,
	PV_HEAD,
	PV_INFO,
	PV_PAGES,
	PV_TAIL,
	record,
	SECOND,
	STATIC_DATA_END,
	TAIL,
	TSC,
	u32,
	u64,
	zeros,
} from '../helpers/wire.ts';

rejected('F1 no END', hvm([STATIC_DATA_END, CONTEXT]), 'ERR_STREAM_TRUNCATED', 64);
rejected('F1 no END behind a checkpoint', vector('J'), 'ERR_STREAM_BROKEN_OFF', 8496);
rejected('F2 inside a record header', HVM_MIN.subarray(0, 45), 'ERR_STREAM_TRUNCATED', 45);
rejected('F3 inside a body', HVM_MIN.subarray(0, 58), 'ERR_STREAM_TRUNCATED', 58);
rejected('F3 inside padding', HVM_MIN.subarray(0, 62), 'ERR_STREAM_TRUNCATED', 62);
for (const length of [0x0800_0001, 0xffff_ffff]) {
	rejected(`F4 HVM_CONTEXT of ${length}`, hvmWith(concat(u32(9), u32(length))), 'ERR_RECORD_TOO_LONG', SECOND + 4);
	rejected(`F4 PAGE_DATA of ${length}`, hvmWith(concat(u32(1), u32(length))), 'ERR_RECORD_TOO_LONG', SECOND + 4);
}

strictlyRejected(
	'F5 padding',
	hvm([STATIC_DATA_END, record(9, ascii('CTX!'), {padding: Uint8Array.of(0, 0, 0, 1)}), END]),
	'ERR_RECORD_PADDING',
	63,
);
for (const type of [0x13, 0x7fff_ffff, 0x55]) rejected(`F6 type ${type}`, hvmWith(record(type)), 'ERR_RECORD_UNKNOWN', SECOND);
strictlyRejected('F7 optional type', hvmWith(record(0x8000_0055, ascii('hello'))), 'ERR_RECORD_UNKNOWN', SECOND);
strictlyRejected('F7 optional type without a body', hvmWith(record(0xffff_ffff)), 'ERR_RECORD_UNKNOWN', SECOND);
strictlyRejected(
	'F8 optional bit on PAGE_DATA',
	hvmWith(record(0x8000_0001, concat(u32(1), zeros(4), u64(1), PAGE))),
	'ERR_RECORD_UNKNOWN',
	SECOND,
);
strictlyRejected('F9 END with a body', hvm([STATIC_DATA_END, CONTEXT, record(0, zeros(8))]), 'ERR_RECORD_LENGTH', 68);
strictlyRejected('F9 STATIC_DATA_END with a body', hvm([record(0x10, ascii('x')), ...TAIL]), 'ERR_RECORD_LENGTH', FIRST + 4);
strictlyRejected('F9 VERIFY with a body', hvmWith(record(0x0d, ascii('x'))), 'ERR_RECORD_LENGTH', SECOND + 4);
strictlyRejected(
	'F9 CHECKPOINT with a body',
	hvm([STATIC_DATA_END, TSC, CONTEXT, record(0x0e, ascii('x')), END]),
	'ERR_RECORD_LENGTH',
	100,
);
strictlyRejected('F10 data behind END', concat(HVM_MIN, zeros(1)), 'ERR_TRAILING_DATA', 72);
rejected('F11 X86_PV_INFO in HVM', hvm([PV_INFO, STATIC_DATA_END, ...TAIL]), 'ERR_RECORD_WRONG_GUEST', FIRST);
rejected('F11 HVM_CONTEXT in PV', pv([...PV_HEAD, PV_PAGES, CONTEXT, ...PV_TAIL]), 'ERR_RECORD_WRONG_GUEST');
rejected('F12 TOOLSTACK', hvmWith(record(0x0b)), 'ERR_RECORD_OBSOLETE', SECOND);
rejected('F13 CHECKPOINT in a plain stream', hvm([STATIC_DATA_END, checkpointRound(), END]), 'ERR_RECORD_UNEXPECTED', undefined, {
	mode: 'plain',
});
rejected('F14 dirty list in the forward stream', hvmWith(record(0x0f)), 'ERR_RECORD_UNEXPECTED', SECOND);
