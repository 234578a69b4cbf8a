import http from 'node:http';
import https from 'node:https';
import * as v from 'valibot';
import {AuthenticateReply, ErrorReply, GrantReply, type LeaseId, type Txn, TxnReply} from './messages.ts';

export type EtcdTls = {
	/** PEM texts. Undefined: the authorities that Node knows. */
	readonly ca: string | undefined;
	/** That this host shows, with its key. */
	readonly client: {readonly certificate: string; readonly key: string} | undefined;
};

export type EtcdCredentials = {readonly user: string; readonly password: string};

export type EndpointOptions = {
	/** `http://HOST:PORT` or `https://…`. */
	readonly url: string;
	readonly tls: EtcdTls;
	readonly credentials: EtcdCredentials | undefined;
	/** Of each call, connecting included. */
	readonly callTimeoutMs: number;
};

/** Ours are a few hundred bytes. */
const MAX_REPLY_BYTES = 256 * 1024;
/** gRPC's UNAUTHENTICATED. */
const UNAUTHENTICATED = 16;

/** A call that an endpoint did not answer, or answered with an error. */
export class EtcdError extends Error {
	override readonly name = 'EtcdError';
	/** gRPC's status; undefined where there was no answer. */
	readonly grpcCode: number | undefined;

	constructor(message: string, grpcCode?: number, options?: ErrorOptions) {
		super(message, options);
		this.grpcCode = grpcCode;
	}
}

/**
 * One member of the cluster, or what stands before it. Nothing is tried again here but what never arrived: a request on a kept connection that the server had closed
 * meanwhile, and one whose token had run out. What it says in errors has neither bodies nor credentials.
 */
export class EtcdEndpoint implements Disposable {
	readonly url: string;
	readonly #options: EndpointOptions;
	readonly #agent: http.Agent;
	#token: Promise<string> | undefined;

	constructor(options: EndpointOptions) {
		this.url = options.url;
		this.#options = options;
		const {ca, client} = options.tls;
		this.#agent = options.url.startsWith('https:')
			? new https.Agent({keepAlive: true, minVersion: 'TLSv1.2', ca, cert: client?.certificate, key: client?.key})
			: new http.Agent({keepAlive: true});
	}

	/** A lease of `ttlSeconds`, counted by each member of the cluster from when it carries this out. */
	async grant(ttlSeconds: number, signal: AbortSignal): Promise<LeaseId> {
		const {ID, TTL} = await this.#call('lease/grant', {TTL: String(ttlSeconds)}, GrantReply, signal);
		// A server may make it longer, where its elections take longer.
		if (Number(TTL) < ttlSeconds) throw new EtcdError(`${this.url} gave a lease of ${TTL} s where ${ttlSeconds} s were asked for`);
		return ID;
	}

	async txn(txn: Txn, signal: AbortSignal): Promise<TxnReply> {
		return this.#call('kv/txn', txn, TxnReply, signal);
	}

	[Symbol.dispose](): void {
		this.#agent.destroy();
	}

	async #call<Schema extends v.GenericSchema>(
		path: string,
		body: object,
		schema: Schema,
		signal: AbortSignal,
	): Promise<v.InferOutput<Schema>> {
		const {credentials} = this.#options;
		if (credentials === undefined) return this.#post(path, body, schema, signal);
		const token = await this.#tokenOf(credentials, signal);
		try {
			return await this.#post(path, body, schema, signal, token);
		} catch (error) {
			if (!(error instanceof EtcdError) || !isOutOfDate(error)) throw error;
			this.#token = undefined;
			return this.#post(path, body, schema, signal, await this.#tokenOf(credentials, signal));
		}
	}

	/** Asked for once, whoever waits for it. */
	async #tokenOf({user, password}: EtcdCredentials, signal: AbortSignal): Promise<string> {
		this.#token ??= this.#post('auth/authenticate', {name: user, password}, AuthenticateReply, signal).then(({token}) => token);
		const asked = this.#token;
		try {
			return await asked;
		} catch (error) {
			if (this.#token === asked) this.#token = undefined;
			throw error;
		}
	}

	async #post<Schema extends v.GenericSchema>(
		path: string,
		body: object,
		schema: Schema,
		signal: AbortSignal,
		token?: string,
	): Promise<v.InferOutput<Schema>> {
		const deadline = AbortSignal.timeout(Math.ceil(this.#options.callTimeoutMs));
		const both = AbortSignal.any([signal, deadline]);
		const text = JSON.stringify(body);
		let answer: Answer;
		try {
			answer = await this.#send(path, text, both, token);
		} catch (error) {
			signal.throwIfAborted();
			if (deadline.aborted) throw new EtcdError(`${this.url} did not answer ${path} within ${this.#options.callTimeoutMs} ms`);
			throw new EtcdError(`${this.url} cannot be asked for ${path}`, undefined, {cause: error});
		}

		const parsed = parseJson(answer.text);
		if (answer.status !== 200) throw refused(this.url, path, answer.status, parsed);
		const result = v.safeParse(schema, parsed);
		if (!result.success) throw new EtcdError(`${this.url} answered ${path} with what is no answer to it`);
		return result.output;
	}

	async #send(path: string, text: string, signal: AbortSignal, token: string | undefined, isAgain = false): Promise<Answer> {
		const {promise, resolve, reject} = Promise.withResolvers<Answer>();
		const request = (this.url.startsWith('https:') ? https : http).request(new URL(`/v3/${path}`, this.url), {
			method: 'POST',
			agent: this.#agent,
			signal,
			headers: {
				'Content-Type': 'application/json',
				'Content-Length': Buffer.byteLength(text),
				...(token === undefined ? {} : {Authorization: token}),
			},
		});
		request.on('error', error => {
			const neverArrived = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
			if (neverArrived && !isAgain && !signal.aborted) resolve(this.#send(path, text, signal, token, true));
			else reject(error);
		});
		request.on('response', response => {
			readText(response).then(answerText => resolve({status: response.statusCode ?? 0, text: answerText}), reject);
		});
		request.end(text);
		return promise;
	}
}

type Answer = {readonly status: number; readonly text: string};

async function readText(response: http.IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > MAX_REPLY_BYTES) throw new Error(`the answer has more than ${MAX_REPLY_BYTES} bytes`);
		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function refused(url: string, path: string, status: number, body: unknown): EtcdError {
	const parsed = v.safeParse(ErrorReply, body);
	const {error, code} = parsed.success ? parsed.output : {error: '', code: undefined};
	return new EtcdError(`${url} refused ${path}: ${error === '' ? `HTTP status ${status}` : error.slice(0, 200)}`, code);
}

/** Tokens last for some minutes, and end with a restart and with every change of users and roles. */
function isOutOfDate({grpcCode, message}: EtcdError): boolean {
	return grpcCode === UNAUTHENTICATED || message.includes('revision of auth store is old');
}
