import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import type {ForecastReply} from '@sterna/protocol/control';
import {printable} from './printable.ts';
import type {Role, Style} from './style.ts';
import {TEXT_WIDTH, wrap} from './wrap.ts';

const VERDICTS: Readonly<Record<ForecastReply['convergence'], readonly [words: string, role: Role]>> = {
	converges: ['converges', 'good'],
	'may-converge': ['may converge', 'warning'],
	'will-not-converge': ['will not converge', 'bad'],
};

/** A forecast as text: the verdict, the ranges, what was measured, what would help, what is assumed. No line break at the end. */
export function renderForecast(reply: ForecastReply, style: Style): string {
	const {domain, host, convergence, likelihood, binding, because, remedies, assumptions} = reply;
	const [words, role] = VERDICTS[convergence];
	const line = (label: string, text: string): string => `${style('label', label.padEnd(10))} ${text}`;
	const paragraph = (label: string, text: string): string => wrap(printable(text), {first: `${label.padEnd(10)} `, width: TEXT_WIDTH});
	return [
		`${style('title', printable(`${domain} to ${host}`))}: ${style(role, words)}, likelihood ${Math.round(likelihood * 100)} %`,
		line('total', range(reply.totalLowMs, reply.totalMs, reply.totalHighMs)),
		line('downtime', range(reply.downtimeLowMs, reply.downtimeMs, reply.downtimeHighMs)),
		line(
			'memory',
			`${formatSize(reply.memoryBytes)}; ${formatSize(reply.workingSetBytes)} of it written in ${formatDuration(reply.sampledMs)}`,
		),
		line('link', `${formatRate(reply.bandwidthBytesPerSecond)}, round trip ${formatDuration(reply.roundTripMs)}`),
		line('held by', binding),
		paragraph('because', because),
		...remedies.map((remedy, index) => paragraph(index === 0 ? 'try' : '', remedy)),
		...assumptions.map((assumption, index) => paragraph(index === 0 ? 'assuming' : '', assumption)),
	].join('\n');
}

function range(low: number, middle: number, high: number): string {
	return `${formatDuration(low)} to ${formatDuration(high)}, most likely ${formatDuration(middle)}`;
}
