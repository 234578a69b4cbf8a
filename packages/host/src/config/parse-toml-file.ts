import {readFileSync} from 'node:fs';
import type {ErrorCode, Side} from '@sterna/protocol';
import {parse as parseToml, TomlError} from 'smol-toml';
import * as v from 'valibot';
import {hostError} from '../host-error.ts';
import {lineOfKey, nearestWord} from './key-location.ts';

export type ParseTomlOptions = {
	/** As errors name it. */
	readonly file: string;
	readonly side: Side;
	/** What a fault in the file is called. */
	readonly code: ErrorCode;
};

/** Far above anything that people write. */
const MAX_FILE_BYTES = 1024 * 1024;

/** The text of such a file. Throws `code` where it cannot be read, or is far too long; undefined where it is `optional` and not there. */
export function readTomlText(
	{file, side, code}: ParseTomlOptions,
	{what, optional = false}: {readonly what: string; readonly optional?: boolean},
): string | undefined {
	try {
		const bytes = readFileSync(file);
		if (bytes.length > MAX_FILE_BYTES) throw new Error(`it has ${bytes.length} bytes, more than ${MAX_FILE_BYTES}`);
		return bytes.toString();
	} catch (error) {
		if (optional && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw hostError(code, `${what} ${file} cannot be read`, {side, cause: error});
	}
}

/** What a file in TOML says, by a schema of tables. Throws `code` for the first fault: with file, line and key, and the nearest known key for an unknown one. */
export function parseTomlFile<Schema extends v.GenericSchema>(
	schema: Schema,
	text: string,
	options: ParseTomlOptions,
): v.InferOutput<Schema> {
	const {file, side, code} = options;
	let toml: unknown;
	try {
		toml = parseToml(text);
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		const [reason] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
		throw hostError(code, `${file}:${error.line}:${error.column}: ${reason}`, {side});
	}

	const result = v.safeParse(schema, toml, {abortEarly: true});
	if (result.success) return result.output;
	const [issue] = result.issues;
	const keys = issue.path?.map(({key}) => String(key)) ?? [];
	const line = lineOfKey(text, keys);
	throw hostError(code, `${file}${line === undefined ? '' : `:${line}`}: ${describeIssue(schema, issue, keys)}`, {side});
}

type Issue = {readonly type: string; readonly received: string; readonly expected?: string | null; readonly message: string};

function describeIssue(schema: v.GenericSchema, issue: Issue, keys: readonly string[]): string {
	const key = keys.join('.');
	if (issue.type === 'strict_object' && issue.received === 'undefined') return `${key} is missing`;
	if (issue.type !== 'strict_object' || issue.expected !== 'never') return `${key}: ${issue.message}`;
	const known = knownKeys(schema, keys.slice(0, -1));
	const nearest = nearestWord(keys.at(-1) ?? '', known);
	return `${key} is not a known key${nearest === undefined ? `; known here are ${known.join(', ')}` : `: did you mean ${nearest}?`}`;
}

/** The keys that the schema has in a table. */
function knownKeys(schema: unknown, table: readonly string[]): readonly string[] {
	let at = withoutOptional(schema);
	for (const key of table) at = withoutOptional(at.entries?.[key] ?? at.value ?? at.item);
	const kinds = at.options?.map(option => withoutOptional(option)) ?? [at];
	return [...new Set(kinds.flatMap(({entries}) => Object.keys(entries ?? {})))];
}

/** What valibot's schemas have, by their kind. */
type SchemaNode = {
	readonly wrapped?: unknown;
	readonly entries?: Readonly<Record<string, unknown>>;
	/** Of a record. */
	readonly value?: unknown;
	/** Of an array. */
	readonly item?: unknown;
	/** Of a table of several kinds. */
	readonly options?: readonly unknown[];
};

function withoutOptional(schema: unknown): SchemaNode {
	const node = (schema ?? {}) as SchemaNode;
	return node.wrapped === undefined ? node : withoutOptional(node.wrapped);
}
