import {ControlError} from './control-error.ts';
import {FIELD_RULES, MAX_REPEATED, MAX_STRING_BYTES, type FieldRule} from './field-rules.ts';
import {MESSAGE_SCHEMAS} from './messages.ts';
import type {FieldSchema} from './schema.ts';

type Fields = Record<string, unknown>;

/**
 * Checks a message against its schema and the field rules, and copies it: `read` from what generated code decoded to plain
 * objects with every field in place and words for enum numbers, `write` the other way. Throws ControlError ERR_FRAME_FIELD.
 */
export function checkMessage(name: string, message: object, direction: 'read' | 'write', request: number): object {
	const source = message as Fields;
	const result: Fields = {};
	for (const field of MESSAGE_SCHEMAS[name] ?? []) {
		const rule = FIELD_RULES[`${name}.${field.name}`] ?? {};
		const fail = (detail: string): never => {
			throw new ControlError({code: 'ERR_FRAME_FIELD', request, field: `${name}.${field.name}`, detail});
		};
		const checkOne = (value: unknown): unknown => checkValue({field, rule, value, direction, request, fail});
		const value = field.presence === 'repeated' || isPresent(source, field) ? source[field.name] : undefined;
		if (field.presence === 'repeated') {
			if (!Array.isArray(value)) return fail('is not a list');
			if (value.length > MAX_REPEATED) return fail(`has more than ${MAX_REPEATED} entries`);
			result[field.name] = value.map(checkOne);
		} else if (value === undefined || value === null) {
			if (field.presence === 'optional') continue;
			if (field.type !== 'message') result[field.name] = checkOne(direction === 'read' ? zeroOf(field) : undefined);
			else if (rule.required === true) fail('is missing');
		} else {
			result[field.name] = checkOne(value);
		}
	}

	return result;
}

/** An `optional` field that was not on the wire has its default on the prototype of what was decoded. */
function isPresent(source: Fields, field: FieldSchema): boolean {
	return field.presence !== 'optional' || Object.hasOwn(source, field.name);
}

function zeroOf(field: FieldSchema): unknown {
	if (field.type === 'string') return '';
	if (field.type === 'bytes') return new Uint8Array(0);
	return field.type === 'bool' ? false : 0;
}

type Check = {
	readonly field: FieldSchema;
	readonly rule: FieldRule;
	readonly value: unknown;
	readonly direction: 'read' | 'write';
	readonly request: number;
	readonly fail: (detail: string) => never;
};

function checkValue({field, rule, value, direction, request, fail}: Check): unknown {
	switch (field.type) {
		case 'bool':
			return typeof value === 'boolean' ? value : fail('is not a boolean');
		case 'uint32':
			return typeof value === 'number' && value >>> 0 === value ? value : fail('is not a whole number below 2^32');
		case 'double':
			if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return fail('is not a finite number of 0 or more');
			return rule.whole === true && !Number.isSafeInteger(value) ? fail('is not a whole number') : value;
		case 'string':
			return checkString(value, rule, fail);
		case 'bytes':
			if (!(value instanceof Uint8Array)) return fail('is not bytes');
			if (value.length > (rule.maxBytes ?? MAX_STRING_BYTES))
				return fail(`has ${value.length} bytes, more than ${rule.maxBytes ?? MAX_STRING_BYTES}`);
			// A copy: what was decoded is a view that would keep the whole frame alive.
			return direction === 'read' ? new Uint8Array(value) : value;
		case 'enum':
			return checkEnum(field, value, direction, fail);
		case 'message':
			return typeof value === 'object' && value !== null
				? checkMessage(field.of ?? '', value, direction, request)
				: fail('is not a message');
		default:
			return field.type satisfies never;
	}
}

function checkString(value: unknown, rule: FieldRule, fail: Check['fail']): string {
	if (typeof value !== 'string') return fail('is not a text');
	const maxBytes = rule.maxBytes ?? MAX_STRING_BYTES;
	// UTF-8 has at most three bytes for a UTF-16 unit: most texts need no counting.
	if (value.length * 3 > maxBytes && utf8Length(value) > maxBytes) return fail(`has more than ${maxBytes} bytes`);
	if (rule.oneOf !== undefined && !rule.oneOf.includes(value))
		return fail(`is ${JSON.stringify(value.slice(0, 40))}, not one of ${rule.oneOf.join(', ')}`);
	return value;
}

/** Length of a text in UTF-8, without encoding it. A lone surrogate is written as the three bytes of U+FFFD. */
export function utf8Length(text: string): number {
	let length = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
	}

	return length;
}

function checkEnum(field: FieldSchema, value: unknown, direction: 'read' | 'write', fail: Check['fail']): string | number {
	for (const [word, number] of Object.entries(field.values ?? {})) {
		if (direction === 'read' && value === number) return word;
		if (direction === 'write' && value === word) return number;
	}

	return fail(`is ${value === 0 || value === undefined ? 'not set' : 'of an unknown value'}`);
}
