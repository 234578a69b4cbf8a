import {driverFor} from '@sterna/domain';
import type {DomainRecord, MigrationOutcome} from '../domain-record.ts';
import type {DomainRegistry} from '../domain-registry.ts';
import type {OutcomeStore} from '../outcome-store.ts';

/** Where a guest went, and by which migration. */
export type Handover = {readonly host: string; readonly migrationId: string; readonly incarnation: number};

/** A guest's time on this host: from when it was made here, or arrived, until it leaves or ends. */
export type Stay = {
	readonly domain: string;
	readonly uuid: string;
	/** It leaves with a later one. */
	readonly incarnation: number;
	/** Where in the domain's output on this host its part begins, in bytes. */
	readonly outputFrom: number;
};

/** What is known of a stay now. `outputTo`: where in the output its part ends. */
export type Whereabouts =
	| {readonly kind: 'here'}
	/** Handed over to a host that has not answered yet. */
	| {readonly kind: 'undecided'}
	| {readonly kind: 'left'; readonly to: Handover; readonly outputTo: number}
	/** It ended, or was destroyed. */
	| {readonly kind: 'gone'};

/** Departures that are looked through for the one that ended a stay: a daemon that asks has watched the stay. */
const LOOK_BACK = 256;

export type StayDependencies = {readonly registry: DomainRegistry; readonly outcomes: OutcomeStore};

/** The stay of a guest that is here now. `outputFrom`: as the caller wants to read it. */
export function currentStay({definition, incarnation, migration}: DomainRecord, outputFrom: number): Stay {
	// The attempt under way may be the one that ends it.
	const isLeaving = migration?.role === 'source';
	return {domain: definition.name, uuid: definition.uuid, incarnation: isLeaving ? incarnation - 1 : incarnation, outputFrom};
}

/** The stay that began with an arrival; undefined where no guest arrived by it, or it is not known any more. */
export async function arrivedStay(
	{outcomes}: Pick<StayDependencies, 'outcomes'>,
	{migrationId, incarnation}: Pick<Handover, 'migrationId' | 'incarnation'>,
): Promise<{readonly stay: Stay; readonly from: string} | undefined> {
	const outcome = await outcomes.get(migrationId);
	if (outcome?.role !== 'target' || outcome.step !== 'running' || outcome.incarnation !== incarnation) return undefined;
	const {domain, uuid, outputBytes, peer} = outcome;
	if (uuid === undefined || outputBytes === undefined) return undefined;
	return {stay: {domain, uuid, incarnation, outputFrom: outputBytes}, from: peer};
}

/** Tells whether a stay goes on, by this host's records: of either daemon, and over their restarts. */
export class StayWatch {
	readonly #dependencies: StayDependencies;
	readonly #stay: Stay;
	/** Up to this incarnation no attempt ended the stay. */
	#seen: number;

	constructor(dependencies: StayDependencies, stay: Stay) {
		this.#dependencies = dependencies;
		this.#stay = stay;
		this.#seen = stay.incarnation;
	}

	/** Rejects ERR_FILE for records that cannot be read. */
	async look(): Promise<Whereabouts> {
		const {registry, outcomes} = this.#dependencies;
		const {domain, uuid} = this.#stay;
		const found = await registry.get(domain);
		const record = found?.definition.uuid === uuid ? found : undefined;
		const migration = record?.migration;
		if (migration?.role === 'source' && migration.incarnation === this.#seen + 1) {
			if (migration.step === 'undecided') return {kind: 'undecided'};
			const outcome = migration.step === 'handed-over' ? await outcomes.get(migration.id) : undefined;
			return outcome?.step === 'handed-over' ? leftBy(outcome) : {kind: 'here'};
		}

		if (record !== undefined && record.incarnation <= this.#seen) return presence(record);
		// It left, and may be back already; or an attempt failed.
		const departure = await this.#departure();
		if (departure !== undefined) return leftBy(departure);
		if (record === undefined) return {kind: 'gone'};
		this.#seen = migration === undefined ? record.incarnation : record.incarnation - 1;
		return presence(record);
	}

	async #departure(): Promise<MigrationOutcome | undefined> {
		const {uuid, incarnation} = this.#stay;
		const latest = await this.#dependencies.outcomes.latest(LOOK_BACK);
		return latest
			.filter(each => each.role === 'source' && each.step === 'handed-over' && each.uuid === uuid && each.incarnation > incarnation)
			.toSorted((a, b) => a.incarnation - b.incarnation)[0];
	}
}

function leftBy({peer, id, incarnation, outputBytes = 0}: MigrationOutcome): Whereabouts {
	return {kind: 'left', to: {host: peer, migrationId: id, incarnation}, outputTo: outputBytes};
}

function presence({definition, handle, migration}: DomainRecord): Whereabouts {
	// On its way in or out it has no process, or one that is being ended.
	return migration !== undefined || driverFor(definition.kind).isAlive(handle) ? {kind: 'here'} : {kind: 'gone'};
}
