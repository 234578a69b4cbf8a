import type {Compression} from '@sterna/host';
import type {LinkFigures, LinkProbe} from './probe-link.ts';
import type {WriteScan} from './sample-writes.ts';

/** What a guest wrote while it was watched. */
export type Writes = {
	readonly scans: readonly WriteScan[];
	readonly sampledMs: number;
	/** Pages that it wrote, each counted once. */
	readonly writtenPages: number;
};

/** Everything that a forecast is made of, as it was measured. Plain data: it goes to another thread. */
export type Facts = {
	readonly kind: 'workload' | 'qemu';
	readonly sample: Writes;
	/** While the link was measured. */
	readonly besideProbe: Writes;
	readonly probe: LinkProbe;
	/** Pages that have memory, and about so many of them that are not all zeros. */
	readonly populatedPages: number;
	readonly contentPages: number;
	/** Pages of the guest's size. */
	readonly memoryPages: number;
	/** To take hold of the guest. */
	readonly openMs: number;
	/** Bytes a second; undefined = there is none. */
	readonly bandwidthLimit: number | undefined;
	readonly downtimeBudgetMs: number;
	readonly channels: number;
	readonly compression: Compression;
	readonly deltaCacheBytes: number;
	/** Disks that would be copied too. */
	readonly hasDisks: boolean;
	/** The operator's own policies that would be asked, and are not here. */
	readonly ownPolicies: readonly string[];
	/** Migrations that were under way here. */
	readonly otherMigrations: number;
};

/** Milliseconds and stream bytes of one page, by these figures. */
export function costOf({ms, pages, wireBytes}: LinkFigures): {readonly ms: number; readonly wireBytes: number} {
	return {ms: ms / Math.max(1, pages), wireBytes: wireBytes / Math.max(1, pages)};
}
