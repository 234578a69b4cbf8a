import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import type {LabHost} from './lab/lab-host.ts';
import type {ResultJson} from './migration-json.ts';
import {inspectStream, lastCheckpointOf, type StreamContent} from './stream-content.ts';

/** What lies beside the checkout: streams that a real Xen wrote, and its verifier. */
export const SHARED_DIRECTORY = path.join(import.meta.dirname, '../../../shared');

/** Streams that a real Xen wrote, smallest first; the Remus capture breaks off behind its fifth checkpoint. Their README says how they were made. */
export const GOLDENS = ['pv-save-c.xl', 'pvh-remus.stream', 'hvm-save-c.xl'] as const;
/** The name of one of them. */
export type GoldenName = (typeof GOLDENS)[number];

/** Unpacks a golden stream into `directory` and returns its path. */
export async function unpackGolden(name: GoldenName, directory: string): Promise<string> {
	const file = path.join(directory, name);
	const child = spawn('xz', ['-dc', path.join(SHARED_DIRECTORY, 'golden/xen', `${name}.xz`)], {stdio: ['ignore', 'pipe', 'inherit']});
	const closed = once(child, 'close');
	await pipeline(child.stdout, createWriteStream(file));
	const [code] = (await closed) as [number | null];
	if (code !== 0) throw new Error(`xz could not unpack ${name}: exit status ${code}`);
	return file;
}

/** A golden that went through two hosts: what must be in the file that it was saved to in the end, and what is. */
export type MovedGolden = {
	readonly file: string;
	readonly downtimeMs: number | null;
	readonly expected: Pick<StreamContent, 'records' | 'memory'>;
	readonly found: StreamContent;
};

/**
 * Restores a golden as an image on one host, sends it to the other, and saves it there. The image is gone then; the file stays.
 * Rejects when a step fails.
 */
export async function moveGolden(name: GoldenName, from: LabHost, to: LabHost): Promise<MovedGolden> {
	const golden = await unpackGolden(name, from.directory);
	const image = 'xen-image';
	await from.mustCtl(['restore', golden, '--name', image]);
	await mustBeImage(from, image);
	const output = await from.mustCtl(['start', image, to.name, '--json']);
	const {result} = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as {readonly result: ResultJson};
	await mustBeImage(to, image);
	const file = path.join(to.directory, `moved-${name}`);
	await to.mustCtl(['save', image, file]);
	return {
		file,
		downtimeMs: result.downtimeMs,
		expected: lastCheckpointOf(await inspectStream(from, golden)),
		found: await inspectStream(to, file),
	};
}

async function mustBeImage(host: LabHost, domain: string): Promise<void> {
	const {state} = await host.showDomain(domain);
	if (state !== 'image') throw new Error(`${domain} is ${state} on ${host.name}, not an image`);
}
