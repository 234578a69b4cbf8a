import {Option} from 'commander';
import {OperationError} from '@sterna/protocol';
import type {ForecastReply, ForecastRequest} from '@sterna/protocol/control';
import {type Cli, printJson} from './cli.ts';
import type {Daemon} from './daemon.ts';
import {renderForecast} from './render/forecast.ts';
import {styleOf} from './render/style.ts';

/** What `start --forecast` does where the migration will not converge. */
export type OnForecast = 'warn' | 'refuse';

/** `start --forecast`. */
export function forecastOption(): Option {
	return new Option('--forecast [action]', 'ahead of it a forecast: warn prints it, refuse ends where it will not converge')
		.choices(['warn', 'refuse'] satisfies OnForecast[])
		.preset('warn');
}

/**
 * The forecast ahead of a migration, shown on stderr, or as a JSON line. Throws ERR_WILL_NOT_CONVERGE, with nothing touched, where it will not
 * converge and that is to be refused.
 */
export async function forecastAhead(
	cli: Cli,
	daemon: Daemon,
	{request, action, json}: {readonly request: ForecastRequest; readonly action: OnForecast; readonly json: boolean},
): Promise<void> {
	const reply = await daemon.forecast(request);
	if (json) printJson(cli, {forecast: reply});
	else cli.io.stderr.write(`${renderForecast(reply, styleOf(cli.io.stderr))}\n`);
	if (action === 'refuse' && reply.convergence === 'will-not-converge') throw willNotConverge(reply, daemon.host);
}

function willNotConverge({domain, host, likelihood, because, remedies}: ForecastReply, here: string): OperationError {
	const flags = remedies.find(remedy => remedy.startsWith('--'));
	return new OperationError({
		code: 'ERR_WILL_NOT_CONVERGE',
		message: `${domain} will not converge on its way to ${host}, likelihood ${Math.round(likelihood * 100)} %: ${because}`,
		side: 'migrate-ctl',
		phase: 'request',
		runsOn: {kind: 'host', host: here},
		next: flags === undefined ? `migrate-ctl forecast ${domain} ${host}` : `migrate-ctl start ${domain} ${host} ${flags.split(',')[0]}`,
		causes: [],
	});
}
