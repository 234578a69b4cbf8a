import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import {printable} from '../render/printable.ts';
import type {Role, Style} from '../render/style.ts';
import {wrapped} from '../render/wrap.ts';
import {describeDowntimeParts, describeEffort} from './describe.ts';

/** How a migration ended, as a person reads it, in lines of at most `columns`; ends without a line break. */
export function renderEnd(result: MigrationResult, direction: MigrationStatus['direction'], style: Style, columns = Infinity): string {
	const role = result.outcome === 'completed' ? 'good' : 'warning';
	const effort = entry({role, text: printable(sentence(result, direction))}, describeEffort(result), style, columns);
	const parts = result.downtimeParts === undefined ? '' : describeDowntimeParts(result.downtimeParts);
	if (parts === '') return effort.join('\n');
	const indented = entry({role: 'label', text: 'downtime'}, parts, style, columns - 2).map(line => `  ${line}`);
	return [...effort, ...indented].join('\n');
}

/** `head: text`, the head in its role, lines that follow indented. */
function entry(head: {readonly role: Role; readonly text: string}, text: string, style: Style, columns: number): string[] {
	const [first = '', ...more] = wrapped(`${head.text}: ${text}`, Math.max(20, columns - 2));
	const isWhole = first.startsWith(`${head.text}:`);
	return [isWhole ? `${style(head.role, head.text)}${first.slice(head.text.length)}` : first, ...more.map(line => `  ${line}`)];
}

function sentence({domain, outcome, runsOn}: MigrationResult, direction: MigrationStatus['direction']): string {
	switch (outcome) {
		case 'completed':
			if (direction === 'save')
				return runsOn === '' ? `${domain} is saved and runs nowhere` : `${domain} is saved and still runs on ${runsOn}`;
			return direction === 'restore' ? `${domain} is restored on ${runsOn}` : `${domain} is on ${runsOn}`;
		case 'aborted':
		case 'failed':
			if (runsOn === '?') return `${domain}: ${outcome}, and it is not known where it runs`;
			return runsOn === '' ? `${domain}: ${outcome}; it runs nowhere` : `${domain}: ${outcome}; it runs on ${runsOn}`;
		case 'undecided':
			return `${domain}: undecided which host runs it`;
	}
}
