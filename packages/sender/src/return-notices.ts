import {setTimeout as sleep} from 'node:timers/promises';
import {type MigrationOutcome, operationError, type OutcomeStore} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';

const FIRST_RETRY_MS = 250;
/** A receiver that is away for days is not asked more often. */
const LAST_RETRY_MS = 60_000;

export type ReturnNoticesDependencies = {
	readonly outcomes: OutcomeStore;
	/** This host's name. */
	readonly host: string;
	/** Says to a host that a guest stays here. Resolves with whether it was heard, and never rejects. */
	readonly tell: (peer: string, migrationId: string, reason: OperationError, signal: AbortSignal) => Promise<boolean>;
	readonly stopping: AbortSignal;
	/** Where a failure is reported. */
	readonly warn: (message: string, error: unknown) => void;
};

/**
 * Receivers that have yet to hear that a guest stays at its source: a `ready` one holds its memory until it does. They are told in the background, again and
 * again; what is owed is in the outcomes, so that a restarted daemon goes on with it.
 */
export class ReturnNotices {
	readonly #dependencies: ReturnNoticesDependencies;
	/** By receiver; one that is here is being told. */
	readonly #owed = new Map<string, Map<string, MigrationOutcome>>();

	constructor(dependencies: ReturnNoticesDependencies) {
		this.#dependencies = dependencies;
	}

	/** Goes on with what an earlier daemon owed. Rejects ERR_FILE where the outcomes cannot be read. */
	async takeUp(): Promise<void> {
		for (const outcome of await this.#dependencies.outcomes.latest(Infinity)) {
			if (outcome.role === 'source' && outcome.receiverKnows === false) this.owe(outcome);
		}
	}

	/** Begins to tell the receiver of a migration whose guest stayed here. Returns at once. */
	owe(outcome: MigrationOutcome): void {
		const {peer, id} = outcome;
		const owed = this.#owed.get(peer);
		if (owed !== undefined) {
			owed.set(id, outcome);
			return;
		}

		this.#owed.set(peer, new Map([[id, outcome]]));
		void this.#tellAll(peer);
	}

	/** Migrations whose receiver has yet to hear. */
	get owed(): readonly string[] {
		return [...this.#owed.values()].flatMap(ofPeer => Array.from(ofPeer.keys()));
	}

	async #tellAll(peer: string): Promise<void> {
		const {stopping, host, tell} = this.#dependencies;
		for (let retryMs = FIRST_RETRY_MS; !stopping.aborted; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
			const [outcome] = this.#owed.get(peer)?.values() ?? [];
			if (outcome === undefined) break;
			const context = {side: 'sender', phase: 'handover', runsOn: {kind: 'host', host}, domain: outcome.domain, peer} as const;
			const reason = operationError(
				'ERR_CONNECTION_LOST',
				`the source kept ${outcome.domain}: the migration did not come to its end`,
				context,
			);
			if (await tell(peer, outcome.id, reason, stopping)) {
				await this.#told(outcome);
				retryMs = FIRST_RETRY_MS;
			} else await sleep(retryMs, undefined, {signal: stopping}).catch(() => undefined); // The loop's condition ends it.
		}

		this.#owed.delete(peer);
	}

	async #told(outcome: MigrationOutcome): Promise<void> {
		this.#owed.get(outcome.peer)?.delete(outcome.id);
		// Said once more after a restart where it could not be written: harmless.
		await this.#dependencies.outcomes.put({...outcome, receiverKnows: true}, 'source.outcome-told').catch((error: unknown) => {
			this.#dependencies.warn('it could not be written that a receiver was told', error);
		});
	}
}
