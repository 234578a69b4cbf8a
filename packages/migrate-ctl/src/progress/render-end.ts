import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import {printable} from '../render/printable.ts';
import type {Style} from '../render/style.ts';
import {describeDowntimeParts, describeEffort} from './describe.ts';

/** How a migration ended, as a person reads it; ends without a line break. */
export function renderEnd(result: MigrationResult, direction: MigrationStatus['direction'], style: Style): string {
	const good = result.outcome === 'completed';
	const lines = [`${style(good ? 'good' : 'warning', printable(sentence(result, direction)))}: ${describeEffort(result)}`];
	const parts = result.downtimeParts === undefined ? '' : describeDowntimeParts(result.downtimeParts);
	if (parts !== '') lines.push(`  ${style('label', 'downtime:')} ${parts}`);
	return lines.join('\n');
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
