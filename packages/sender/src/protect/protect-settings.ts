import {formatSize, hostError, type Config} from '@sterna/host';
import type {ProtectRequest} from '@sterna/protocol/control';
import type {EpochObjectives} from '../engine/checkpoint/epoch-objectives.ts';
import type {Limits} from '../engine/policy/limits-policy.ts';
import {limitsOf} from '../migration-limits.ts';
import {transferSettings, type TransferSettings} from '../transfer-settings.ts';

/** A standby is tried to be reached for so long before it counts as lost, where `protect` was told nothing else: as long as a switch or a daemon takes to come back. */
const RECONNECT_MS = 5000;

/** How a standby is kept. */
export type ProtectSettings = {
	readonly transfer: TransferSettings;
	/** What ends the precopy ahead of the first checkpoint of each link. */
	readonly limits: Limits;
	readonly objectives: EpochObjectives;
	/** Most checkpoints that are cut and not committed. */
	readonly inFlight: number;
	/** Of each staging area, in bytes: whole pages. */
	readonly stagingBytes: number;
	readonly onStandbyLoss: 'continue' | 'pause';
	/** For how long a lost link is tried to be made anew before the standby counts as lost, in milliseconds. */
	readonly reconnectMs: number;
};

/** What was asked for, and what it means by the configuration. */
export type ProtectPlan = {readonly request: ProtectRequest; readonly settings: ProtectSettings};

/** Memory of the sender for what one protection has on its way, in bytes. */
export function stagingBytesOf({inFlight, stagingBytes}: Pick<ProtectSettings, 'inFlight' | 'stagingBytes'>): number {
	return inFlight * stagingBytes;
}

/** Throws ERR_MEMORY_INSUFFICIENT where a protection would take more staging than all together may have; `takenBytes`: by those that there are. */
export function assertStagingFits(config: Pick<Config, 'standby'>, settings: ProtectSettings, takenBytes: number): void {
	const wanted = stagingBytesOf(settings);
	const {stagingLimitBytes} = config.standby;
	if (takenBytes + wanted <= stagingLimitBytes) return;
	const message = `${formatSize(wanted)} of staging (${settings.inFlight} checkpoints of ${formatSize(settings.stagingBytes)}) beside ${formatSize(takenBytes)} of other protected guests is more than standby.staging-limit, ${formatSize(stagingLimitBytes)}`;
	throw hostError('ERR_MEMORY_INSUFFICIENT', message, {side: 'sender', next: 'migrate-ctl protect --help # see --staging'});
}

/** The configured settings, with what this protection was asked for instead. Throws ERR_USAGE for what does not go together, and as `limitsOf`. */
export function protectSettings(
	config: Pick<Config, 'data' | 'migration' | 'policy' | 'standby'>,
	{stream, tee, transfer, limits, checkpoints}: Pick<ProtectRequest, 'stream' | 'tee' | 'transfer' | 'limits' | 'checkpoints'>,
): ProtectSettings {
	const {standby} = config;
	if ((transfer?.channels ?? 1) > 1) throw usage(`a protection has one data connection, not ${transfer?.channels}`);
	const settings = transferSettings(config, {stream, tee, transfer: {compression: '', ...transfer, channels: 1, reconnectMs: undefined}});
	return {
		// The last page of an epoch is proved with its checkpoint, whatever else a migration would do.
		transfer: {...settings, proof: settings.proof === 'full' ? 'wire' : settings.proof},
		limits: limitsOf(config, limits),
		objectives: objectivesOf(standby, checkpoints),
		inFlight: inFlightOf(checkpoints?.inFlight ?? standby.inFlight),
		stagingBytes: stagingOf(checkpoints?.stagingBytes ?? standby.stagingBytes),
		onStandbyLoss: checkpoints?.onStandbyLoss || standby.onStandbyLoss,
		// A tee is one sequence of bytes.
		reconnectMs: tee === '' ? (transfer?.reconnectMs ?? RECONNECT_MS) : 0,
	};
}

/** What is asked for takes the place of all that is configured: objectives of two people would be nobody's. */
function objectivesOf(standby: Config['standby'], asked: ProtectRequest['checkpoints']): EpochObjectives {
	const {intervalMs, maxLagMs, maxAddedLatencyMs, maxSlowdownPercent} = asked ?? {};
	const isAdaptive = [maxLagMs, maxAddedLatencyMs, maxSlowdownPercent].some(objective => objective !== undefined);
	if (intervalMs !== undefined && isAdaptive) throw usage('a fixed interval does not go together with objectives');
	for (const [name, value] of Object.entries({intervalMs, maxLagMs, maxAddedLatencyMs, maxSlowdownPercent}))
		if (value !== undefined && !(value > 0 && Number.isFinite(value))) throw usage(`${name} must be above 0`);
	if (intervalMs !== undefined) return {kind: 'fixed', intervalMs};
	if (isAdaptive) return {kind: 'adaptive', maxLagMs, maxAddedLatencyMs, maxSlowdownPercent};
	if (standby.intervalMs !== undefined) return {kind: 'fixed', intervalMs: standby.intervalMs};
	const {maxLagMs: lag, maxAddedLatencyMs: latency, maxSlowdownPercent: slowdown} = standby;
	return {kind: 'adaptive', maxLagMs: lag, maxAddedLatencyMs: latency, maxSlowdownPercent: slowdown};
}

/** Most checkpoints that may be on their way: each has its staging area. */
const MAX_IN_FLIGHT = 16;
/** Of one staging area: less is not worth a checkpoint, more is no bound. */
const MIN_STAGING_BYTES = 1024 * 1024;
const MAX_STAGING_BYTES = 64 * 1024 ** 3;
const PAGE_BYTES = 4096;

function inFlightOf(inFlight: number): number {
	if (inFlight >= 1 && inFlight <= MAX_IN_FLIGHT) return inFlight;
	throw usage(`in-flight must be 1 to ${MAX_IN_FLIGHT}, not ${inFlight}`);
}

function stagingOf(bytes: number): number {
	if (bytes >= MIN_STAGING_BYTES && bytes <= MAX_STAGING_BYTES) return Math.floor(bytes / PAGE_BYTES) * PAGE_BYTES;
	throw usage(`staging must be 1 MiB to 64 GiB, not ${bytes} bytes`);
}

function usage(message: string): Error {
	return hostError('ERR_USAGE', message, {side: 'sender', next: 'migrate-ctl protect --help'});
}
