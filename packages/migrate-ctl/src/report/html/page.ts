import {createHash} from 'node:crypto';
import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatCount, formatTime} from '../../render/quantity.ts';
import type {Ending, Explanation} from '../explain/explanation.ts';
import {hostOf, interruptionsOf, meanBandwidth, sentOf, sinceStart} from '../facts.ts';
import {configurationOf, errorsOf, type Fact, hostsOf} from '../particulars.ts';
import type {MigrationRecord} from '../record.ts';
import {renderDowntime} from './downtime-bar.ts';
import {html, Markup} from './markup.ts';
import {renderPlots} from './plots.ts';
import {STYLE} from './style.ts';

/** Longer lists are cut in the middle: a page stays one that a person reads, whatever was recorded. */
const MAX_ROWS = 200;

/** It loads nothing, runs nothing, and its one style sheet is the one that we wrote. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The whole report as one page of HTML that needs no other file and no network. */
export function renderPage(record: MigrationRecord, explanation: Explanation): string {
	const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="generator" content="Sterna">
<title>${explanation.headline}</title><style>${new Markup(STYLE)}</style></head><body><main>
${renderHeader(record, explanation)}
${renderFigures(record)}
<div class="cards">
${renderWhy(explanation)}
${renderWhatToDo(explanation)}
</div>
<section class="card"><h2>What happened</h2>${explanation.whatHappened.map(text => html`<p>${text}</p>`)}</section>
${renderPlots(record)}
${renderDowntime(record)}
${renderIterations(record)}
${renderErrors(record)}
${renderTimeline(record, explanation)}
<div class="cards">
<section class="card"><h2>Configuration</h2>${renderFacts(configurationOf(record))}</section>
<section class="card"><h2>Hosts</h2>${renderFacts(hostsOf(record))}</section>
</div>
<footer>Recording of migration ${record.id}; times are since its beginning, by the clock of ${hostOf(record, record.main === record.sender ? 'sender' : 'receiver')}.${
		record.unreadLines === 0 ? '' : ` ${formatCount(record.unreadLines)} lines of it could not be read.`
	}</footer>
</main></body></html>
`;
	return page.text;
}

const TONES: Readonly<Record<Ending, string>> = {
	completed: 'good',
	aborted: 'warning',
	failed: 'bad',
	undecided: 'bad',
	'under-way': 'warning',
	'no-end': 'bad',
};

function renderHeader(record: MigrationRecord, {ending, headline, error}: Explanation): Markup {
	return html`<header><span class="badge ${TONES[ending]}">${ending === 'no-end' ? 'no end recorded' : ending}</span>${error === undefined ? undefined : html` <code>${error.code}</code>`}
<h1>${headline}</h1><p class="soft">${formatTime(record.startedAtMs)}</p></header>`;
}

function renderFigures(record: MigrationRecord): Markup {
	const {main, startedAtMs, endedAtMs} = record;
	const {pagesSent, bytesSent} = sentOf(main);
	const downtimeMs = main.end?.downtimeMs ?? main.downtime?.totalMs;
	const mean = meanBandwidth(main);
	const lost = interruptionsOf(main).length;
	const runsOn = record.sender?.end?.runsOn ?? main.end?.runsOn;
	const figures: (readonly [string, string | undefined])[] = [
		['total time', formatDuration(main.end?.totalMs ?? endedAtMs - startedAtMs)],
		['downtime', downtimeMs === undefined ? undefined : formatDuration(downtimeMs)],
		['passes', String(main.end?.iterations ?? main.iterations.length)],
		['sent', formatSize(bytesSent)],
		['pages', formatCount(pagesSent)],
		['mean bandwidth', mean === undefined ? undefined : formatRate(mean)],
		['interruptions', lost === 0 ? undefined : String(lost)],
		['the guest runs', runsOn === undefined || runsOn === '?' ? 'not known' : runsOn === null ? 'nowhere' : `on ${runsOn}`],
	];
	return html`<dl class="figures">${figures.map(([name, value]) => (value === undefined ? undefined : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`;
}

function renderWhy({why, whereTheGuestIs}: Explanation): Markup {
	return html`<section class="card"><h2>Why</h2>${why.map(text => html`<p>${text}</p>`)}<p><strong>${whereTheGuestIs}</strong></p></section>`;
}

function renderWhatToDo({whatToDo}: Explanation): Markup | undefined {
	if (whatToDo.length === 0) return undefined;
	return html`<section class="card"><h2>What to do</h2>${whatToDo.map(({text, command}) => html`<p>${text}</p>${command === undefined ? undefined : html`<pre>${command}</pre>`}`)}</section>`;
}

function renderIterations({main}: MigrationRecord): Markup | undefined {
	if (main.iterations.length === 0) return undefined;
	const rate = (value: number | undefined): string => (value === undefined ? '' : formatRate(value));
	return html`<section class="card"><h2>Passes over memory</h2><div class="scroll"><table><thead><tr><th scope="col">pass</th><th scope="col" class="number">due</th><th scope="col" class="number">pages due</th><th scope="col" class="number">sent</th><th scope="col" class="number">took</th><th scope="col" class="number">bandwidth</th><th scope="col" class="number">the guest wrote</th></tr></thead><tbody>
${cut(main.iterations).map(row =>
	row === undefined
		? html`<tr><td colspan="7">…</td></tr>`
		: html`<tr><th scope="row">${row.iteration}</th><td class="number">${formatSize(row.dirtyPages * PAGE_SIZE_BYTES)}</td><td class="number">${formatCount(row.dirtyPages)}</td><td class="number">${formatSize(row.writtenPages * PAGE_SIZE_BYTES)}</td><td class="number">${formatDuration(row.durationMs)}</td><td class="number">${rate(row.bandwidthBytesPerSecond)}</td><td class="number">${rate(row.dirtyBytesPerSecond)}</td></tr>`,
)}</tbody></table></div></section>`;
}

function renderErrors(record: MigrationRecord): Markup | undefined {
	const errors = errorsOf(record);
	if (errors.length === 0) return undefined;
	return html`<section class="card"><h2>Errors of both ends</h2>${cut(errors).map(entry =>
		entry === undefined
			? html`<p>…</p>`
			: html`<div class="error-text"><p><code>${entry.error.code}</code> in ${entry.error.phase}, ${sinceStart(record, entry.atMs)}, recorded by ${hostOf(record, entry.side)}</p><p>${entry.error.message}</p>${entry.error.causes.map(cause => html`<p class="soft">cause: ${cause}</p>`)}</div>`,
	)}</section>`;
}

function renderTimeline(record: MigrationRecord, {evidence}: Explanation): Markup {
	return html`<section class="card"><h2>Timeline</h2><table><thead><tr><th scope="col">when</th><th scope="col">host</th><th scope="col">what</th></tr></thead><tbody>
${cut(evidence).map(row =>
	row === undefined
		? html`<tr><td colspan="3">… ${formatCount(evidence.length - MAX_ROWS)} more</td></tr>`
		: html`<tr><th scope="row" class="when">${sinceStart(record, row.atMs)}</th><td class="who">${hostOf(record, row.side)}</td><td>${row.text}</td></tr>`,
)}</tbody></table></section>`;
}

function renderFacts(facts: readonly Fact[]): Markup {
	return html`<table><tbody>${facts.map(([name, value]) => html`<tr><th scope="row" class="who">${name}</th><td>${value}</td></tr>`)}</tbody></table>`;
}

/** At most `MAX_ROWS`: the first and the last ones, with undefined where some were left out. */
function cut<Row>(rows: readonly Row[]): readonly (Row | undefined)[] {
	return rows.length <= MAX_ROWS ? rows : [...rows.slice(0, MAX_ROWS / 2), undefined, ...rows.slice(-MAX_ROWS / 2)];
}
