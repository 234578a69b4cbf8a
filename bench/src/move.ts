import type {CtlResult, MigrationJson, ResultJson} from '@sterna/test-e2e';

/** What `migrate-ctl start --json` told of a migration that completed. Times are milliseconds since the epoch, those of the sender's clock. */
export type Move = {
	readonly result: ResultJson;
	/** The first byte of the stream. The target is ready by then. */
	readonly streamBeganMs: number;
	/** All of it is applied, and the device state loaded. */
	readonly appliedMs: number;
};

type Line = {readonly migration?: MigrationJson; readonly result?: ResultJson};

/** Reads the lines of `start --json`. Throws unless the migration completed. */
export function parseMove({status, stdout, stderr}: CtlResult): Move {
	const lines = stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Line);
	const result = lines.at(-1)?.result;
	const events = lines.map(({migration}) => migration).filter(event => event !== undefined);
	const timeOf = (phase: string): number | undefined => {
		const event = events.find(each => each.phase === phase);
		return event === undefined ? undefined : event.startedAtMs + event.elapsedMs;
	};
	const [streamBeganMs, appliedMs] = [timeOf('precopy'), timeOf('handover')];
	if (status !== 0 || result === undefined) {
		const said = result?.error ? `${result.error.code}: ${result.error.message}` : `${stdout.slice(-500)}${stderr}`.trim();
		throw new Error(`migrate-ctl start exited with ${status}: ${said}`);
	}

	if (streamBeganMs === undefined || appliedMs === undefined) throw new Error('migrate-ctl told nothing of precopy or handover');
	return {result, streamBeganMs, appliedMs};
}

/** How long the memory was under way: from the first byte of the stream until all of it was applied, without preparation and handover. */
export function transferMs({streamBeganMs, appliedMs}: Move): number {
	return appliedMs - streamBeganMs;
}
