import {closeSync, ftruncateSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {buildTestGuest, type GuestBoot, type MemcheckReport} from '@sterna/test-guest';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {askQemu} from './ask-qemu.ts';
import {type GuestSettings, guestToml} from './guest-settings.ts';
import {SerialTranscript} from './serial-transcript.ts';

export type LinuxGuestOptions = Partial<Omit<GuestSettings, 'mac' | 'disk'>> & {
	/** On the lab's network; true by default. */
	readonly network?: boolean;
	/** How hosts share its disk, or that it has none; `shared` by default. */
	readonly disk?: 'shared' | 'mirror' | 'replicated' | 'none';
	/** Small enough, by default, that the numbered records go around it in less than a minute. */
	readonly diskBytes?: number;
};

const DISK_BYTES = 1024 * 1024;
const DEFAULT_MAC = '52:54:00:5e:00:01';
/** A guest boots in some 4 s by itself. */
const PATIENCE_MS = 90_000;

/** The Linux guest of `../shared/guest` in a QEMU, under the load that it puts on itself: memory, network and disk. */
export class LinuxGuest {
	readonly settings: GuestSettings;
	/** What it has written so far, wherever it was. Told by `movedTo`. */
	readonly transcript: SerialTranscript;
	#host: LabHost;

	private constructor(settings: GuestSettings, host: LabHost) {
		this.settings = settings;
		this.transcript = new SerialTranscript(settings.name, host);
		this.#host = host;
	}

	/** Writes its definition and its disk, has the host make it, and waits until it is up and its load runs. */
	static async create(
		lab: Lab,
		host: LabHost,
		{name = 'dom1', network = true, disk = 'shared', diskBytes, ...options}: LinuxGuestOptions = {},
	): Promise<LinuxGuest> {
		if (lab.qemu === undefined) throw new TypeError('a lab without QEMU guests');
		const settings: GuestSettings = {
			name,
			machine: 'pc-i440fx-7.2',
			memoryMiB: 160,
			backend: 'memfd',
			cpu: 'qemu64',
			cpus: 1,
			mac: network ? DEFAULT_MAC : undefined,
			disk: disk === 'none' ? undefined : {file: path.join(lab.qemu.images, `${name}.img`), sharing: disk},
			rng: true,
			vga: 'none',
			load: {},
			...options,
		};
		if (settings.disk !== undefined) makeDisk(settings.disk.file, diskBytes);
		const definition = path.join(lab.directory, `${name}.toml`);
		writeFileSync(definition, guestToml(settings, await buildTestGuest()));
		const guest = new LinuxGuest(settings, host);
		await host.mustCtl(['domain', 'create', '--qemu', definition]);
		await guest.runs();
		return guest;
	}

	get name(): string {
		return this.settings.name;
	}

	/** The host that it is on. */
	get host(): LabHost {
		return this.#host;
	}

	movedTo(host: LabHost): void {
		this.transcript.movedTo(host);
		this.#host = host;
	}

	/** A standby of it was made on `host`, which has not taken it over yet. */
	hasStandbyOn(host: LabHost): void {
		this.transcript.hasStandbyOn(host);
	}

	/** Its standby on `host` has gone on from a checkpoint, whatever has become of the guest where it was. */
	tookOverOn(host: LabHost): void {
		this.transcript.tookOverOn(host);
		this.#host = host;
	}

	/** What it has said since it booted last. */
	get boot(): GuestBoot | undefined {
		return this.transcript.boot;
	}

	/** Resolves when it has counted twice more and reported again: it runs here, now. Rejects with what it said last where it does not. */
	async runs(): Promise<MemcheckReport> {
		const {counts: countsBefore = 0, report: reportBefore} = this.boot ?? {};
		const countsWanted = this.settings.load.counts === false ? 0 : countsBefore + 2;
		const generationWanted = (reportBefore?.generation ?? 0) + 2;
		return this.#until('another report', () => {
			const {counts = 0, report} = this.boot ?? {};
			return counts >= countsWanted && (report?.generation ?? 0) >= generationWanted ? report : undefined;
		});
	}

	/** Resolves when it has booted again, behind the `boots` that it had, and its load runs. */
	async rebooted(boots: number): Promise<void> {
		await this.#until('another boot', () =>
			this.transcript.read().boots.length > boots && (this.boot?.counts ?? 0) > 1 ? true : undefined,
		);
		await this.runs();
	}

	/** A command by its second monitor, past the daemons: `system_reset`. */
	async ask(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
		const record = path.join(this.#host.files.state, 'domains', this.name, 'domain.json');
		const {handle} = JSON.parse(readFileSync(record, 'utf8')) as {readonly handle: {readonly socketPath: string}};
		return askQemu(path.join(path.dirname(handle.socketPath), 'info.sock'), command, args);
	}

	async #until<T>(what: string, condition: () => T | undefined): Promise<T> {
		const deadline = performance.now() + PATIENCE_MS;
		for (;;) {
			const result = condition();
			if (result !== undefined) return result;
			if (performance.now() > deadline)
				throw new Error(
					`waited in vain for ${what} of ${this.name} on ${this.#host.name}; its last words:\n${this.transcript.text.slice(-1000)}`,
				);
			await sleep(50);
		}
	}
}

/** An image of zeros, all of it a hole. */
export function makeDisk(file: string, bytes = DISK_BYTES): void {
	const fd = openSync(file, 'w');
	ftruncateSync(fd, bytes);
	closeSync(fd);
}
