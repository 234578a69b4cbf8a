import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {
	concat,
	END,
	FIRST,
	libxl,
	P2M_FRAMES,
	pv,
	PV_HEAD,
	PV_INFO,
	PV_PAGES,
	PV_TAIL,
	record,
	SECOND,
	SHARED_INFO,
	STATIC_DATA_END,
	TSC,
	u32,
	u64,
	vcpuBasic,
	xlHeaderOf,
	zeros,
} from '../helpers/wire.ts';

const vcpu = (type: number, length: number, id = 0): Uint8Array => record(type, concat(u32(id), u32(0), zeros(length)));
const pvWith = (...records: readonly Uint8Array[]): Uint8Array =>
	pv([...PV_HEAD, PV_PAGES, TSC, SHARED_INFO, vcpuBasic(), ...records, END]);
const wide = (width: number, levels: number): Uint8Array => record(2, concat(Uint8Array.of(width, levels), zeros(6)));

rejected('O6 X86_PV_INFO of 4', pv([record(2, Uint8Array.of(8, 4, 0, 0)), STATIC_DATA_END]), 'ERR_RECORD_LENGTH', FIRST + 4);
strictlyRejected(
	'O7 X86_PV_INFO of 16',
	pv([record(2, concat(Uint8Array.of(8, 4), zeros(14))), ...PV_HEAD.slice(1), PV_PAGES, ...PV_TAIL]),
	'ERR_RECORD_LENGTH',
	FIRST + 4,
);
rejected('O8 width 5', pv([wide(5, 4)]), 'ERR_RECORD_FIELD', SECOND);
rejected('O8 levels 2', pv([wide(4, 2)]), 'ERR_RECORD_FIELD', SECOND + 1);
rejected('O8 width 8 with levels 3', pv([wide(8, 3)]), 'ERR_RECORD_FIELD', SECOND + 1);
rejected('O9 second X86_PV_INFO', pv([PV_INFO, PV_INFO]), 'ERR_RECORD_DUPLICATE', FIRST + 16);
rejected('O9 second X86_PV_INFO, late', pv([...PV_HEAD, PV_INFO]), 'ERR_RECORD_DUPLICATE');
rejected('O10 P2M_FRAMES before X86_PV_INFO', pv([STATIC_DATA_END, P2M_FRAMES]), 'ERR_RECORD_MISSING', FIRST);
rejected('O10 the same in version 2', pv([P2M_FRAMES, PV_INFO], 2), 'ERR_RECORD_MISSING', FIRST);
rejected('O11 start beyond end', pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(4), u32(3), u64(3)))]), 'ERR_RECORD_FIELD');
rejected('O11 a frame too few', pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(0), u32(512), u64(3)))]), 'ERR_RECORD_LENGTH');
rejected('O11 a frame too many', pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(0), u32(511), u64(3), u64(4)))]), 'ERR_RECORD_LENGTH');
rejected('O11 no frames at all', pv([PV_INFO, STATIC_DATA_END, record(3, zeros(4))]), 'ERR_RECORD_LENGTH');
for (const type of [4, 5, 6, 0xc]) rejected(`O12 vCPU record ${type} of 7`, pvWith(record(type, zeros(7))), 'ERR_RECORD_LENGTH');
for (const length of [1, 2800, 5167, 5169]) rejected(`O13 BASIC of ${length}`, pvWith(vcpu(4, length, 1)), 'ERR_RECORD_LENGTH');
accepted('O13 BASIC without content', pvWith(vcpu(4, 0, 1)));
rejected('O14 EXTENDED of 129', pvWith(vcpu(5, 129)), 'ERR_RECORD_LENGTH');
accepted('O14 EXTENDED of 128', pvWith(vcpu(5, 128)));
for (const length of [1, 15]) rejected(`O14 XSAVE of ${length}`, pvWith(vcpu(6, length)), 'ERR_RECORD_LENGTH');
rejected('O14 MSRS of 24', pvWith(vcpu(0xc, 24)), 'ERR_RECORD_LENGTH');
for (const type of [5, 6, 0xc]) accepted(`O14 vCPU record ${type} without content`, pvWith(vcpu(type, 0, 0xffff_ffff)));
rejected('O15 vCPU 8192', pvWith(vcpuBasic(8192)), 'ERR_RECORD_FIELD');
rejected('O15 vCPU 1 of 1', concat(xlHeaderOf('pv'), libxl(pvWith(vcpuBasic(1)), END)), 'ERR_RECORD_FIELD');
rejected('O16 no vCPU 0', pv([...PV_HEAD, PV_PAGES, TSC, SHARED_INFO, vcpuBasic(1), END]), 'ERR_RECORD_MISSING');
rejected('O17 SHARED_INFO of 4095', pv([...PV_HEAD, PV_PAGES, TSC, record(7, zeros(4095)), vcpuBasic(), END]), 'ERR_RECORD_LENGTH');
rejected('O17 SHARED_INFO before X86_PV_INFO', pv([SHARED_INFO], 2), 'ERR_RECORD_MISSING', FIRST);
rejected('O21 PAGE_DATA before P2M_FRAMES', pv([PV_INFO, STATIC_DATA_END, PV_PAGES, P2M_FRAMES, ...PV_TAIL]), 'ERR_RECORD_MISSING');
strictlyRejected(
	'O22 X86_PV_INFO reserved',
	pv([record(2, Uint8Array.of(8, 4, 0, 0, 0, 0, 0, 1)), ...PV_HEAD.slice(1), PV_PAGES, ...PV_TAIL]),
	'ERR_RECORD_RESERVED',
	FIRST + 15,
);
strictlyRejected('reserved field of a vCPU record', pvWith(record(5, concat(u32(0), u32(1), zeros(8)))), 'ERR_RECORD_RESERVED');
strictlyRejected('reserved field of a vCPU MSR', pvWith(record(0xc, concat(zeros(8), u32(1), u32(1), u64(0)))), 'ERR_RECORD_RESERVED');
strictlyRejected('PV without SHARED_INFO', pv([...PV_HEAD, PV_PAGES, TSC, vcpuBasic(), END]), 'ERR_RECORD_MISSING');
strictlyRejected('vCPU state without BASIC', pvWith(vcpu(5, 64, 1)), 'ERR_RECORD_MISSING');
strictlyRejected('vCPU state twice', pvWith(vcpuBasic()), 'ERR_RECORD_DUPLICATE');
rejected('PV without P2M_FRAMES', pv([PV_INFO, STATIC_DATA_END, ...PV_TAIL]), 'ERR_RECORD_MISSING');
