import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {concat, CONTEXT, END, hvm, hvmWith, pageData, record, SECOND, STATIC_DATA_END, TSC, u32, zeros} from '../helpers/wire.ts';

for (const length of [0, 16, 32])
	rejected(`O1 TSC_INFO of ${length}`, hvm([STATIC_DATA_END, record(8, zeros(length)), CONTEXT, END]), 'ERR_RECORD_LENGTH', SECOND + 4);
rejected('O2 empty HVM_CONTEXT', hvm([STATIC_DATA_END, record(9), END]), 'ERR_RECORD_LENGTH', SECOND + 4);
rejected('O3 no HVM_CONTEXT', hvm([STATIC_DATA_END, TSC, END]), 'ERR_RECORD_MISSING', SECOND + 32);
rejected('O4 HVM_PARAMS of 4', hvmWith(record(0xa, zeros(4))), 'ERR_RECORD_LENGTH', SECOND + 4);
rejected('O4 HVM_PARAMS with too many', hvmWith(record(0xa, concat(u32(2), zeros(4 + 16)))), 'ERR_RECORD_LENGTH', SECOND + 4);
rejected('O4 HVM_PARAMS with too few', hvmWith(record(0xa, concat(u32(1), zeros(4 + 32)))), 'ERR_RECORD_LENGTH', SECOND + 4);
accepted('O5 HVM_PARAMS without any', hvmWith(record(0xa, zeros(8))));
strictlyRejected(
	'reserved field of TSC_INFO',
	hvm([STATIC_DATA_END, record(8, concat(zeros(20), u32(1))), CONTEXT, END]),
	'ERR_RECORD_RESERVED',
	SECOND + 28,
);
strictlyRejected('reserved field of HVM_PARAMS', hvmWith(record(0xa, concat(u32(0), u32(0x100)))), 'ERR_RECORD_RESERVED', SECOND + 13);
strictlyRejected('pages without X86_TSC_INFO', hvm([STATIC_DATA_END, pageData([[0xf, 1]]), CONTEXT, END]), 'ERR_RECORD_MISSING');
strictlyRejected('second X86_TSC_INFO', hvm([STATIC_DATA_END, TSC, TSC, CONTEXT, END]), 'ERR_RECORD_DUPLICATE');
strictlyRejected('second HVM_CONTEXT', hvm([STATIC_DATA_END, TSC, CONTEXT, CONTEXT, END]), 'ERR_RECORD_DUPLICATE');
