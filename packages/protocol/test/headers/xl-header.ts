import test from 'ava';
import {encodeXlHeader, readXlConfig, StreamDecoder, XL_BANNER, XL_GO, XL_READY, XL_REPORT, type StreamHeader} from '@sterna/protocol';
import {ascii, concat, u32, xlHeader} from '../helpers/wire.ts';

function decodeHeaders(bytes: Uint8Array): StreamHeader[] {
	const headers: StreamHeader[] = [];
	const decoder = new StreamDecoder(
		{begins: 'xl', mode: 'any', strict: true, sternaRecords: false},
		{onHeader: header => headers.push(header), onRecord() {}, onPageData() {}},
	);
	decoder.push(bytes);
	return headers;
}

test('an xl header is written as xl writes it', t => {
	t.deepEqual(encodeXlHeader('{}'), xlHeader());
});

test('a configuration beyond ASCII comes back as it was', t => {
	const [header] = decodeHeaders(encodeXlHeader('{"name": "größer 鳥"}'));
	t.is(header?.kind === 'xl' ? header.config : undefined, '{"name": "größer 鳥"}');
});

test('an xl header says its flags, its length and what its configuration is', t => {
	const data = concat(u32(5), ascii('{  }\0'), ascii('rest'));
	const [header] = decodeHeaders(xlHeader({optional: 7, data}));
	t.like(header, {
		kind: 'xl',
		offset: 0,
		length: 48 + 13,
		mandatoryFlags: 3,
		optionalFlags: 7,
		configIsJson: true,
		config: '{  }',
		optionalData: data,
	});
});

test('an xl.cfg text is taken with or without a NUL', t => {
	for (const text of ['type="hvm"', 'type="hvm"\0']) {
		const [header] = decodeHeaders(xlHeader({mandatory: 2, data: concat(u32(text.length), ascii(text))}));
		t.like(header, {config: 'type="hvm"', configIsJson: false});
	}
});

test('a configuration says type and number of vCPUs, and anything else says nothing', t => {
	t.deepEqual(readXlConfig('{"c_info": {"type": "pvh"}, "b_info": {"max_vcpus": 4}}'), {type: 'pvh', maxVcpus: 4});
	const nothing = {type: undefined, maxVcpus: undefined};
	for (const text of [
		'',
		'x',
		'null',
		'[]',
		'{}',
		'{"c_info": null}',
		'{"c_info": {"type": "arm"}, "b_info": {"max_vcpus": -1}}',
		'{"b_info": {"max_vcpus": 1.5}}',
		'{"__proto__": {"c_info": {"type": "pv"}}}',
		'['.repeat(100_000),
	]) {
		t.deepEqual(readXlConfig(text), nothing, text.slice(0, 60));
	}
});

test("the handshake's messages have the lengths that xl reads", t => {
	t.deepEqual(
		[XL_BANNER, XL_READY, XL_GO, XL_REPORT].map(message => message.length),
		[54, 34, 44, 39],
	);
	t.is(XL_BANNER.at(-1), 10);
	t.deepEqual(
		[XL_READY, XL_GO, XL_REPORT].map(message => message.at(-1)),
		[0, 0, 0],
	);
});
