import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {Directories} from '../../src/directories.ts';
import {type DomainRecord} from '../../src/domain-record.ts';

/** A fresh directory that is gone after the test. */
export function temporaryDirectory(t: ExecutionContext): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-host-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** Directories of a host of its own, made. */
export function hostDirectories(t: ExecutionContext): Directories {
	const directory = temporaryDirectory(t);
	const directories = new Directories({state: path.join(directory, 'state'), run: path.join(directory, 'run')}, 'sender');
	directories.create();
	return directories;
}

export function domainRecord(name: string, overrides: Partial<DomainRecord> & {readonly memoryBytes?: number} = {}): DomainRecord {
	const {memoryBytes = 16 * 1024 * 1024, ...rest} = overrides;
	return {
		version: 1,
		definition: {
			kind: 'image',
			name,
			uuid: '11111111-2222-4333-8444-555555555555',
			memoryBytes,
			pfnLimit: memoryBytes / 4096,
			guestType: 'hvm',
		},
		handle: {kind: 'files', directory: `/nowhere/${name}`},
		state: 'image',
		incarnation: 0,
		createdAt: '2026-01-02T03:04:05.678Z',
		...rest,
	};
}
