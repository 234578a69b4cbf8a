import {setTimeout as sleep} from 'node:timers/promises';
import type {ProtectionJson} from '@sterna/migrate-ctl';
import type {FailoverReply} from '@sterna/protocol/control';
import type {Lab} from '../lab/lab.ts';
import type {CtlResult} from '../lab/ctl.ts';
import type {DomainJson, LabHost} from '../lab/lab-host.ts';

/** Far longer than anything here takes, on a loaded machine too. */
const PATIENCE_MS = 60_000;
const POLL_MS = 50;
/** The end of a daemon's log, where something is wrong. */
const LOG_CHARACTERS = 3000;

/** Runs `migrate-ctl ARGS` as an operator of a host. */
export type RunCtl = (host: LabHost, args: readonly string[]) => Promise<CtlResult>;

/** A guest of a lab that has a standby, as an operator of the lab's hosts handles it. */
export class ProtectedGuest {
	readonly name: string;
	readonly #lab: Lab;
	readonly #ctl: RunCtl;

	/** `ctl`: in another way than by a process for each command. */
	constructor(lab: Lab, name: string, ctl: RunCtl = async (host, args) => host.ctl(args)) {
		this.#lab = lab;
		this.name = name;
		this.#ctl = ctl;
	}

	/** `args`: what `migrate-ctl domain create NAME` is told about it. */
	static async create(lab: Lab, host: LabHost, name: string, args: readonly string[], ctl?: RunCtl): Promise<ProtectedGuest> {
		const guest = new ProtectedGuest(lab, name, ctl);
		await guest.#mustCtl(host, ['domain', 'create', name, ...args]);
		return guest;
	}

	/** Begins to protect it, and resolves when the standby has so many whole checkpoints. */
	async protect(from: LabHost, to: LabHost, args: readonly string[] = [], checkpoints = 1): Promise<ProtectionJson> {
		await this.#mustCtl(from, ['protect', this.name, to.name, '--detach', ...args]);
		return this.reached(
			from,
			`${checkpoints} checkpoints`,
			({phase, committedEpoch}) => phase === 'protected' && (committedEpoch ?? 0) >= checkpoints,
		);
	}

	/** What one host knows of it; undefined where it knows no protection. */
	async status(host: LabHost): Promise<ProtectionJson | undefined> {
		const {status, stdout} = await this.#ctl(host, ['status', this.name, '--json']);
		return status === 0 ? (JSON.parse(stdout) as {readonly protection?: ProtectionJson}).protection : undefined;
	}

	/** Resolves with the first status of this host that satisfies the condition; rejects with the last one, and the logs, where none does. */
	async reached(host: LabHost, what: string, condition: (status: ProtectionJson) => boolean): Promise<ProtectionJson> {
		const deadline = performance.now() + PATIENCE_MS;
		for (;;) {
			const status = await this.status(host);
			if (status !== undefined && condition(status)) return status;
			if (performance.now() > deadline || status?.phase === 'failed')
				throw new Error(`${this.name} on ${host.name}: waited in vain for ${what}: ${JSON.stringify(status)}\n${this.logs()}`);
			await sleep(POLL_MS);
		}
	}

	/** Lets it go on from its standby on this host; rejects unless that does. */
	async failover(host: LabHost, args: readonly string[] = []): Promise<FailoverReply> {
		const {status, stdout, stderr} = await this.#ctl(host, ['failover', this.name, '--json', ...args]);
		if (status !== 0) throw new Error(`${host.name}: failover ${args.join(' ')} exited with ${status}\n${stdout}${stderr}\n${this.logs()}`);
		return (JSON.parse(stdout) as {readonly failover: FailoverReply}).failover;
	}

	/** The guest on this host finds all of its memory right, and runs; rejects otherwise. Resolves with how many pages it looked at. */
	async mustBeIntactOn(host: LabHost): Promise<number> {
		const {state} = await this.show(host);
		if (state !== 'running' && state !== 'protected') throw new Error(`${this.name} is ${state} on ${host.name}\n${this.logs()}`);
		const {checked} = JSON.parse(await this.#mustCtl(host, ['domain', 'check', this.name, '--json'])) as {
			readonly checked: {readonly pagesChecked: number; readonly badPages: number; readonly firstBad: string | null};
		};
		if (checked.badPages !== 0 || checked.pagesChecked === 0)
			throw new Error(`${this.name} on ${host.name}: ${checked.badPages} of ${checked.pagesChecked} pages are wrong: ${checked.firstBad}`);
		return checked.pagesChecked;
	}

	/** What a host knows of it as one of its domains. */
	async show(host: LabHost): Promise<DomainJson> {
		return (JSON.parse(await this.#mustCtl(host, ['domain', 'show', this.name, '--json'])) as {readonly domain: DomainJson}).domain;
	}

	/** The ends of all daemons' logs, for an error. */
	logs(): string {
		return this.#lab.hosts
			.flatMap(host =>
				(['sender', 'receiver'] as const).map(name => `${host.name} ${name}\n${host.daemon(name).log.slice(-LOG_CHARACTERS)}`),
			)
			.join('\n');
	}

	async #mustCtl(host: LabHost, args: readonly string[]): Promise<string> {
		const {status, stdout, stderr} = await this.#ctl(host, args);
		if (status !== 0)
			throw new Error(`${host.name}: migrate-ctl ${args.join(' ')} exited with ${status}\n${stdout}${stderr}\n${this.logs()}`);
		return stdout;
	}
}
