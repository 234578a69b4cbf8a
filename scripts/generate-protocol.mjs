/**
 * Makes packages/protocol/src/control/{generated.js,generated.d.ts,messages.ts} from proto/control.proto.
 * `npm run generate` writes them, `npm run generate -- --check` fails when the committed ones differ.
 */
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {FIELD_RULES} from '../packages/protocol/src/control/field-rules.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const protocol = path.join(root, 'packages/protocol');
const protoFile = path.join(protocol, 'proto/control.proto');
const outDirectory = path.join(protocol, 'src/control');
const NOTICE = '// Generated from proto/control.proto by scripts/generate-protocol.mjs: do not edit.\n';

/** Only encode and decode: checks are ours (check-message.ts), and plain objects need no constructors on the outside. */
const PBJS_FLAGS =
	'-t static-module -w esm -r sterna --dependency protobufjs/minimal.js --es6 --force-number ' +
	'--no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service --no-comments';

function generateCodec() {
	const pbjs = path.join(root, 'node_modules/.bin/pbjs');
	const code = execFileSync(pbjs, [...PBJS_FLAGS.split(' '), protoFile], {encoding: 'utf8', maxBuffer: 16 * 1024 * 1024});
	return NOTICE + code.replace(/^\/\*eslint.*\n/, '').replaceAll(/^(?: {4})+/gm, indent => '\t'.repeat(indent.length / 4));
}

/** The types that pbjs makes need `long` and Node's; what we call of its code is just this. */
function generateCodecTypes() {
	return `${NOTICE}
type Codec = {
	encode(message: object): {finish(): Uint8Array};
	/** Fields that were absent on the wire are on the prototype only. Throws Error for bytes that are no such message. */
	decode(bytes: Uint8Array): object;
};
export const sterna: {readonly control: {readonly ClientFrame: Codec; readonly ServerFrame: Codec}};
`;
}

const camelCase = name => name.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const kebabCase = name => name.toLowerCase().replaceAll('_', '-');
const quoted = words => words.map(word => `'${word}'`).join(' | ');

/** The zero value says "not set" and has no word. */
const enumWords = type =>
	Object.fromEntries(
		Object.entries(type.values)
			.filter(([, number]) => number !== 0)
			.map(([name, number]) => [kebabCase(name), number]),
	);

function fieldType(protobuf, message, field) {
	const name = camelCase(field.name);
	const rule = FIELD_RULES[`${message.name}.${name}`];
	if (field.resolvedType instanceof protobuf.Enum) return quoted(Object.keys(enumWords(field.resolvedType)));
	if (field.resolvedType) return field.resolvedType.name;
	switch (field.type) {
		case 'bool':
			return 'boolean';
		case 'uint32':
		case 'double':
			return 'number';
		case 'string':
			return rule?.oneOf ? quoted(rule.oneOf) : 'string';
		case 'bytes':
			return 'Uint8Array';
		default:
			throw new TypeError(`${message.name}.${field.name}: the checks do not know the type ${field.type}`);
	}
}

function presence(field) {
	if (field.repeated) return 'repeated';
	return field.options?.proto3_optional ? 'optional' : undefined;
}

function fieldSchema(protobuf, field) {
	const isEnum = field.resolvedType instanceof protobuf.Enum;
	const parts = [`name: '${camelCase(field.name)}'`, `id: ${field.id}`];
	parts.push(`type: '${isEnum ? 'enum' : field.resolvedType ? 'message' : field.type}'`);
	if (isEnum)
		parts.push(
			`values: {${Object.entries(enumWords(field.resolvedType))
				.map(([word, number]) => `'${word}': ${number}`)
				.join(', ')}}`,
		);
	else if (field.resolvedType) parts.push(`of: '${field.resolvedType.name}'`);
	if (presence(field)) parts.push(`presence: '${presence(field)}'`);
	return `{${parts.join(', ')}}`;
}

const docstring = (comment, indent) => (comment ? `${indent}/** ${comment.replaceAll(/\s+/g, ' ')} */\n` : '');

function mayBeAbsent(protobuf, message, field) {
	if (field.repeated || FIELD_RULES[`${message.name}.${camelCase(field.name)}`]?.required) return false;
	return presence(field) === 'optional' || (field.resolvedType && !(field.resolvedType instanceof protobuf.Enum));
}

function messageType(protobuf, message) {
	const fields = message.fieldsArray.map(field => {
		const type = fieldType(protobuf, message, field);
		const absent = mayBeAbsent(protobuf, message, field);
		const written = field.repeated ? `readonly ${type}[]` : `${type}${absent ? ' | undefined' : ''}`;
		return `${docstring(field.comment, '\t')}\treadonly ${camelCase(field.name)}${absent ? '?' : ''}: ${written};\n`;
	});
	const body = fields.length > 0 ? `{\n${fields.join('')}}` : 'Readonly<Record<string, never>>';
	return `${docstring(message.comment, '')}export type ${message.name} = ${body};\n`;
}

/** A frame becomes a map from the name of its body to the body's type. */
function frameBodies(message) {
	const fields = message.oneofsArray[0].fieldsArray;
	const lines = fields.map(field => `${docstring(field.comment, '\t')}\treadonly ${camelCase(field.name)}: ${field.resolvedType.name};\n`);
	return `/** What a ${message.name} can carry: the name of the body and its type. */\nexport type ${message.name}Bodies = {\n${lines.join('')}};\n`;
}

function generateMessages() {
	const protobuf = createRequire(path.join(protocol, 'package.json'))('protobufjs');
	const parsed = protobuf.parse(readFileSync(protoFile, 'utf8'), {alternateCommentMode: true, preferTrailingComment: true});
	parsed.root.resolveAll();
	const messages = parsed.root.lookup('sterna.control').nestedArray.filter(nested => nested instanceof protobuf.Type);
	const types = messages.map(message =>
		message.oneofsArray.some(oneof => oneof.name === 'body') ? frameBodies(message) : messageType(protobuf, message),
	);
	const schemas = messages.map(message => {
		const fields = message.fieldsArray.map(field => `\t\t${fieldSchema(protobuf, field)},\n`);
		return `\t${message.name}: [${fields.length > 0 ? `\n${fields.join('')}\t` : ''}],\n`;
	});
	const known = new Set(messages.flatMap(message => message.fieldsArray.map(field => `${message.name}.${camelCase(field.name)}`)));
	const strange = Object.keys(FIELD_RULES).filter(name => !known.has(name));
	if (strange.length > 0) throw new Error(`field-rules.ts has rules for fields that control.proto has not: ${strange.join(', ')}`);
	return `${NOTICE}import type {MessageSchema} from './schema.ts';

${types.join('\n')}
/** Every message by its name: what \`wire-check.ts\` and \`check-message.ts\` walk by. */
export const MESSAGE_SCHEMAS: Readonly<Record<string, MessageSchema>> = {
${schemas.join('')}};
`;
}

const outputs = {'generated.js': generateCodec(), 'generated.d.ts': generateCodecTypes(), 'messages.ts': generateMessages()};
const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(outputs)) {
	const file = path.join(outDirectory, name);
	if (!check) {
		writeFileSync(file, text);
	} else if (readFileSync(file, 'utf8') !== text) {
		console.error(`${path.relative(root, file)} is not what proto/control.proto generates: run \`npm run generate\``);
		process.exitCode = 1;
	}
}
