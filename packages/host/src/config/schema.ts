import {MAX_DATA_CHANNELS} from '@sterna/protocol';
import * as v from 'valibot';
import {HistorySection} from './history-section.ts';
import {LeaseSection} from './lease-section.ts';
import {PolicySection} from './policy-section.ts';
import {QemuSection} from './qemu-section.ts';
import {StandbySection} from './standby-section.ts';
import {AbsolutePath, count, Duration, HostName, ListenAddress, Port, Rate, Size} from './values.ts';

/** How pages are compressed on the wire: `auto` weighs the link against the processor. */
export const COMPRESSIONS = ['auto', 'none', 'zstd', 'lz4'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/**
 * How it is proved that the target's memory is the source's. `wire`: what arrived is what was sent. `audit`: and what was believed clean is
 * looked at again. `full`: and the whole memory is hashed while the guest is paused.
 */
export const PROOFS = ['off', 'wire', 'audit', 'full'] as const;
export type Proof = (typeof PROOFS)[number];

/** The configuration file as it is written. docs/operations.md explains each key. */
export const ConfigFile = v.strictObject({
	/** Name of this host, as other hosts' `[hosts]` have it. */
	name: v.optional(HostName),
	paths: v.optional(v.strictObject({state: v.optional(AbsolutePath), run: v.optional(AbsolutePath)}), {}),
	sender: v.optional(
		v.strictObject({
			socket: v.optional(AbsolutePath),
			'socket-group': v.optional(v.string()),
			'max-concurrent': v.optional(count(1, 64), 4),
			tracker: v.optional(v.picklist(['auto', 'pagemap-scan', 'compare']), 'auto'),
		}),
		{},
	),
	receiver: v.optional(
		v.strictObject({
			socket: v.optional(AbsolutePath),
			'socket-group': v.optional(v.string()),
			'listen-address': v.optional(v.pipe(v.string(), v.minLength(1)), '127.0.0.1'),
			/** 0 = any free one. */
			'control-port': v.optional(count(0, 65_535), 7440),
			'data-port': v.optional(count(0, 65_535), 7441),
			'memory-limit': v.optional(Size),
		}),
		{},
	),
	hosts: v.optional(
		v.record(
			HostName,
			v.strictObject({
				address: v.pipe(v.string(), v.minLength(1)),
				'control-port': v.optional(Port, 7440),
				/** What its certificate holds for, where that is not its address. */
				'tls-name': v.optional(v.pipe(v.string(), v.minLength(1))),
			}),
		),
		{},
	),
	/** All of it or nothing: without it there are no connections beyond loopback. */
	tls: v.optional(
		v.strictObject({
			certificate: AbsolutePath,
			key: AbsolutePath,
			ca: AbsolutePath,
			/** False: data connections are plain toward hosts that say so, too. */
			data: v.optional(v.boolean(), true),
		}),
	),
	policy: PolicySection,
	data: v.optional(
		v.strictObject({
			'window-bytes': v.optional(
				v.pipe(Size, v.minValue(1024 * 1024, 'must be 1MiB or more'), v.maxValue(1024 ** 3, 'must be 1GiB or less')),
				64 * 1024 * 1024,
			),
			workers: v.optional(count(1, 16)),
			channels: v.optional(count(1, MAX_DATA_CHANNELS), 1),
			compression: v.optional(v.picklist(COMPRESSIONS), 'auto'),
			/** Of each data connection; 0 = nothing is sent as a difference. */
			'delta-cache': v.optional(v.pipe(Size, v.maxValue(1024 ** 3, 'must be 1GiB or less')), 0),
			/** Of all migrations of the daemon together. */
			bandwidth: v.optional(Rate),
			'downtime-budget': v.optional(Duration, '500ms'),
		}),
		{},
	),
	migration: v.optional(
		v.strictObject({
			/** How the target's memory is proved to be the source's. */
			proof: v.optional(v.picklist(PROOFS), 'wire'),
			/** For how long a lost connection is tried to be made anew; 0 = a lost one ends the migration. */
			'reconnect-timeout': v.optional(v.pipe(Duration, v.maxValue(86_400_000, 'must be 24h or less')), '60s'),
		}),
		{},
	),
	peer: v.optional(
		v.pipe(
			v.strictObject({
				'heartbeat-interval': v.optional(
					v.pipe(Duration, v.minValue(50, 'must be 50ms or more'), v.maxValue(60_000, 'must be 1m or less')),
					'2s',
				),
				'silence-timeout': v.optional(
					v.pipe(Duration, v.minValue(200, 'must be 200ms or more'), v.maxValue(600_000, 'must be 10m or less')),
					'10s',
				),
			}),
			v.forward(
				v.check(peer => peer['silence-timeout'] >= 2 * peer['heartbeat-interval'], 'must be twice peer.heartbeat-interval or more'),
				['silence-timeout'],
			),
		),
		{},
	),
	hooks: v.optional(
		v.strictObject({
			'before-go': v.optional(v.pipe(v.array(v.string()), v.minLength(1, 'must name a program'))),
			timeout: v.optional(v.pipe(Duration, v.minValue(1, 'must be 1ms or more'), v.maxValue(3_600_000, 'must be 1h or less')), '10s'),
		}),
		{},
	),
	/** Who may run a guest whose two hosts do not see each other. */
	history: v.optional(HistorySection, {}),
	lease: LeaseSection,
	standby: StandbySection,
	guests: v.optional(
		v.strictObject({
			/** At which workload guests have their ports. */
			address: v.optional(v.pipe(v.string(), v.ip('must be an IP address')), '127.0.0.1'),
		}),
		{},
	),
	/** What QEMU guests may be made of here. */
	qemu: v.optional(QemuSection, {}),
	/** Where each daemon serves its metrics; nowhere where there is none. */
	metrics: v.optional(v.strictObject({sender: v.optional(ListenAddress), receiver: v.optional(ListenAddress)}), {}),
	log: v.optional(v.strictObject({level: v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error']), 'info')}), {}),
});
export type ConfigFile = v.InferOutput<typeof ConfigFile>;
