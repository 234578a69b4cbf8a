import {type CtlResult, Lab, type MigrationJson, type ResultJson} from '@sterna/test-e2e';

/** How long a guest runs undisturbed before it is moved again, in milliseconds: its load is steady by then. */
const SETTLE_MS = 500;
const GUEST = 'bench';

/** One migration of ours, measured by what migrate-ctl says of it. */
export type ShuttleFigures = {
	readonly result: ResultJson;
	/** From the first byte of the stream until all of it is applied: precopy and stop-and-copy, without preparation and handover. */
	readonly transferMs: number;
};

/** A guest on two hosts of a lab that goes back and forth between them. */
export class Shuttle implements AsyncDisposable {
	readonly #lab: Lab;
	#at = 0;

	private constructor(lab: Lab) {
		this.#lab = lab;
	}

	/** `createArgs`: what `migrate-ctl domain create NAME` is told about the guest. */
	static async start(createArgs: readonly string[]): Promise<Shuttle> {
		const lab = await Lab.start({hosts: ['host-a', 'host-b']});
		try {
			await lab.host('host-a').mustCtl(['domain', 'create', GUEST, ...createArgs]);
		} catch (error) {
			await lab[Symbol.asyncDispose]();
			throw error;
		}

		return new Shuttle(lab);
	}

	/** Moves the guest to the host where it is not. Rejects unless that completes. */
	async move(startArgs: readonly string[] = []): Promise<ShuttleFigures> {
		const [from, to] = this.#at === 0 ? (['host-a', 'host-b'] as const) : (['host-b', 'host-a'] as const);
		await new Promise(resolve => {
			setTimeout(resolve, SETTLE_MS);
		});
		const ended = await this.#lab.host(from).ctl(['start', GUEST, to, '--json', ...startArgs]);
		const figures = parseFigures(ended);
		this.#at = 1 - this.#at;
		return figures;
	}

	/** The guest's own sweep of its memory; rejects when a page is wrong. */
	async check(): Promise<void> {
		await this.#lab.host(this.#at === 0 ? 'host-a' : 'host-b').mustCtl(['domain', 'check', GUEST]);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lab[Symbol.asyncDispose]();
	}
}

/** Reads the lines of `start --json`. */
function parseFigures({status, stdout, stderr}: CtlResult): ShuttleFigures {
	const lines = stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as {readonly migration?: MigrationJson; readonly result?: ResultJson});
	const result = lines.at(-1)?.result;
	if (status !== 0 || result === undefined) throw new Error(`migrate-ctl start exited with ${status}\n${stdout.slice(-2000)}${stderr}`);
	const events = lines.map(line => line.migration).filter(event => event !== undefined);
	const beganMs = events.find(({phase}) => phase === 'precopy')?.elapsedMs ?? 0;
	const endedMs = events.find(({phase}) => phase === 'handover')?.elapsedMs ?? result.totalMs;
	return {result, transferMs: endedMs - beganMs};
}
