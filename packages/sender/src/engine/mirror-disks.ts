import type {OpenDisk, SourceDomain} from '@sterna/domain';
import {orAborted, type TaskGroup} from '@sterna/host';
import type {Migration} from '../migration.ts';

export type MirrorDisksDependencies = {
	readonly domain: Pick<SourceDomain, 'disks'>;
	readonly migration: Pick<Migration, 'enter' | 'disksMirrored'>;
	readonly openDisk: OpenDisk;
};

/**
 * Copies the disks that the target has files of its own for, and resolves when they are equal and kept so, until disposal; undefined where there are none.
 * What goes wrong with one ends the link: the disks go anew over the next.
 */
export async function mirrorDisks(
	{domain: {disks}, migration, openDisk}: MirrorDisksDependencies,
	group: TaskGroup,
	signal: AbortSignal,
): Promise<AsyncDisposable | undefined> {
	if (disks === undefined) return undefined;
	await using stack = new AsyncDisposableStack();
	const count = disks.nodes.length;
	migration.enter('precopy', `the ${count === 1 ? 'disk goes' : `${count} disks go`} first`);
	const mirrors = stack.use(await disks.startMirrors(openDisk, signal));
	const over = Promise.withResolvers<void>();
	stack.defer(() => over.resolve());
	group.run('disks', async () => Promise.race([mirrors.failed, over.promise]));
	migration.disksMirrored(() => mirrors.progress);
	await orAborted(mirrors.ready, signal);
	migration.enter('precopy');
	return stack.move();
}
