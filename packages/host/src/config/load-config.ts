import {execFileSync} from 'node:child_process';
import {homedir, hostname, totalmem} from 'node:os';
import path from 'node:path';
import type {QemuHostSettings} from '@sterna/domain';
import type {Side} from '@sterna/protocol';
import {hostError} from '../host-error.ts';
import type {LogLevel} from '../log.ts';
import type {MetricsAddress} from '../metrics/metrics-server.ts';
import {historySettings, type HistorySettings} from './history-section.ts';
import {leaseSettings, type LeaseSettings} from './lease-section.ts';
import {parseTomlFile, readTomlText} from './parse-toml-file.ts';
import {defaultPaths, type Paths} from './paths.ts';
import {type PolicySettings, policySettings} from './policy-section.ts';
import {qemuSettings} from './qemu-section.ts';
import {type Compression, ConfigFile, type Proof} from './schema.ts';
import {standbySettings, type StandbySettings} from './standby-section.ts';

/** Where another host's receiver is. */
export type RemoteHost = {
	readonly name: string;
	readonly address: string;
	readonly controlPort: number;
	/** DNS name or IP address that its certificate must hold for. */
	readonly tlsName: string;
};

/** What a daemon, or migrate-ctl, is told by file, flags and defaults. */
export type Config = {
	/** The file it came from; undefined: defaults alone. */
	readonly file: string | undefined;
	readonly hostName: string;
	readonly paths: Paths;
	readonly sender: {
		/** Unix socket of the sender's control channel. */
		readonly socket: string;
		/** Group id that may connect besides the owner. */
		readonly socketGroup: number | undefined;
		readonly maxConcurrent: number;
		readonly tracker: 'auto' | 'pagemap-scan' | 'compare';
	};
	readonly receiver: {
		readonly socket: string;
		readonly socketGroup: number | undefined;
		/** Where control and data are listened at. */
		readonly listenAddress: string;
		readonly controlPort: number;
		readonly dataPort: number;
		/** Most memory of all guests on this host together, in bytes. */
		readonly memoryLimitBytes: number;
	};
	/** PEM files for connections between hosts; undefined = they are plain, and on loopback alone. */
	readonly tls:
		| {
				readonly certificate: string;
				readonly key: string;
				readonly ca: string;
				/** False: data connections are plain where the other host's operator wants that, too. */
				readonly data: boolean;
		  }
		| undefined;
	/** The other hosts, by name. */
	readonly hosts: ReadonlyMap<string, RemoteHost>;
	readonly policy: PolicySettings;
	readonly data: {
		/** Most bytes of one migration that are under way and not yet taken by the receiver. */
		readonly windowBytes: number;
		/** Most data workers; undefined = as many as the machine's cores allow. */
		readonly workers: number | undefined;
		/** Data connections of a migration where it was asked for no other number. */
		readonly channels: number;
		readonly compression: Compression;
		/** Of each data connection; 0 = no page is sent as a difference. */
		readonly deltaCacheBytes: number;
		/** Limit of all outgoing migrations together; undefined = none. */
		readonly bandwidthBytesPerSecond: number | undefined;
		/** For how long the last pass, with the guest paused, ignores every limit. */
		readonly downtimeBudgetMs: number;
	};
	readonly migration: {
		readonly proof: Proof;
		/** For how long a lost connection is tried to be made anew; 0 = not at all. */
		readonly reconnectMs: number;
	};
	/** How long the other host may be silent. */
	readonly peer: {
		/** After so long without anything else to say this host gives a sign of life. */
		readonly heartbeatIntervalMs: number;
		/** After so long without a word the other host counts as gone. */
		readonly silenceTimeoutMs: number;
	};
	readonly hooks: {readonly beforeGo: readonly string[] | undefined; readonly timeoutMs: number};
	readonly history: HistorySettings;
	readonly lease: LeaseSettings;
	readonly standby: StandbySettings;
	/** `address`: IP address of this host at which workload guests have their ports. */
	readonly guests: {readonly address: string};
	/** What QEMU guests may be made of on this host, whoever asks for it. */
	readonly qemu: QemuHostSettings;
	/** Where each daemon serves its metrics. */
	readonly metrics: {readonly sender: MetricsAddress | undefined; readonly receiver: MetricsAddress | undefined};
	readonly log: {readonly level: LogLevel};
};

/** What flags say: each counts more than the file. */
export type ConfigOverrides = {
	readonly hostName?: string;
	readonly stateDir?: string;
	readonly runDir?: string;
	readonly logLevel?: LogLevel;
	readonly socket?: string;
	readonly tracker?: Config['sender']['tracker'];
	readonly listenAddress?: string;
	readonly controlPort?: number;
	readonly dataPort?: number;
	readonly memoryLimitBytes?: number;
};

export type LoadConfigOptions = {
	/** Whose configuration: named in errors, and the one whose `socket` an override means. */
	readonly side: Side;
	/** From `--config`; it must exist. */
	readonly file?: string;
	readonly overrides?: ConfigOverrides;
	/** The environment; `process.env` unless a test says otherwise. */
	readonly env?: NodeJS.ProcessEnv;
	/** Read when nothing else names a file, if it is there. */
	readonly systemFile?: string;
};

const SYSTEM_FILE = '/etc/sterna/sterna.toml';

/**
 * Reads the configuration: `file`, else $STERNA_CONFIG, else /etc/sterna/sterna.toml where there is one, else defaults that do for one machine.
 * Throws ERR_CONFIG, which names the key and, where possible, file and line.
 */
export function loadConfig(options: LoadConfigOptions): Config {
	const {side, overrides = {}, env = process.env, systemFile = SYSTEM_FILE} = options;
	const named = options.file ?? (env['STERNA_CONFIG'] || undefined);
	const text = readTomlText(
		{file: named ?? systemFile, side, code: 'ERR_CONFIG'},
		{what: 'the configuration', optional: named === undefined},
	);
	const file = text === undefined ? undefined : path.resolve(named ?? systemFile);
	const parsed = parseTomlFile(ConfigFile, text ?? '', {file: file ?? '(defaults)', side, code: 'ERR_CONFIG'});
	return resolveConfig(parsed, {file, side, overrides, env});
}

type Resolve = {
	readonly file: string | undefined;
	readonly side: Side;
	readonly overrides: ConfigOverrides;
	readonly env: NodeJS.ProcessEnv;
};

function resolveConfig(parsed: ConfigFile, {file, side, overrides, env}: Resolve): Config {
	const defaults = defaultPaths(env, {uid: process.getuid?.() ?? 0, home: homedir()});
	const paths = {
		state: path.resolve(overrides.stateDir ?? parsed.paths.state ?? defaults.state),
		run: path.resolve(overrides.runDir ?? parsed.paths.run ?? defaults.run),
	};
	// A run directory given by flag means the sockets in it, whatever the file says of the usual ones.
	const socketOf = (role: 'sender' | 'receiver'): string => {
		if (side === role && overrides.socket !== undefined) return path.resolve(overrides.socket);
		return (overrides.runDir === undefined ? parsed[role].socket : undefined) ?? path.join(paths.run, `${role}.sock`);
	};
	const groupOf = (role: 'sender' | 'receiver'): number | undefined => {
		const group = parsed[role]['socket-group'];
		return group === undefined || side !== role ? undefined : groupId(group, `${file}: ${role}.socket-group`, side);
	};
	const {sender, receiver, policy, data, migration, peer, hooks} = parsed;
	return {
		file,
		hostName: overrides.hostName ?? parsed.name ?? hostname(),
		paths,
		sender: {
			socket: socketOf('sender'),
			socketGroup: groupOf('sender'),
			maxConcurrent: sender['max-concurrent'],
			tracker: overrides.tracker ?? sender.tracker,
		},
		receiver: {
			socket: socketOf('receiver'),
			socketGroup: groupOf('receiver'),
			listenAddress: overrides.listenAddress ?? receiver['listen-address'],
			controlPort: overrides.controlPort ?? receiver['control-port'],
			dataPort: overrides.dataPort ?? receiver['data-port'],
			memoryLimitBytes: overrides.memoryLimitBytes ?? receiver['memory-limit'] ?? totalmem(),
		},
		tls: parsed.tls,
		hosts: new Map(Object.entries(parsed.hosts).map(([name, host]) => [name, remoteHost(name, host)])),
		policy: policySettings(policy),
		data: {
			windowBytes: data['window-bytes'],
			workers: data.workers,
			channels: data.channels,
			compression: data.compression,
			deltaCacheBytes: data['delta-cache'],
			bandwidthBytesPerSecond: data.bandwidth === 0 ? undefined : data.bandwidth,
			downtimeBudgetMs: data['downtime-budget'],
		},
		migration: {proof: migration.proof, reconnectMs: migration['reconnect-timeout']},
		peer: {heartbeatIntervalMs: peer['heartbeat-interval'], silenceTimeoutMs: peer['silence-timeout']},
		hooks: {beforeGo: hooks['before-go'], timeoutMs: hooks.timeout},
		history: historySettings(parsed.history),
		lease: leaseSettings(parsed.lease),
		standby: standbySettings(parsed.standby),
		guests: {address: parsed.guests.address},
		qemu: qemuSettings(parsed.qemu, paths),
		metrics: {sender: parsed.metrics.sender, receiver: parsed.metrics.receiver},
		log: {level: overrides.logLevel ?? parsed.log.level},
	};
}

function remoteHost(
	name: string,
	{address, 'control-port': controlPort, 'tls-name': tlsName = address}: ConfigFile['hosts'][string],
): RemoteHost {
	return {name, address, controlPort, tlsName};
}

/** The id of a group, by name or number. Node has no getgrnam: `getent` asks whatever the host has for user databases. */
function groupId(group: string, where: string, side: Side): number {
	if (/^\d+$/.test(group)) return Number(group);
	try {
		const [, , id] = execFileSync('getent', ['group', '--', group], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			timeout: 5000,
		}).split(':');
		if (id !== undefined && /^\d+$/.test(id)) return Number(id);
	} catch (error) {
		throw hostError('ERR_CONFIG', `${where}: there is no group ${group}`, {side, cause: error});
	}

	throw hostError('ERR_CONFIG', `${where}: there is no group ${group}`, {side});
}
