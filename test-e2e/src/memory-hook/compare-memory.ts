/**
 * A `before-go` hook: the source is paused and complete, the target complete and paused, and nothing is decided. Hashes the whole
 * memory of both guests by plain reads of their memfds, writes what it found to a file, and vetoes the switch when they differ.
 * Reads the sender's JSON on standard input; finds the guests through the lab that it runs in.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {Worker} from 'node:worker_threads';
import type {MemoryHash} from '../hash-memory.ts';
import {LAB_DIRECTORY_VARIABLE} from '../lab/reaper.ts';
import {comparisonFile, type MemoryComparison} from './comparison.ts';

type HookInput = {readonly domain: string; readonly migrationId: string; readonly host: string; readonly peer: string};

/** The process of a guest, from its host's own record. The daemon is not asked: it waits for us, and is not to be trusted here. */
function guestPid(hostDirectory: string, domain: string): number {
	const file = path.join(hostDirectory, 'state', 'domains', domain, 'domain.json');
	const record = JSON.parse(readFileSync(file, 'utf8')) as {readonly handle: {readonly pid: number}};
	return record.handle.pid;
}

/** In a thread, as the guest stands still meanwhile: both memories are hashed at the same time. */
async function hashInThread(pid: number): Promise<MemoryHash> {
	const {promise, resolve, reject} = Promise.withResolvers<MemoryHash>();
	const worker = new Worker(new URL('hash-worker.ts', import.meta.url), {workerData: {pid}});
	worker.once('message', resolve);
	worker.once('error', reject);
	return promise;
}

const startedMs = performance.now();
const {domain, migrationId, host, peer} = JSON.parse(await text(process.stdin)) as HookInput;
const labDirectory = process.env[LAB_DIRECTORY_VARIABLE] ?? '';
const ends = {source: path.join(labDirectory, host), target: path.join(labDirectory, peer)};
const [source, target] = await Promise.all([hashInThread(guestPid(ends.source, domain)), hashInThread(guestPid(ends.target, domain))]);
const comparison: MemoryComparison = {source, target, elapsedMs: performance.now() - startedMs};
writeFileSync(comparisonFile(ends.source, migrationId), JSON.stringify(comparison));
if (source.sha256 !== target.sha256 || source.bytes !== target.bytes) {
	console.error(`memory differs: ${source.sha256} on ${host}, ${target.sha256} on ${peer}`);
	process.exitCode = 1;
}
