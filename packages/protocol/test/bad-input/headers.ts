import {rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {vector} from '../helpers/vectors.ts';
import {concat, CONTEXT, domainHeader, END, hvm, HVM_MIN, imageHeader, u64, zeros} from '../helpers/wire.ts';

rejected('H1 empty input', zeros(0), 'ERR_STREAM_TRUNCATED', 0);
rejected('H2 marker not all ones', hvm([]).fill(0x7f, 3, 4), 'ERR_STREAM_UNRECOGNISED', 0);
rejected('H2 a legacy image', concat(u64(0x8000), zeros(80)), 'ERR_STREAM_UNRECOGNISED', 0);
rejected('H3 id', concat(imageHeader({id: 0x58454e47}), domainHeader(2)), 'ERR_HEADER_FIELD', 8);
for (const version of [0, 1, 4, 0x0200_0000]) rejected(`H4 version ${version}`, hvm([CONTEXT, END], version), 'ERR_HEADER_FIELD', 12);
rejected('H5 big-endian flag on little-endian bodies', concat(imageHeader({options: 1}), domainHeader(2), END), 'ERR_HEADER_FIELD', 24);
for (const bit of [1, 7, 15])
	strictlyRejected(`H6 option bit ${bit}`, concat(imageHeader({options: 1 << bit}), HVM_MIN.subarray(24)), 'ERR_HEADER_RESERVED', 16);
strictlyRejected('H7 reserved 16', concat(imageHeader({reserved16: 1}), HVM_MIN.subarray(24)), 'ERR_HEADER_RESERVED', 18);
strictlyRejected('H7 reserved 32', concat(imageHeader({reserved32: 0x8000_0000}), HVM_MIN.subarray(24)), 'ERR_HEADER_RESERVED', 20);
for (const type of [0, 3, 4, 0x1_0002])
	rejected(`H8 domain type ${type}`, concat(imageHeader(), domainHeader(type), HVM_MIN.subarray(40)), 'ERR_HEADER_FIELD', 24);
rejected('H9 HVM where PV is wanted', HVM_MIN, 'ERR_GUEST_TYPE', 24, {guestType: 'pv'});
rejected('H9 PV where HVM is wanted', vector('E'), 'ERR_GUEST_TYPE', 24, {guestType: 'hvm'});
for (const pageShift of [0, 13, 44])
	rejected(
		`H10 page shift ${pageShift}`,
		concat(imageHeader(), domainHeader(2, {pageShift}), HVM_MIN.subarray(40)),
		'ERR_HEADER_FIELD',
		28,
	);
strictlyRejected(
	'H11 domain reserved',
	concat(imageHeader(), domainHeader(2, {reserved: 1}), HVM_MIN.subarray(40)),
	'ERR_HEADER_RESERVED',
	30,
);
