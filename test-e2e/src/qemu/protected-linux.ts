import type {ProtectionJson} from '@sterna/migrate-ctl';
import {type DiskRecords, readDiskRecords, type SegmentListener} from '@sterna/test-guest';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {endProcess, processIdOf} from '../lab/process-id.ts';
import {ProtectedGuest} from '../protection/protected-guest.ts';
import {diskFaults} from './guest-faults.ts';
import {type Heard, readHeard, type Takeover} from './heard-over-takeovers.ts';
import {LinuxGuest, type LinuxGuestOptions} from './linux-guest.ts';
import type {OwnImages} from './own-images.ts';
import {takeoverOf, type TakeoverFacts} from './takeover-log.ts';

/** Where such a guest is, and who hears it. */
export type ProtectedLinuxScene = {
	readonly lab: Lab;
	readonly listener: SegmentListener;
	/** Of one of the two hosts. */ readonly images: OwnImages;
};

export type TakenOver = TakeoverFacts & {readonly heard: Heard; readonly disk: DiskRecords};

const KILL_TIMEOUT_MS = 15_000;

/** A Linux guest in QEMU, with memory, network and disk under load, that is protected, killed in whatever way, and taken over, again and again. */
export class ProtectedLinux {
	readonly guest: LinuxGuest;
	readonly #scene: ProtectedLinuxScene;
	readonly #protected: ProtectedGuest;
	readonly #takeovers: Takeover[] = [];

	private constructor(guest: LinuxGuest, scene: ProtectedLinuxScene) {
		this.guest = guest;
		this.#scene = scene;
		this.#protected = new ProtectedGuest(scene.lab, guest.name);
	}

	/** Makes the guest on `host`, with a disk of its own on each of the two. */
	static async create(
		scene: ProtectedLinuxScene,
		host: LabHost,
		options: Omit<LinuxGuestOptions, 'disk' | 'name'> = {},
	): Promise<ProtectedLinux> {
		const name = 'dom1';
		scene.images.make(name, options.diskBytes);
		return new ProtectedLinux(await LinuxGuest.create(scene.lab, host, {...options, name, disk: 'replicated'}), scene);
	}

	/** The host that it is not on. */
	get other(): LabHost {
		const other = this.#scene.lab.hosts.find(host => host !== this.guest.host);
		if (other === undefined) throw new TypeError('a lab with one host');
		return other;
	}

	/** Keeps a standby on the other host; resolves when that has so many whole checkpoints. */
	async protect(args: readonly string[], checkpoints = 1): Promise<ProtectionJson> {
		const status = await this.#protected.protect(this.guest.host, this.other, args, checkpoints);
		this.guest.hasStandbyOn(this.other);
		return status;
	}

	/** Resolves with the first status at the guest's host that satisfies the condition. */
	async reached(what: string, condition: (status: ProtectionJson) => boolean): Promise<ProtectionJson> {
		return this.#protected.reached(this.guest.host, what, condition);
	}

	/** Kills its QEMU: its daemon has the standby go on. Resolves when that does, and nothing is wrong with it. */
	async killQemu(): Promise<TakenOver> {
		const {host, name} = this.guest;
		const id = processIdOf(await host.guestPid(name));
		if (id === undefined) throw new Error(`${name} has ended on ${host.name}`);
		return this.#takenOver(async () => {
			await endProcess(id, 'SIGKILL', {timeoutMs: KILL_TIMEOUT_MS});
			await this.#protected.reached(host, 'that its standby has it', ({phase}) => phase === 'promoted');
		});
	}

	/**
	 * Kills both daemons of its host, with QEMU left as it is, and has the standby go on at a person's word: until a daemon is back there that learns of it, two of them run, one of which nobody
	 * hears. Resolves when all of that is past, and nothing is wrong.
	 */
	async killDaemons(): Promise<TakenOver> {
		const {host, name} = this.guest;
		const {other} = this;
		const pid = await host.guestPid(name);
		const taken = await this.#takenOver(async () => {
			await Promise.all([host.kill('sender'), host.kill('receiver')]);
			await this.#protected.failover(other, ['--source-is-dead']);
		});
		if (processIdOf(pid) === undefined) throw new Error(`the QEMU of ${name} on ${host.name} has ended with its daemons`);
		for (const daemon of ['receiver', 'sender'] as const) await this.#scene.images.start(host, daemon);
		await this.#protected.reached(host, 'that it is out of date', ({phase}) => phase === 'stale');
		return taken;
	}

	/** Ends the receiver of the standby's host, and starts it again. */
	async restartReceiver(): Promise<void> {
		const {other} = this;
		await other.kill('receiver');
		await this.#scene.images.start(other, 'receiver');
	}

	/** A planned failover. Nothing may be missing of anything. Resolves with the milliseconds from the decision until it ran on the other host. */
	async handOver(): Promise<number> {
		const {other} = this;
		const {decidedToRunningMs, planned, runsOn} = await this.#protected.failover(other, ['--planned']);
		if (!planned || runsOn !== other.name) throw new Error(`${this.guest.name} runs on ${runsOn}, ${planned ? '' : 'not '}as planned`);
		this.guest.movedTo(other);
		await this.findNoFault();
		return decidedToRunningMs;
	}

	/** Looks at everything of a guest that runs, and is not protected; rejects with what is wrong. */
	async findNoFault(): Promise<{readonly heard: Heard; readonly disk: DiskRecords}> {
		const {guest} = this;
		const {host, name, settings} = guest;
		const report = await guest.runs();
		await host.mustCtl(['domain', 'pause', name]);
		const file = this.#scene.images.fileOn(host, name);
		const disk = readDiskRecords(file);
		const onDisk = diskFaults(file, report.record);
		const heard = readHeard(this.#scene.listener.arrivals, {mac: settings.mac ?? '', takeovers: this.#takeovers});
		const faults = [...(guest.boot?.faults ?? ['it said nothing']), ...(guest.boot?.remarks ?? []), ...onDisk, ...heard.faults];
		if (report.bad > 0 || faults.length > 0 || heard.last < report.packet)
			throw new Error(
				`${name} on ${host.name}: ${faults.slice(0, 10).join('; ')}; ${report.bad} bad pages, packet ${heard.last} heard last and ${report.packet} reported\n${this.#protected.logs()}`,
			);
		await host.mustCtl(['domain', 'resume', name]);
		await guest.runs();
		return {heard, disk};
	}

	async #takenOver(harm: () => Promise<void>): Promise<TakenOver> {
		const {other} = this;
		const before = takeoverOf(other, this.guest.name, 0).length;
		const fromNs = process.hrtime.bigint();
		await harm();
		this.guest.tookOverOn(other);
		await this.guest.runs();
		this.#takeovers.push({fromNs, toNs: process.hrtime.bigint()});
		const [facts, ...more] = takeoverOf(other, this.guest.name, before);
		if (facts === undefined || more.length > 0) throw new Error(`${more.length + 1} takeovers on ${other.name}\n${this.#protected.logs()}`);
		return {...facts, ...(await this.findNoFault())};
	}
}
