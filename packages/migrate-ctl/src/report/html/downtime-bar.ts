import {formatDuration} from '@sterna/host/units';
import {downtimeParts} from '../downtime.ts';
import {percent} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {html, type Markup} from './markup.ts';

const WIDTH = 960;
const COLOURS = 8;

/** What the downtime was made of: one bar, and the same as a table; nothing where it is not known. */
export function renderDowntime({main}: MigrationRecord): Markup | undefined {
	const parts = downtimeParts(main.downtime);
	const sumMs = parts.reduce((sum, {ms}) => sum + ms, 0);
	if (main.downtime === undefined || sumMs <= 0) return undefined;
	let left = 0;
	const segments = parts.map(({name, ms}, index) => {
		const width = (ms / sumMs) * WIDTH;
		const label = width > name.length * 7 + 12 ? html`<text class="on-bar" x="${left + 8}" y="23">${name}</text>` : undefined;
		const segment = html`<g><title>${name}: ${formatDuration(ms)}</title><rect class="part d${(index % COLOURS) + 1}" x="${left}" y="0" width="${Math.max(0.5, width - 1)}" height="36" rx="2"/>${label}</g>`;
		left += width;
		return segment;
	});
	return html`<section class="card"><h2>Downtime: ${formatDuration(main.downtime.totalMs)}</h2>
<svg class="bar" viewBox="0 0 ${WIDTH} 36" role="img" aria-labelledby="downtime-title downtime-desc"><title id="downtime-title">What the downtime was made of</title>
<desc id="downtime-desc">${parts.map(({name, ms}) => `${name} ${formatDuration(ms)}`).join(', ')}</desc>${segments}</svg>
<table class="parts"><caption>Parts of the downtime, in the order in which they came</caption><thead><tr><th scope="col">part</th><th scope="col" class="number">time</th><th scope="col" class="number">share</th></tr></thead><tbody>
${parts.map(
	({name, ms}, index) =>
		html`<tr><th scope="row"><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="d${(index % COLOURS) + 1}" width="10" height="10" rx="2"/></svg> ${name}</th><td class="number">${formatDuration(ms)}</td><td class="number">${percent(ms / sumMs)}</td></tr>`,
)}</tbody></table></section>`;
}
