import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {TlsFiles} from '@sterna/test-certificates';
import {stringify} from 'smol-toml';

/** The two daemons of a host. */
export type DaemonName = 'sender' | 'receiver';

/** In the order in which they are started: a sender that is up finds its receiver. */
export const DAEMON_NAMES: readonly DaemonName[] = ['receiver', 'sender'];

/** All that another process needs to find a host of a lab again; kept in the lab's file. */
export type HostRecord = {
	readonly name: string;
	/** Everything of this host lies below. Short, as sockets do too. */
	readonly directory: string;
	/** Where its receiver listens, on 127.0.0.1. */
	readonly controlPort: number;
	readonly dataPort: number;
	/** Where ports of its guests are: each host of a lab has an address of its own, as the guest's port is the same everywhere. */
	readonly guestAddress: string;
	/** What it shows to the others and whom it trusts; undefined in a lab without TLS. */
	readonly tls?: TlsFiles;
};

/** Tables and keys of a host's configuration file, as docs/operations.md has them: `{receiver: {'memory-limit': '64MiB'}}`. */
export type HostSettings = Readonly<Record<string, SettingsTable>>;
export type SettingsTable = {readonly [key: string]: string | number | boolean | readonly string[] | SettingsTable};

/** Where the things of a host lie. */
export class HostFiles {
	readonly config: string;
	readonly state: string;
	readonly run: string;
	readonly #directory: string;

	constructor(directory: string) {
		this.#directory = directory;
		this.config = path.join(directory, 'sterna.toml');
		this.state = path.join(directory, 'state');
		this.run = path.join(directory, 'run');
	}

	log(daemon: DaemonName): string {
		return path.join(this.#directory, `${daemon}.log`);
	}

	/** Pid and start time of the daemon that was started last. */
	pid(daemon: DaemonName): string {
		return path.join(this.#directory, `${daemon}.pid`);
	}

	socket(daemon: DaemonName): string {
		return path.join(this.run, `${daemon}.sock`);
	}
}

/** An address at which another host is found; 127.0.0.1 unless something stands between the two. */
export type PeerAddress = {readonly name: string; readonly address: string; readonly controlPort: number};

export type HostConfig = {
	readonly peers: readonly PeerAddress[];
	/** `[qemu]`, in a lab of QEMU guests. */
	readonly qemu: SettingsTable | undefined;
	/** Added to, and winning over, what the lab itself says. */
	readonly settings: HostSettings;
};

/** Writes a host's configuration file. */
export function writeHostConfig(host: HostRecord, {peers, qemu, settings}: HostConfig): void {
	const files = new HostFiles(host.directory);
	const tables: Record<string, object> = {
		paths: {state: files.state, run: files.run},
		receiver: {'listen-address': '127.0.0.1', 'control-port': host.controlPort, 'data-port': host.dataPort},
		guests: {address: host.guestAddress},
		hosts: Object.fromEntries(
			peers.map(({name, address, controlPort}) => {
				// Its name holds wherever it is reached, with something between the two as well.
				return [name, {address, 'control-port': controlPort, ...(host.tls === undefined ? {} : {'tls-name': name})}];
			}),
		),
		...(host.tls === undefined ? {} : {tls: host.tls}),
		...(qemu === undefined ? {} : {qemu}),
	};
	for (const [table, keys] of Object.entries(settings)) tables[table] = {...tables[table], ...keys};
	writeFileSync(files.config, stringify({name: host.name, ...tables}));
}
