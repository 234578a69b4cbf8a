import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {ascii, concat, GO_TEXT, LIBXL_MIN, u16, u32, XL_MAGIC_TEXT, xlHeader, zeros} from '../helpers/wire.ts';

const config = (text: string, length = text.length): Uint8Array => concat(u32(length), ascii(text));

for (const index of [0, 11, 27, 29, 31]) {
	const magic = `${XL_MAGIC_TEXT.slice(0, index)}!${XL_MAGIC_TEXT.slice(index + 1)}`;
	// The first 8 bytes decide what kind of stream it is.
	const code = index < 8 ? 'ERR_STREAM_UNRECOGNISED' : 'ERR_HEADER_FIELD';
	rejected(`X1 magic byte ${index}`, concat(xlHeader({magic}), LIBXL_MIN), code, index < 8 ? 0 : index);
}

rejected('X2 byte order', concat(xlHeader({byteOrder: 0x0403_0201}), LIBXL_MIN), 'ERR_HEADER_FIELD', 32);
rejected('X3 unknown mandatory flag', concat(xlHeader({mandatory: 7}), LIBXL_MIN), 'ERR_HEADER_FIELD', 36);
rejected('a legacy stream', concat(xlHeader({mandatory: 1}), LIBXL_MIN), 'ERR_HEADER_FIELD', 36);
accepted('X4 unknown optional flag', concat(xlHeader({optional: 0x80}), LIBXL_MIN));
for (const length of [0, 1, 3])
	rejected(`X5 optional data of ${length}`, concat(xlHeader({data: zeros(length)}), LIBXL_MIN), 'ERR_HEADER_FIELD', 44);
rejected('X5 configuration beyond the data', concat(xlHeader({data: config('{}\0', 4)}), LIBXL_MIN), 'ERR_XL_CONFIG', 48);
rejected('an empty configuration', concat(xlHeader({data: config('')}), LIBXL_MIN), 'ERR_XL_CONFIG', 48);
rejected('X6 huge optional data', xlHeader({length: 0xffff_ffff}), 'ERR_HEADER_FIELD', 44);
rejected('X7 JSON without its NUL', concat(xlHeader({data: config('{}')}), LIBXL_MIN), 'ERR_XL_CONFIG', 53);
accepted('data behind the configuration', concat(xlHeader({data: concat(config('{}\0'), ascii('more'))}), LIBXL_MIN));
accepted('an xl.cfg text', concat(xlHeader({mandatory: 2, data: config('type="hvm"\n')}), LIBXL_MIN));
rejected(
	'an xl.cfg text with data behind it',
	concat(xlHeader({mandatory: 2, data: concat(config('type="hvm"\n'), u16(0))}), LIBXL_MIN),
	'ERR_XL_CONFIG',
	48,
);
accepted('the go message of a capture', concat(xlHeader(), LIBXL_MIN, ascii(GO_TEXT)));
strictlyRejected('a go message that breaks off', concat(xlHeader(), LIBXL_MIN, ascii(GO_TEXT.slice(0, 20))), 'ERR_STREAM_TRUNCATED', 203);
strictlyRejected(
	'a wrong go message',
	concat(xlHeader(), LIBXL_MIN, ascii(GO_TEXT.replace('cleared', 'Cleared'))),
	'ERR_TRAILING_DATA',
	183,
);
strictlyRejected('a go message without an xl header', concat(LIBXL_MIN, ascii(GO_TEXT)), 'ERR_TRAILING_DATA', 128);
strictlyRejected('data behind the go message', concat(xlHeader(), LIBXL_MIN, ascii(`${GO_TEXT}!`)), 'ERR_TRAILING_DATA', 227);
