import test from 'ava';
import {definitionOfXlConfig, formatXlConfig, type XlConfigFallback} from '../src/index.ts';
import {smallWorkload} from './helpers/workload-subject.ts';

const FALLBACK: XlConfigFallback = {
	name: 'restored',
	uuid: '7f3f0a52-9f0b-4f43-8a0c-0b8c6a3e5f11',
	guestType: 'hvm',
	memoryBytes: 64 * 2 ** 20,
};
const refused = {name: 'DomainError', code: 'ERR_STREAM'};

test('a definition survives the xl header, and Xen finds in it what it looks for', t => {
	const definition = smallWorkload();
	const text = formatXlConfig(definition);
	t.deepEqual(definitionOfXlConfig(text, FALLBACK), definition);
	t.like(JSON.parse(text), {c_info: {type: 'hvm', name: 'dom1', uuid: definition.uuid}, b_info: {max_memkb: 16 * 1024}});
});

test('a configuration that Xen wrote describes an image', t => {
	const xen = {
		c_info: {type: 'hvm', name: 'hvm1', uuid: '4170d14b-ba12-4d41-b7c7-0f06326174f0'},
		b_info: {max_memkb: 114_688, video_memkb: 0},
		on_reboot: 'restart',
	};
	t.deepEqual(definitionOfXlConfig(JSON.stringify(xen), FALLBACK), {
		kind: 'image',
		name: 'hvm1',
		uuid: '4170d14b-ba12-4d41-b7c7-0f06326174f0',
		// 1 MiB above the guest's memory, as Xen's toolstack grants.
		memoryBytes: (114_688 + 1024) * 1024,
		pfnLimit: 2 ** 20 + (114_688 + 1024) / 4,
		guestType: 'hvm',
	});
	t.like(definitionOfXlConfig(JSON.stringify({...xen, c_info: {type: 'pv', name: 'pv1'}}), FALLBACK), {
		guestType: 'pv',
		name: 'pv1',
		uuid: FALLBACK.uuid,
	});
	t.like(definitionOfXlConfig(JSON.stringify({c_info: {type: 'pvh'}}), FALLBACK), {
		guestType: 'hvm',
		name: 'restored',
		memoryBytes: FALLBACK.memoryBytes,
	});
});

test('without a configuration the fallback is the definition', t => {
	t.like(definitionOfXlConfig(undefined, {...FALLBACK, guestType: 'pv'}), {kind: 'image', ...FALLBACK, guestType: 'pv'});
});

test('what is no configuration, or one of an impossible guest, is refused', t => {
	const wrong = [
		'',
		'xl.cfg',
		'[]',
		'{"c_info": 5}',
		'{"c_info": {"name": "../../etc"}}',
		'{"b_info": {"max_memkb": -1}}',
		'{"b_info": {"max_memkb": 1e15}}',
		'{"sterna": {"definition": {}}}',
	];
	for (const text of wrong) t.throws(() => definitionOfXlConfig(text, FALLBACK), refused, text);
});
