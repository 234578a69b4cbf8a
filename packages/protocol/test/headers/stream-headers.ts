import test from 'ava';
import {encodeDomainHeader, encodeImageHeader, encodeLibxlHeader} from '@sterna/protocol';
import {decode, STRICT} from '../helpers/decode.ts';
import {concat, domainHeader, imageHeader, libxlHeader, record} from '../helpers/wire.ts';

const headersOf = (bytes: Uint8Array): unknown[] =>
	decode([bytes], STRICT).events.flatMap(event => (event.kind === 'header' ? [event.header] : []));

test('headers are written as Xen writes them, in both byte orders', t => {
	t.deepEqual(encodeLibxlHeader(), libxlHeader());
	t.deepEqual(encodeLibxlHeader('big'), libxlHeader({options: 1}));
	t.deepEqual(encodeImageHeader(3), imageHeader());
	t.deepEqual(encodeImageHeader(2, 'big'), imageHeader({version: 2, options: 1}));
	t.deepEqual(encodeDomainHeader('hvm', [4, 17]), domainHeader(2));
	t.deepEqual(encodeDomainHeader('pv', [4, 17], 'big'), domainHeader(1, {littleEndian: false}));
});

test('headers say version, byte order, guest and Xen', t => {
	const bytes = concat(
		libxlHeader({options: 1}),
		record(1, undefined, {littleEndian: false}),
		imageHeader({version: 2, options: 1}),
		domainHeader(1, {littleEndian: false, major: 4, minor: 6}),
	);
	t.deepEqual(headersOf(bytes), [
		{kind: 'libxl', offset: 0, length: 16, version: 2, options: 1, byteOrder: 'big', legacyConverted: false},
		{kind: 'image', offset: 24, length: 24, version: 2, options: 1, byteOrder: 'big'},
		{kind: 'domain', offset: 48, length: 16, guestType: 'pv', xenMajor: 4, xenMinor: 6},
	]);
});

test('a stream that the legacy converter made is taken as such', t => {
	const bytes = concat(libxlHeader({options: 2}), record(1), imageHeader(), domainHeader(2, {major: 0, minor: 1}));
	t.like(headersOf(bytes)[0], {legacyConverted: true});
	t.like(headersOf(bytes)[2], {xenMajor: 0, xenMinor: 1});
});

test('the image may have another byte order than the libxl stream around it', t => {
	const bytes = concat(
		libxlHeader(),
		record(1),
		imageHeader({options: 1}),
		domainHeader(2, {littleEndian: false}),
		record(0x10, undefined, {littleEndian: false}),
	);
	t.is(decode([bytes]).error?.code, 'ERR_STREAM_TRUNCATED');
	t.is(decode([bytes]).events.length, 5);
});
