import {MAX_ZERO_PAGES, SternaRecordType} from '@sterna/protocol';
import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {concat, hvm, hvmWith, pv, PV_HEAD, PV_TAIL, record, SECOND, TAIL, u64, zeros} from '../helpers/wire.ts';

const KNOWN = {sternaRecords: true};

/** A ZERO_PAGES record of runs. */
const zeroPages = (...runs: ReadonlyArray<readonly [pfn: number | bigint, count: number | bigint]>): Uint8Array =>
	record(SternaRecordType.ZERO_PAGES, concat(...runs.flatMap(([pfn, count]) => [u64(pfn), u64(count)])));

accepted('Z0 pages of zeros', hvmWith(zeroPages([5, 1], [1000, 3000])), KNOWN);
accepted('Z0 as many as one record may name', hvmWith(zeroPages([0, MAX_ZERO_PAGES])), KNOWN);
strictlyRejected('Z0 pages of zeros for who does not know them', hvmWith(zeroPages([5, 1])), 'ERR_RECORD_UNKNOWN', SECOND);
for (const length of [0, 8, 24])
	rejected(`Z1 a body of ${length}`, hvmWith(record(SternaRecordType.ZERO_PAGES, zeros(length))), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
for (const count of [0, MAX_ZERO_PAGES + 1, 2n ** 64n - 1n])
	rejected(`Z2 a run of ${count}`, hvmWith(zeroPages([5, count])), 'ERR_RECORD_FIELD', SECOND + 16, KNOWN);
rejected('Z2 too many in all runs', hvmWith(zeroPages([0, MAX_ZERO_PAGES], [0, 1])), 'ERR_RECORD_FIELD', SECOND + 32, KNOWN);
rejected('Z3 a pfn beyond what was agreed', hvmWith(zeroPages([0x100, 1])), 'ERR_PFN_RANGE', SECOND + 8, {...KNOWN, pfnLimit: 0x100});
rejected('Z3 a run that ends beyond it', hvmWith(zeroPages([0xff, 2])), 'ERR_PFN_RANGE', SECOND + 8, {...KNOWN, pfnLimit: 0x100});
rejected('Z3 a pfn that no guest has', hvmWith(zeroPages([2n ** 64n - 1n, 1])), 'ERR_PFN_RANGE', SECOND + 8, KNOWN);
rejected('Z3 a pfn beyond the PV guest', pv([...PV_HEAD, zeroPages([4, 1]), ...PV_TAIL]), 'ERR_PFN_RANGE', undefined, KNOWN);
rejected('Z4 before the static data ended', hvm([zeroPages([5, 1]), ...TAIL]), 'ERR_RECORD_MISSING', undefined, KNOWN);
