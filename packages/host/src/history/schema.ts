import type {DatabaseSync} from 'node:sqlite';

/** Of the tables below. A step is added for each further one, and none that was ever released is changed. */
export const SCHEMA_VERSION = 1;

const STEPS: readonly string[] = [
	`CREATE TABLE migrations (
		id TEXT PRIMARY KEY,
		domain TEXT NOT NULL,
		direction TEXT NOT NULL,
		peer TEXT NOT NULL,
		started_at_ms REAL NOT NULL,
		outcome TEXT NOT NULL DEFAULT '',
		runs_on TEXT NOT NULL DEFAULT '',
		total_ms REAL NOT NULL DEFAULT 0,
		downtime_ms REAL,
		iterations INTEGER NOT NULL DEFAULT 0,
		bytes_sent REAL NOT NULL DEFAULT 0,
		because TEXT NOT NULL DEFAULT '',
		error_code TEXT NOT NULL DEFAULT '',
		error_message TEXT NOT NULL DEFAULT '',
		awaits_peer INTEGER NOT NULL DEFAULT 0
	) STRICT;
	CREATE INDEX migrations_by_start ON migrations (started_at_ms);
	CREATE INDEX migrations_by_domain ON migrations (domain, started_at_ms);`,
];

/** Brings a database to the version of this software. Throws where it is of a later one, and what SQLite says of it. */
export function upgradeSchema(database: DatabaseSync): void {
	database.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT');
	const version = Number(database.prepare('SELECT max(version) AS version FROM schema_version').get()?.['version'] ?? 0);
	if (version > SCHEMA_VERSION) throw new LaterSchemaError(version);
	for (const [index, step] of STEPS.entries()) {
		if (index < version) continue;
		database.exec(`BEGIN IMMEDIATE; ${step} INSERT INTO schema_version VALUES (${index + 1}); COMMIT`);
	}
}

/** A later Sterna wrote it: it is left as it is. */
export class LaterSchemaError extends Error {
	override readonly name = 'LaterSchemaError';

	constructor(version: number) {
		super(`it has schema version ${version}, and this software knows ${SCHEMA_VERSION}`);
	}
}
