import {DomainDefinition} from '@sterna/domain';
import type {ErrorCode, Side} from '@sterna/protocol';
import * as v from 'valibot';
import {hostError} from './host-error.ts';

export type ParseDefinitionOptions = {
	readonly side: Side;
	/** What a definition that is wrong is called: the operator's mistake, or a reason to refuse a peer. */
	readonly code: ErrorCode;
	/** Taken where the definition has no such key. */
	readonly defaults?: {readonly uuid: string};
};

/** Checks a domain's definition that came as JSON over a control channel. Throws `code`, with the key that is wrong. */
export function parseDefinition(json: string, {side, code, defaults}: ParseDefinitionOptions): DomainDefinition {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		throw hostError(code, 'the definition of the domain is not JSON', {side, cause: error});
	}

	const result = v.safeParse(DomainDefinition, typeof value === 'object' && value !== null ? {...defaults, ...value} : value);
	if (result.success) return result.output;
	const [issue] = result.issues;
	const key = issue.path?.map(item => String(item.key)).join('.') ?? '';
	throw hostError(code, `the definition of the domain is wrong${key === '' ? '' : ` at ${key}`}: ${issue.message}`, {side});
}
