import type {ExecutionContext} from 'ava';
import type {CtlRun} from '../../src/lab/ctl.ts';
import type {LabHost} from '../../src/lab/lab-host.ts';
import type {FaultJson, MigrationJson, ResultJson} from '../../src/migration-json.ts';
import {DOMAIN} from './scene.ts';

/** How a `migrate-ctl … --json` that waits for a migration ended. */
export type Ended = {
	readonly status: number;
	readonly events: readonly MigrationJson[];
	readonly result: ResultJson | undefined;
	readonly error: FaultJson | undefined;
	readonly text: string;
};

type JsonLine = {readonly migration?: MigrationJson; readonly result?: ResultJson; readonly error?: FaultJson};

function parseLines(text: string): JsonLine[] {
	return text
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as JsonLine);
}

/** A migration that is under way, as its operator sees it. */
export type Running = {
	/** Resolves when an event satisfies the condition; rejects when the migration ends before that. */
	readonly reached: (what: string, condition: (event: MigrationJson) => boolean) => Promise<MigrationJson>;
	readonly ended: Promise<Ended>;
	readonly interrupt: (signal: NodeJS.Signals) => void;
};

function follow(run: CtlRun): Running {
	return {
		async reached(what, condition) {
			for await (const line of run.lines()) {
				const [{migration}] = parseLines(line) as [JsonLine];
				if (migration !== undefined && condition(migration)) return migration;
			}

			const {stdout, stderr} = await run.result;
			throw new Error(`the migration ended before ${what}\n${stdout}${stderr}`);
		},
		ended: (async () => {
			const {status, stdout, stderr} = await run.result;
			const lines = parseLines(stdout);
			const last = lines.at(-1);
			return {
				status,
				events: lines.map(line => line.migration).filter(event => event !== undefined),
				result: last?.result,
				error: last?.result?.error ?? last?.error,
				text: stdout + stderr,
			};
		})(),
		interrupt: signal => run.kill(signal),
	};
}

/** Starts a migration and returns while it is under way. */
export function beginMigration(
	from: LabHost,
	to: LabHost | string,
	{domain = DOMAIN, args = []}: {readonly domain?: string; readonly args?: readonly string[]} = {},
): Running {
	return follow(from.spawnCtl(['start', domain, typeof to === 'string' ? to : to.name, '--json', ...args]));
}

/** Runs a command with `--json` to its end: `save`, `restore`. */
export async function runToEnd(host: LabHost, args: readonly string[]): Promise<Ended> {
	return follow(host.spawnCtl(args)).ended;
}

/** Migrates and waits for the end. */
export async function migrate(
	from: LabHost,
	to: LabHost | string,
	options: {readonly domain?: string; readonly args?: readonly string[]} = {},
): Promise<Ended> {
	return beginMigration(from, to, options).ended;
}

/** Migrates; the test fails unless that completes. */
export async function mustMigrate(
	t: ExecutionContext,
	from: LabHost,
	to: LabHost,
	options: {readonly domain?: string; readonly args?: readonly string[]} = {},
): Promise<ResultJson> {
	const {status, result, text} = await migrate(from, to, options);
	t.is(status, 0, text);
	if (result === undefined) throw new Error(`no result:\n${text}`);
	t.like(result, {outcome: 'completed', runsOn: to.name});
	return result;
}

/** In iteration 0 or later, with pages on their way. */
export const inPrecopy = ({phase, pagesSent}: MigrationJson): boolean => phase === 'precopy' && pagesSent > 0;

/** What a host says of a migration. */
export async function statusOf(host: LabHost, id: string): Promise<MigrationJson> {
	const {migration} = JSON.parse(await host.mustCtl(['status', id, '--json'])) as {readonly migration: MigrationJson};
	return migration;
}
