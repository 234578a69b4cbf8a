import {rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {
	concat,
	CONTEXT,
	CPUID,
	END,
	FIRST,
	hvm,
	hvmWith,
	MSR,
	pageData,
	record,
	SECOND,
	STATIC_DATA_END,
	TAIL,
	u32,
	u64,
	zeros,
} from '../helpers/wire.ts';

rejected('S1 PAGE_DATA before STATIC_DATA_END', hvm([pageData([[0xe, 1]]), STATIC_DATA_END, ...TAIL]), 'ERR_RECORD_MISSING', FIRST);
rejected('S2 no STATIC_DATA_END', hvm([END]), 'ERR_RECORD_MISSING', FIRST);
rejected('S2 state without STATIC_DATA_END', hvm([CONTEXT, END]), 'ERR_RECORD_MISSING', FIRST);
rejected('S3 STATIC_DATA_END twice', hvmWith(STATIC_DATA_END), 'ERR_RECORD_DUPLICATE', SECOND);
strictlyRejected('S4 STATIC_DATA_END in version 2', hvm([STATIC_DATA_END, ...TAIL], 2), 'ERR_RECORD_UNEXPECTED', FIRST);
strictlyRejected('S5 CPUID policy in version 2', hvm([CPUID, ...TAIL], 2), 'ERR_RECORD_UNEXPECTED', FIRST);
strictlyRejected('S5 MSR policy in version 2', hvm([MSR, ...TAIL], 2), 'ERR_RECORD_UNEXPECTED', FIRST);
for (const length of [0, 23, 25, 40])
	rejected(`S6 CPUID policy of ${length}`, hvm([record(0x11, zeros(length)), STATIC_DATA_END, ...TAIL]), 'ERR_RECORD_LENGTH', FIRST + 4);
for (const length of [0, 8, 24])
	rejected(`S7 MSR policy of ${length}`, hvm([record(0x12, zeros(length)), STATIC_DATA_END, ...TAIL]), 'ERR_RECORD_LENGTH', FIRST + 4);
rejected('S8 CPUID policy behind STATIC_DATA_END', hvmWith(CPUID), 'ERR_RECORD_UNEXPECTED', SECOND);
rejected('S8 MSR policy behind STATIC_DATA_END', hvmWith(MSR), 'ERR_RECORD_UNEXPECTED', SECOND);
strictlyRejected(
	'S9 MSR flags',
	hvm([record(0x12, concat(u32(0xce), u32(1), u64(0))), STATIC_DATA_END, ...TAIL]),
	'ERR_RECORD_RESERVED',
	FIRST + 12,
);
