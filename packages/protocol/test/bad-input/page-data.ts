import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {hvmWith, PAGE, pageData, pagesAt, pv, PV_HEAD, PV_TAIL, record, SECOND, zeros} from '../helpers/wire.ts';

for (const length of [0, 4, 7, 8]) rejected(`P1 body of ${length}`, hvmWith(record(1, zeros(length))), 'ERR_RECORD_LENGTH', SECOND + 4);
rejected('P2 count 0', hvmWith(pageData([[0xf, 1]], {count: 0})), 'ERR_RECORD_FIELD', SECOND + 8);
for (const count of [2, 0x2000_0001, 0xffff_ffff])
	rejected(`P3 count ${count} of 1`, hvmWith(pageData([[0xf, 1]], {count})), 'ERR_RECORD_FIELD', SECOND + 8);
for (const type of [5, 6, 7, 8]) rejected(`P4 type ${type}`, pagesAt([type, 1, PAGE]), 'ERR_PAGE_TYPE', SECOND + 16);
rejected('P5 no page for a data-bearing entry', pagesAt([0, 1], [0, 2, PAGE]), 'ERR_RECORD_LENGTH', SECOND + 4);
for (const type of [0xd, 0xe, 0xf]) rejected(`P6 a page for type ${type}`, pagesAt([type, 1, PAGE]), 'ERR_RECORD_LENGTH', SECOND + 4);
for (const length of [4095, 4097]) rejected(`P7 a page of ${length}`, pagesAt([0, 1, zeros(length)]), 'ERR_RECORD_LENGTH', SECOND + 4);
for (const bit of [52, 59])
	strictlyRejected(`P8 reserved bit ${bit}`, pagesAt([0xf, 0], [0xf, (1n << BigInt(bit)) | 5n]), 'ERR_RECORD_RESERVED', SECOND + 24);
strictlyRejected('P9 reserved field', hvmWith(pageData([[0xf, 1]], {reserved: 1})), 'ERR_RECORD_RESERVED', SECOND + 12);
rejected('P10 the highest pfn there is', pagesAt([0xe, 2n ** 52n - 1n]), 'ERR_PFN_RANGE', SECOND + 16);
rejected('P10 a pfn beyond what was agreed', pagesAt([0xf, 0xff], [0, 0x100, PAGE]), 'ERR_PFN_RANGE', SECOND + 24, {pfnLimit: 0x100});
rejected('P10 a pfn beyond the PV guest', pv([...PV_HEAD, pageData([[0, 4, PAGE]]), ...PV_TAIL]), 'ERR_PFN_RANGE');
accepted('P11 the same pfn twice', pagesAt([0, 1, PAGE], [0, 1, zeros(4096)]));
accepted('P12 more than 1024 entries', pagesAt(...Array.from({length: 5000}, (_, pfn) => [0xf, pfn] as const)));
for (const type of [1, 4, 9, 0xc])
	strictlyRejected(`P13 page-table type ${type} in HVM`, pagesAt([type, 1, PAGE]), 'ERR_PAGE_TYPE', SECOND + 16);
