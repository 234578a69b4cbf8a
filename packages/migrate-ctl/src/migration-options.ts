import type {TransferOptions} from '@sterna/protocol/control';
import type {LimitsOptions} from './limits-options.ts';

/** How a migration goes: what a forecast takes as well, and a protection as far as it has one. */
export type MigrationOptions = LimitsOptions & {
	readonly channels?: number;
	readonly compression?: TransferOptions['compression'];
	readonly deltaCache?: number;
	readonly bandwidth?: number;
	readonly downtimeBudget?: number;
	readonly proof?: TransferOptions['proof'];
	readonly reconnect?: number;
};

/** As `limitsOf`: only what was asked for, the daemon's configuration has the rest. */
export function transferOf(asked: MigrationOptions): TransferOptions | undefined {
	const {channels, compression, deltaCache, bandwidth, downtimeBudget, proof, reconnect} = asked;
	const options: TransferOptions = {
		channels,
		compression: compression ?? '',
		deltaCacheBytes: deltaCache,
		bandwidthBytesPerSecond: bandwidth,
		downtimeBudgetMs: downtimeBudget,
		proof,
		reconnectMs: reconnect,
	};
	return Object.values(options).every(value => value === undefined || value === '') ? undefined : options;
}
