import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {MemoryHash} from '../hash-memory.ts';
import type {HostSettings} from '../lab/host-files.ts';

/** What the hook leaves behind for each migration: both memories at the moment of the handover. */
export type MemoryComparison = {readonly source: MemoryHash; readonly target: MemoryHash; readonly elapsedMs: number};

/** Settings by which a host's sender compares both memories before it says `go`, and keeps the guest when they differ. */
export const MEMORY_HOOK_SETTINGS: HostSettings = {
	hooks: {'before-go': [process.execPath, path.join(import.meta.dirname, 'compare-memory.ts')], timeout: '60s'},
};

/** Where the comparison of a migration is written to: beside the source's configuration. */
export function comparisonFile(hostDirectory: string, migrationId: string): string {
	return path.join(hostDirectory, `memory-${migrationId}.json`);
}

/** The comparison of a migration away from the host with this directory. Throws when the hook did not run. */
export function readComparison(hostDirectory: string, migrationId: string): MemoryComparison {
	return JSON.parse(readFileSync(comparisonFile(hostDirectory, migrationId), 'utf8')) as MemoryComparison;
}
