import type {Finding} from '@sterna/protocol/control';
import {printable} from './printable.ts';
import type {Role, Style} from './style.ts';

const ROLES: Readonly<Record<Finding['state'], Role>> = {fault: 'bad', warning: 'warning', ok: 'good'};
const WORST_FIRST: readonly Finding['state'][] = ['fault', 'warning', 'ok'];
const LABEL_COLUMNS = 'warning'.length;

/** How many findings are of a state. */
export function countOf(findings: readonly Finding[], state: Finding['state']): number {
	return findings.filter(finding => finding.state === state).length;
}

/** Findings as a person reads them: by host, the worst first, each with its fix; what is well is counted, unless `verbose`. Ends without a line break. */
export function renderFindings(findings: readonly Finding[], {verbose}: {readonly verbose: boolean}, style: Style): string {
	const groups = [...Map.groupBy(findings, ({host}) => host)].map(([host, ofHost]) =>
		[style('title', printable(host)), ...renderGroup(ofHost, verbose, style)].join('\n'),
	);
	return [...groups, summary(findings, style)].join('\n\n');
}

function renderGroup(findings: readonly Finding[], verbose: boolean, style: Style): string[] {
	// What both daemons of a host find alike is one line.
	const alike = [...Map.groupBy(findings, ({check, state, detail, fix}) => JSON.stringify([check, state, detail, fix])).values()];
	const shown = WORST_FIRST.filter(state => state !== 'ok' || verbose).flatMap(state => alike.filter(([first]) => first?.state === state));
	const hidden = alike.length - shown.length;
	return [
		...shown.map(finding => renderAlike(finding, style)),
		...(hidden === 0 ? [] : [`  ${style('good', 'ok'.padEnd(LABEL_COLUMNS))}  ${hidden} ${hidden === 1 ? 'check' : 'checks'}`]),
	];
}

function renderAlike(findings: readonly Finding[], style: Style): string {
	const [first] = findings;
	if (first === undefined) return '';
	const {check, state, detail, fix} = first;
	const sides = [...new Set(findings.map(({side}) => side))].join(', ');
	const what = `  ${style(ROLES[state], state.padEnd(LABEL_COLUMNS))}  ${style('title', printable(check))} (${sides}): ${printable(detail)}`;
	return fix === '' ? what : `${what}\n${' '.repeat(LABEL_COLUMNS + 4)}${style('label', 'fix:')} ${printable(fix)}`;
}

function summary(findings: readonly Finding[], style: Style): string {
	const faults = countOf(findings, 'fault');
	const warnings = countOf(findings, 'warning');
	if (faults > 0) return `${style('bad', plural(faults, 'fault'))}, ${plural(warnings, 'warning')}`;
	return `${style('good', 'no fault')}, ${plural(warnings, 'warning')}`;
}

function plural(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
