import {hostError, type Compression, type Config, type Proof} from '@sterna/host';
import type {StartRequest} from '@sterna/protocol/control';

/** How one migration moves its bytes, before the receiver has had its say. */
export type TransferSettings = {
	/** Data connections. */
	readonly channels: number;
	readonly compression: Compression;
	/** Of each data connection; 0 = no page is sent as a difference. */
	readonly deltaCacheBytes: number;
	/** Over all data connections together; undefined = no limit of its own. */
	readonly bandwidthBytesPerSecond: number | undefined;
	/** For how long the last pass, with the guest paused, ignores every limit. */
	readonly downtimeBudgetMs: number;
	/** How the target's memory is proved to be the source's. */
	readonly proof: Proof;
	/** For how long a lost connection is tried to be made anew, in milliseconds; 0 = not at all. */
	readonly reconnectMs: number;
};

/**
 * The configured settings, with what this migration was asked for instead. Throws ERR_USAGE where what was asked for cannot be: Xen's
 * stream and a tee are one sequence of bytes, which a resumed migration is not, and Xen's has no records but its own.
 */
export function transferSettings(
	{data, migration}: Pick<Config, 'data' | 'migration'>,
	{stream, tee, transfer}: Pick<StartRequest, 'stream' | 'tee' | 'transfer'>,
): TransferSettings {
	const compression = transfer?.compression || undefined;
	const {channels, deltaCacheBytes} = transfer ?? {};
	const isXen = stream === 'xen';
	const isTeed = tee !== '';
	if ((isXen || isTeed) && (channels ?? 1) > 1)
		throw conflict(`${isXen ? '--stream xen' : '--tee'} takes one data connection, not ${channels}`);
	if (isXen && compression !== undefined && compression !== 'none') throw conflict(`--stream xen cannot be compressed with ${compression}`);
	if (isXen && (deltaCacheBytes ?? 0) > 0) throw conflict('--stream xen has no differences between pages');
	if (isXen && (transfer?.proof ?? 'off') !== 'off') throw conflict('--stream xen has no record that proves the memory');
	if ((isXen || isTeed) && (transfer?.reconnectMs ?? 0) > 0)
		throw conflict(`${isXen ? '--stream xen' : '--tee'} takes one sequence of bytes: it cannot go on behind a lost connection`);
	const bandwidth = transfer?.bandwidthBytesPerSecond;
	return {
		channels: isXen || isTeed ? 1 : (channels ?? data.channels),
		compression: isXen ? 'none' : (compression ?? data.compression),
		deltaCacheBytes: isXen ? 0 : (deltaCacheBytes ?? data.deltaCacheBytes),
		bandwidthBytesPerSecond: bandwidth === 0 ? undefined : bandwidth,
		downtimeBudgetMs: transfer?.downtimeBudgetMs ?? data.downtimeBudgetMs,
		proof: isXen ? 'off' : (transfer?.proof ?? migration.proof),
		reconnectMs: isXen || isTeed ? 0 : (transfer?.reconnectMs ?? migration.reconnectMs),
	};
}

function conflict(message: string): Error {
	return hostError('ERR_USAGE', message, {side: 'sender', next: 'migrate-ctl start --help'});
}
