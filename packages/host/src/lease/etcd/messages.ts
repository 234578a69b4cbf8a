/**
 * What is said to etcd's JSON gateway (`/v3/…`, etcd 3.4 and later) and what it answers: protobuf's JSON mapping, so that keys and values are base64, 64-bit integers are
 * texts, and what is 0, false or empty is left out.
 */
import * as v from 'valibot';

const Int64 = v.pipe(v.string(), v.regex(/^-?\d{1,19}$/));

export const GrantReply = v.object({ID: Int64, TTL: Int64});
export const AuthenticateReply = v.object({token: v.pipe(v.string(), v.minLength(1))});

const KeyValue = v.object({key: v.string(), value: v.optional(v.string(), ''), mod_revision: Int64});
const TxnResponse = v.object({response_range: v.optional(v.object({kvs: v.optional(v.array(KeyValue), [])}))});
export const TxnReply = v.object({succeeded: v.optional(v.boolean(), false), responses: v.optional(v.array(TxnResponse), [])});
export type TxnReply = v.InferOutput<typeof TxnReply>;

/** Of a call that failed: gRPC's status code and etcd's words. */
export const ErrorReply = v.object({error: v.optional(v.string(), ''), code: v.optional(v.number())});

/** A lease of a server's, by its id as etcd writes it. */
export type LeaseId = string;

export type Compare = {readonly key: string; readonly result: 'EQUAL'} & (
	| {readonly target: 'VALUE'; readonly value: string}
	| {readonly target: 'MOD'; readonly mod_revision: string}
);
export type Request =
	| {readonly request_put: {readonly key: string; readonly value: string; readonly lease?: LeaseId}}
	| {readonly request_range: {readonly key: string}}
	| {readonly request_delete_range: {readonly key: string}};

/** Carried out in one step, by the majority of the cluster: `success` where all of `compare` is so, else `failure`. */
export type Txn = {readonly compare: readonly Compare[]; readonly success: readonly Request[]; readonly failure: readonly Request[]};

/** What a key has, and the revision that last changed it. */
export type Found = {readonly value: string; readonly revision: string};

export const hasValue = (key: string, value: string): Compare => ({
	key: base64(key),
	target: 'VALUE',
	result: 'EQUAL',
	value: base64(value),
});
/** That nobody has changed a key since it was read; `undefined`: that it still is not there. */
export const isUnchanged = (key: string, found: Found | undefined): Compare => ({
	key: base64(key),
	target: 'MOD',
	result: 'EQUAL',
	mod_revision: found?.revision ?? '0',
});
export const put = (key: string, value: string, lease?: LeaseId): Request => ({
	request_put: {key: base64(key), value: base64(value), ...(lease === undefined ? {} : {lease})},
});
export const range = (key: string): Request => ({request_range: {key: base64(key)}});
export const remove = (key: string): Request => ({request_delete_range: {key: base64(key)}});

/** What the `index`th request of the branch that was taken, a range of one key, has found. */
export function foundBy({responses}: TxnReply, index: number): Found | undefined {
	const [first] = responses[index]?.response_range?.kvs ?? [];
	return first === undefined ? undefined : {value: Buffer.from(first.value, 'base64').toString(), revision: first.mod_revision};
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}
