import {closeSync, existsSync, fsyncSync, openSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {DomainError} from '../../domain-error.ts';
import type {GuestHandle, GuestPlace} from '../../driver.ts';

/** Where an image is kept. The manifest comes last: an image that has one is whole. */
export type ImageFiles = {
	readonly directory: string;
	/** Sparse; offset = pfn × 4096. */
	readonly memory: string;
	/** One byte a pfn: its type nibble, 0xff where the stream never named it. Ends after the highest pfn named. */
	readonly pageTypes: string;
	/** Bodies of all records, back to back. */
	readonly records: string;
	/** JSON; see `ImageManifest`. */
	readonly manifest: string;
};

export type ImageHandle = Extract<GuestHandle, {kind: 'files'}>;

export function imageFilesIn(directory: string): ImageFiles {
	return {
		directory,
		memory: join(directory, 'memory'),
		pageTypes: join(directory, 'page-types'),
		records: join(directory, 'records'),
		manifest: join(directory, 'manifest.json'),
	};
}

export function imageDirectoryOf({domainDir}: GuestPlace): string {
	return join(domainDir, 'image');
}

/** The handle of an image; throws ERR_DOMAIN_STATE for another kind. */
export function imageHandle(handle: GuestHandle): ImageHandle {
	if (handle.kind !== 'files') throw new DomainError('ERR_DOMAIN_STATE', 'an image is kept in files, this handle is that of a process');
	return handle;
}

/** Whether there is a whole image. */
export function isWhole(files: ImageFiles): boolean {
	return existsSync(files.manifest);
}

/** Removes an image, the manifest first: what is left if we are killed meanwhile is no image. Idempotent. */
export function removeImage(files: ImageFiles): void {
	rmSync(files.manifest, {force: true});
	rmSync(files.directory, {recursive: true, force: true});
}

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
	const fd = openSync(directory, 'r');
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
