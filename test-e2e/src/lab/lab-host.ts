import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type CtlOptions, type CtlResult, type CtlRun, MIGRATE_CTL, showCtl, spawnCtl} from './ctl.ts';
import {DaemonProcess, type DaemonStartOptions} from './daemon-process.ts';
import {DAEMON_NAMES, type DaemonName, HostFiles, type HostRecord} from './host-files.ts';

/** What `migrate-ctl domain show --json` says of a domain, as far as tests look at it. */
export type DomainJson = {
	readonly name: string;
	readonly state: string;
	readonly kind: string;
	readonly uuid: string;
	readonly memoryBytes: number;
	readonly pid: number | null;
	readonly incarnation: number;
	readonly detail: Readonly<Record<string, string | number | boolean>> | null;
};

/** One host of a lab: a sender and a receiver with a configuration of their own. */
export class LabHost {
	readonly name: string;
	readonly directory: string;
	readonly files: HostFiles;
	readonly controlPort: number;
	readonly dataPort: number;
	readonly guestAddress: string;
	readonly #daemons: Readonly<Record<DaemonName, DaemonProcess>>;

	constructor({name, directory, controlPort, dataPort, guestAddress}: HostRecord, environment: Readonly<Record<string, string>>) {
		this.name = name;
		this.directory = directory;
		this.controlPort = controlPort;
		this.dataPort = dataPort;
		this.guestAddress = guestAddress;
		this.files = new HostFiles(directory);
		mkdirSync(directory, {recursive: true, mode: 0o700});
		this.#daemons = {
			sender: new DaemonProcess('sender', this.files, environment),
			receiver: new DaemonProcess('receiver', this.files, environment),
		};
	}

	daemon(name: DaemonName): DaemonProcess {
		return this.#daemons[name];
	}

	/** Starts both daemons and waits until they answer. */
	async start(): Promise<void> {
		for (const name of DAEMON_NAMES) await this.#daemons[name].start();
	}

	/** Ends a daemon and waits until it is gone. Guests run on. */
	async kill(name: DaemonName, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.#daemons[name].stop(signal);
	}

	/** Starts a daemon again, ending it first (SIGTERM) where it is up. `options`: for this start alone. */
	async restart(name: DaemonName, options?: DaemonStartOptions): Promise<void> {
		await this.#daemons[name].stop();
		await this.#daemons[name].start(options);
	}

	/** Asks both daemons to end, at the same time. Rejects when one does not. */
	async stop(): Promise<void> {
		await Promise.all(DAEMON_NAMES.map(async name => this.#daemons[name].stop()));
	}

	/** Runs `migrate-ctl ARGS` as an operator of this host. */
	async ctl(args: readonly string[], options?: CtlOptions): Promise<CtlResult> {
		return this.spawnCtl(args, options).result;
	}

	/** Starts `migrate-ctl ARGS` and returns at once. */
	spawnCtl(args: readonly string[], options?: CtlOptions): CtlRun {
		return spawnCtl(this.files.config, args, options);
	}

	/** The words that run `migrate-ctl ARGS` as an operator of this host would, on whatever terminal they are started on. */
	ctlCommand(args: readonly string[]): readonly string[] {
		return [process.execPath, MIGRATE_CTL, '--config', this.files.config, ...args];
	}

	/** Runs `migrate-ctl ARGS` on this process's own terminal, for a person to see; resolves with its exit status. */
	async showCtl(args: readonly string[]): Promise<number> {
		return showCtl(this.files.config, args);
	}

	/** Like `ctl`, but rejects with what it printed when it did not succeed. */
	async mustCtl(args: readonly string[], options?: CtlOptions): Promise<string> {
		const {status, stdout, stderr} = await this.ctl(args, options);
		if (status !== 0) throw new Error(`${this.name}: migrate-ctl ${args.join(' ')} exited with ${status}\n${stdout}${stderr}`);
		return stdout;
	}

	/** What this host knows of a domain. */
	async showDomain(domain: string): Promise<DomainJson> {
		const {domain: shown} = JSON.parse(await this.mustCtl(['domain', 'show', domain, '--json'])) as {domain: DomainJson};
		return shown;
	}

	/** Process id of a guest that is on this host. */
	async guestPid(domain: string): Promise<number> {
		const {pid} = await this.showDomain(domain);
		if (pid === null) throw new Error(`${domain} has no process on ${this.name}`);
		return pid;
	}

	/** All that a guest has written on this host so far, also after it left; read from the file, so that no daemon need be up. */
	output(domain: string): string {
		const file = path.join(this.files.state, 'domains', domain, 'output');
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	}
}
