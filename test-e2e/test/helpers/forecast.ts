import type {ExecutionContext} from 'ava';
import type {ForecastReply} from '@sterna/protocol/control';
import type {LabHost} from '../../src/lab/lab-host.ts';
import type {ResultJson} from '../../src/migration-json.ts';
import {DOMAIN} from './scene.ts';

/** What is foretold of a migration to host-b, by a sample of one second. */
export async function forecast(host: LabHost, args: readonly string[] = [], domain = DOMAIN): Promise<ForecastReply> {
	const text = await host.mustCtl(['forecast', domain, 'host-b', '--sample', '1s', '--json', ...args]);
	return (JSON.parse(text) as {forecast: ForecastReply}).forecast;
}

/** What holds of every forecast. */
export function assertWhole(t: ExecutionContext, reply: ForecastReply): void {
	t.true(reply.totalLowMs > 0 && reply.totalLowMs <= reply.totalMs && reply.totalMs <= reply.totalHighMs);
	t.true(reply.downtimeLowMs > 0 && reply.downtimeLowMs <= reply.downtimeMs && reply.downtimeMs <= reply.downtimeHighMs);
	t.true(reply.bandwidthBytesPerSecond > 0 && reply.roundTripMs > 0 && reply.sampledMs >= 900 && reply.assumptions.length > 0);
}

/** The forecast beside what was: how good it is, benches say (`npm run bench -- forecast`). */
export function logBeside(
	t: ExecutionContext,
	reply: ForecastReply,
	{totalMs, downtimeMs}: Pick<ResultJson, 'totalMs' | 'downtimeMs'>,
): void {
	const range = (low: number, high: number): string => `${low.toFixed(1)} to ${high.toFixed(1)}`;
	t.log(`total ${totalMs.toFixed(1)} ms, foretold ${range(reply.totalLowMs, reply.totalHighMs)}`);
	t.log(`downtime ${downtimeMs?.toFixed(1) ?? '-'} ms, foretold ${range(reply.downtimeLowMs, reply.downtimeHighMs)}`);
}
