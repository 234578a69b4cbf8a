import {isIP} from 'node:net';
import * as v from 'valibot';
import {AbsolutePath, Duration} from './values.ts';

/** Where leases of protected guests are. */
export type LeaseSettings =
	| {
			/** There is no store: a person decides. */
			readonly store: 'manual';
	  }
	| {
			readonly store: 'etcd';
			/** `http://HOST:PORT` or `https://…`, of which any will do. */
			readonly endpoints: readonly string[];
			/** How long a lease lasts after the sending of a renewal, in milliseconds. */
			readonly ttlMs: number;
			/** Of every key. */
			readonly prefix: string;
			/** PEM files. */
			readonly tls: {readonly ca: string | undefined; readonly client: {readonly certificate: string; readonly key: string} | undefined};
			readonly login: {readonly user: string; readonly passwordFile: string} | undefined;
	  };

/** 127.0.0.0/8 and ::1: the rest of the network is not spoken to without TLS. */
function isLoopback(hostname: string): boolean {
	const address = hostname.replaceAll(/^\[|\]$/g, '');
	return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

function isEndpoint(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && [url.origin, `${url.origin}/`].includes(text);
}

const Endpoint = v.pipe(
	v.string(),
	v.check(isEndpoint, 'must be an address such as "https://etcd-1.example:2379"'),
	v.check(text => {
		const {protocol, hostname} = new URL(text);
		return protocol === 'https:' || isLoopback(hostname);
	}, 'must begin with https: beyond loopback nothing is said without TLS'),
	v.transform(text => new URL(text).origin),
);

const Unused = v.optional(
	v.pipe(
		v.unknown(),
		v.check(() => false, 'is for store = "etcd" alone'),
		v.transform(() => undefined),
	),
);

const Manual = v.strictObject({
	store: v.literal('manual'),
	endpoints: Unused,
	ttl: Unused,
	prefix: Unused,
	ca: Unused,
	certificate: Unused,
	key: Unused,
	user: Unused,
	'password-file': Unused,
});

const Etcd = v.pipe(
	v.strictObject({
		store: v.literal('etcd'),
		endpoints: v.pipe(v.array(Endpoint), v.minLength(1, 'must name an endpoint'), v.maxLength(16, 'must be 16 or fewer')),
		ttl: v.optional(v.pipe(Duration, v.minValue(2000, 'must be 2s or more'), v.maxValue(60_000, 'must be 1m or less')), '5s'),
		prefix: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7E]{0,200}$/, 'must be at most 200 printable ASCII characters')), 'sterna/'),
		ca: v.optional(AbsolutePath),
		certificate: v.optional(AbsolutePath),
		key: v.optional(AbsolutePath),
		user: v.optional(v.pipe(v.string(), v.minLength(1))),
		'password-file': v.optional(AbsolutePath),
	}),
	v.forward(
		v.check(({certificate, key}) => certificate === undefined || key !== undefined, 'goes with lease.key'),
		['certificate'],
	),
	v.forward(
		v.check(({certificate, key}) => key === undefined || certificate !== undefined, 'goes with lease.certificate'),
		['key'],
	),
	v.forward(
		v.check(section => section.user === undefined || section['password-file'] !== undefined, 'goes with lease.password-file'),
		['user'],
	),
	v.forward(
		v.check(section => section['password-file'] === undefined || section.user !== undefined, 'goes with lease.user'),
		['password-file'],
	),
);

/** `[lease]` of the configuration file. */
export const LeaseSection = v.optional(v.variant('store', [Manual, Etcd]), {store: 'manual'});
export type LeaseSection = v.InferOutput<typeof LeaseSection>;

/** What the section means. */
export function leaseSettings(section: LeaseSection): LeaseSettings {
	if (section.store === 'manual') return {store: 'manual'};
	const {endpoints, ttl, prefix, ca, certificate, key, user, 'password-file': passwordFile} = section;
	return {
		store: 'etcd',
		endpoints,
		ttlMs: ttl,
		prefix,
		tls: {ca, client: certificate === undefined || key === undefined ? undefined : {certificate, key}},
		login: user === undefined || passwordFile === undefined ? undefined : {user, passwordFile},
	};
}
