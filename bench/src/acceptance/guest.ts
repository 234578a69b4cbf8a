import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab, LabHost, MigrationJson, ResultJson} from '@sterna/test-e2e';

/** Far longer than anything here takes, on a loaded machine too. */
const PATIENCE_MS = 120_000;
const NEW_LINES = 20;

type JsonLine = {readonly migration?: MigrationJson; readonly downtime?: {readonly hook: number}; readonly result?: ResultJson};

/** A migration that completed. `hookMs`: how long the operator's hook took, while the guest stood still. */
export type Move = {readonly result: ResultJson; readonly hookMs: number};

/** A migration that is under way. */
export type Underway = {
	/** Resolves when an event satisfies the condition; undefined when the migration ends before. */
	reached(condition: (event: MigrationJson) => boolean): Promise<MigrationJson | undefined>;
	readonly ended: Promise<{
		readonly status: number;
		readonly result: ResultJson | undefined;
		readonly hookMs: number;
		readonly text: string;
	}>;
};

/** A workload guest of a lab, as an operator of the lab's hosts handles it. */
export class Guest {
	readonly name: string;
	readonly #lab: Lab;

	private constructor(lab: Lab, name: string) {
		this.#lab = lab;
		this.name = name;
	}

	/** `args`: what `migrate-ctl domain create NAME` is told about it. */
	static async create(lab: Lab, host: LabHost, name: string, args: readonly string[]): Promise<Guest> {
		await host.mustCtl(['domain', 'create', name, ...args]);
		return new Guest(lab, name);
	}

	/** Begins a migration. */
	start(from: LabHost, to: LabHost, args: readonly string[] = []): Underway {
		const run = from.spawnCtl(['start', this.name, to.name, '--json', ...args], {timeoutMs: 5 * PATIENCE_MS});
		return {
			async reached(condition) {
				for await (const line of run.lines()) {
					const {migration} = JSON.parse(line) as JsonLine;
					if (migration !== undefined && condition(migration)) return migration;
				}

				return undefined;
			},
			ended: (async () => {
				const {status, stdout, stderr} = await run.result;
				const lines = stdout.split('\n').filter(line => line !== '');
				const parsed = lines.map(line => JSON.parse(line) as JsonLine);
				const hookMs = parsed.find(({downtime}) => downtime !== undefined)?.downtime?.hook ?? 0;
				return {status, result: parsed.at(-1)?.result, hookMs, text: (lines.at(-1) ?? '') + stderr};
			})(),
		};
	}

	/** Migrates; rejects unless that completes. */
	async move(from: LabHost, to: LabHost, args: readonly string[] = []): Promise<Move> {
		const {status, result, hookMs, text} = await this.start(from, to, args).ended;
		if (status !== 0 || result?.outcome !== 'completed' || result.runsOn !== to.name)
			throw new Error(
				`${from.name} to ${to.name}: migrate-ctl start exited with ${status}\n${text}\n${from.daemon('sender').log.slice(-2000)}`,
			);
		return {result, hookMs};
	}

	/** Resolves when the guest has written some more lines on this host: it runs there, now. */
	async mustRunOn(host: LabHost): Promise<void> {
		const count = (): number => host.output(this.name).split('\n').length;
		const wanted = count() + NEW_LINES;
		const deadline = performance.now() + PATIENCE_MS;
		while (count() < wanted) {
			if (performance.now() > deadline) throw new Error(`${this.name} writes nothing on ${host.name}`);
			await sleep(20);
		}
	}

	/** The guest runs on this host and finds all of its memory right; rejects otherwise. Resolves with how many pages it looked at. */
	async mustBeIntactOn(host: LabHost): Promise<number> {
		const {state} = await host.showDomain(this.name);
		if (state !== 'running') throw new Error(`${this.name} is ${state} on ${host.name}`);
		const {checked} = JSON.parse(await host.mustCtl(['domain', 'check', this.name, '--json'])) as {
			readonly checked: {readonly pagesChecked: number; readonly badPages: number; readonly firstBad: string | null};
		};
		if (checked.badPages !== 0 || checked.pagesChecked === 0)
			throw new Error(`${this.name} on ${host.name}: ${checked.badPages} of ${checked.pagesChecked} pages are wrong: ${checked.firstBad}`);
		return checked.pagesChecked;
	}

	/** Every line that the guest has written, on whatever host, is there exactly once; rejects otherwise. */
	mustHaveEveryLineOnce(): {readonly lines: number; readonly longestGapMs: number} {
		const {lines, missing, repeated, remarks, longestGapMs} = this.#lab.guestOutput(this.name);
		if (lines.length === 0 || missing.length + repeated.length + remarks.length > 0)
			throw new Error(
				`${lines.length} lines; missing ${missing.slice(0, 10).join(' ')} (${missing.length}), twice ${repeated.slice(0, 10).join(' ')} (${repeated.length}), complaints ${remarks.slice(0, 3).join('; ')} (${remarks.length})`,
			);
		return {lines: lines.length, longestGapMs};
	}
}
