import {type ChildProcessWithoutNullStreams, execFile, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {SettingsTable} from '../lab/host-files.ts';

/** What the bridge itself has as an address on its network: the guest has 10.9.0.2. */
const ADDRESS = '10.9.0.1/24';
/** Makes the bridge, says so, and keeps the namespace until its standard input ends. */
const MAKE = 'ip link set lo up; ip link add "$1" type bridge; ip address add "$2" dev "$1"; ip link set "$1" up; echo made; exec cat';
/** Runs QEMU's own helper where the one file that it reads is what is in the directory `$1`, and no other process sees that. */
const HELPER = `#!/bin/sh
exec unshare --mount --propagation private sh -ec 'mount --bind "$1" /etc; shift; exec /usr/lib/qemu/qemu-bridge-helper "$@"' sh 'ETC' "$@"
`;

/**
 * A bridge of the kernel that guests are connected to, in a network namespace of its own: no bridge, address or rule of the machine meets it, and it is
 * gone with the process that made it, however that ends. What has to do with it is run in there. Needs root.
 */
export class GuestBridge implements AsyncDisposable {
	readonly name: string;
	/** A host's `[qemu.networks.NAME]`. */
	readonly network: SettingsTable;
	/** Words before the command line of whatever is to be on this bridge: a host's daemons, a listener. They become it. */
	readonly enter: readonly string[];
	readonly #holder: ChildProcessWithoutNullStreams;
	readonly #directory: string;

	private constructor(name: string, holder: ChildProcessWithoutNullStreams, directory: string) {
		this.name = name;
		this.#holder = holder;
		this.#directory = directory;
		this.enter = ['nsenter', `--net=/proc/${holder.pid}/ns/net`, '--'];
		this.network = {kind: 'bridge', bridge: name, helper: path.join(directory, 'helper')};
	}

	static async make(): Promise<GuestBridge> {
		const name = `br${randomBytes(4).toString('hex')}`;
		const directory = mkdtempSync(path.join(tmpdir(), 'sterna-bridge-'));
		const etc = path.join(directory, 'etc');
		mkdirSync(path.join(etc, 'qemu'), {recursive: true});
		writeFileSync(path.join(etc, 'qemu/bridge.conf'), `allow ${name}\n`);
		writeFileSync(path.join(directory, 'helper'), HELPER.replace('ETC', etc), {mode: 0o755});
		const holder = spawn('unshare', ['--net', 'sh', '-ec', MAKE, 'sh', name, ADDRESS]);
		const bridge = new GuestBridge(name, holder, directory);
		const said = await Promise.race([once(holder.stdout, 'data').then(String), once(holder, 'close')]);
		if (said === 'made\n') return bridge;
		const reason = String(holder.stderr.read() ?? '');
		await bridge[Symbol.asyncDispose]();
		throw new Error(`no bridge could be made: ${reason}`);
	}

	/** Names of the interfaces that are on the bridge, sorted. */
	async ports(): Promise<string[]> {
		const links = JSON.parse(await this.#run('ip', ['-json', 'link', 'show', 'master', this.name])) as {readonly ifname: string}[];
		return links.map(({ifname}) => ifname).toSorted();
	}

	/** The port behind which the bridge has learned that an address is; undefined where it does not know it. */
	async portOf(mac: string): Promise<string | undefined> {
		const entries = JSON.parse(await this.#run('bridge', ['-json', 'fdb', 'show', 'br', this.name])) as {
			readonly mac: string;
			readonly ifname: string;
		}[];
		return entries.find(entry => entry.mac === mac)?.ifname;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const closed = this.#holder.exitCode === null && this.#holder.signalCode === null ? once(this.#holder, 'close') : undefined;
		this.#holder.stdin.end();
		await closed;
		rmSync(this.#directory, {recursive: true, force: true});
	}

	async #run(program: string, args: readonly string[]): Promise<string> {
		const [first = program, ...rest] = [...this.enter, program, ...args];
		const {stdout} = await promisify(execFile)(first, rest);
		return stdout.trim() === '' ? '[]' : stdout;
	}
}

/** The tap that a QEMU has open; undefined where it has none. */
export function tapOf(pid: number): string | undefined {
	const directory = `/proc/${pid}/fdinfo`;
	for (const fd of readdirSync(directory)) {
		const name = /^iff:\s*(\S+)$/m.exec(readFileSync(path.join(directory, fd), 'utf8'))?.[1];
		if (name !== undefined) return name;
	}

	return undefined;
}
