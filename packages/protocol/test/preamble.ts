import test from 'ava';
import {encodePreamble, parsePreamble, PREAMBLE_BYTES, type Preamble} from '../src/index.ts';

const PREAMBLE: Preamble = {
	token: Uint8Array.from({length: 32}, (_, index) => index + 1),
	migrationId: '01234567-89ab-4def-8123-456789abcdef',
	link: 3,
	channelIndex: 1,
	channelCount: 2,
};
const BYTES = encodePreamble(PREAMBLE);

const changed = (at: number, value: number): Uint8Array => {
	const bytes = BYTES.slice();
	bytes[at] = value;
	return bytes;
};

test('a preamble is read as it was written', t => {
	t.is(BYTES.length, PREAMBLE_BYTES);
	t.deepEqual(parsePreamble(BYTES), PREAMBLE);
	t.deepEqual(parsePreamble(Uint8Array.of(9, ...BYTES).subarray(1)), PREAMBLE);
});

test('a preamble begins with its magic, version 2 and the channel', t => {
	t.is(String.fromCharCode(...BYTES.subarray(0, 8)), 'STERNADC');
	t.deepEqual(BYTES.subarray(8, 16), Uint8Array.of(2, 0, 0, 0, 1, 0, 2, 0));
});

test('every wrong field of a preamble is refused by its name', t => {
	for (let length = 0; length < PREAMBLE_BYTES; length++)
		t.throws(() => parsePreamble(BYTES.subarray(0, length)), {code: 'ERR_PREAMBLE_LENGTH'});
	t.throws(() => parsePreamble(Uint8Array.of(...BYTES, 0)), {code: 'ERR_PREAMBLE_LENGTH'});
	for (let at = 0; at < 8; at++) t.throws(() => parsePreamble(changed(at, 0)), {name: 'PreambleError', code: 'ERR_PREAMBLE_MAGIC'});
	t.throws(() => parsePreamble(changed(8, 1)), {code: 'ERR_PREAMBLE_VERSION', message: /version 1/});
	t.throws(() => parsePreamble(changed(12, 2)), {code: 'ERR_PREAMBLE_CHANNEL'});
	t.throws(() => parsePreamble(changed(14, 0)), {code: 'ERR_PREAMBLE_CHANNEL'});
	t.throws(() => parsePreamble(changed(14, 65)), {code: 'ERR_PREAMBLE_CHANNEL'});
	for (let at = 68; at < 80; at++) t.throws(() => parsePreamble(changed(at, 1)), {code: 'ERR_PREAMBLE_RESERVED'});
});

test('what no preamble can hold is not encoded', t => {
	t.throws(() => encodePreamble({...PREAMBLE, token: new Uint8Array(31)}), {instanceOf: TypeError});
	t.throws(() => encodePreamble({...PREAMBLE, migrationId: 'dom1'}), {instanceOf: TypeError});
	t.throws(() => encodePreamble({...PREAMBLE, channelIndex: 2}), {instanceOf: TypeError});
	t.throws(() => encodePreamble({...PREAMBLE, link: -1}), {instanceOf: TypeError});
});
