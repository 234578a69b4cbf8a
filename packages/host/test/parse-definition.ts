import test from 'ava';
import {parseDefinition} from '../src/parse-definition.ts';

const UUID = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const DEFINITION = {
	kind: 'workload',
	name: 'dom1',
	memoryBytes: 65_536,
	pfnLimit: 16,
	program: {seed: 1, pattern: 'random', content: 'random', lineIntervalMs: 50},
};
const options = {side: 'sender', code: 'ERR_USAGE', defaults: {uuid: UUID}} as const;

test('a definition is taken as it is, with what it lacks from the defaults', t => {
	t.deepEqual(parseDefinition(JSON.stringify(DEFINITION), options), {...DEFINITION, uuid: UUID} as never);
});

test('what is not JSON, and what is no object, has the code that the caller chose', t => {
	for (const text of ['', '{', '1', 'null', '[]', '"x"']) {
		t.throws(() => parseDefinition(text, options), {code: 'ERR_USAGE'}, text);
		t.throws(() => parseDefinition(text, {side: 'receiver', code: 'ERR_TARGET_REFUSED'}), {code: 'ERR_TARGET_REFUSED'}, text);
	}
});

test('the key that is wrong is named', t => {
	const wrong = {...DEFINITION, program: {...DEFINITION.program, seed: -1}};
	t.throws(() => parseDefinition(JSON.stringify(wrong), options), {code: 'ERR_USAGE', message: /at program\.seed/});
	t.throws(() => parseDefinition(JSON.stringify({...DEFINITION, name: '../x'}), options), {code: 'ERR_USAGE', message: /at name/});
	t.throws(() => parseDefinition(JSON.stringify({...DEFINITION, extra: 1}), options), {code: 'ERR_USAGE', message: /extra/});
});
