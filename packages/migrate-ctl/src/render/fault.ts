import type {OperationFault, RunsOn} from '@sterna/protocol';
import {printable} from './printable.ts';
import type {Style} from './style.ts';

/** An error as a person reads it: one block, a fact a line, the next command last; ends without a line break. */
export function renderFault(fault: OperationFault, style: Style): string {
	const lines = [`${style('bad', 'error')} ${style('title', fault.code)}: ${printable(fault.message)}`];
	const fact = (label: string, text: string): number => lines.push(`  ${style('label', `${label}:`)} ${printable(text)}`);

	fact('phase', fault.phase);
	fact('side', fault.side);
	lines.push(`  ${printable(whereTheGuestRuns(fault))}`);
	for (const cause of fault.causes) fact('cause', cause);
	fact('next', fault.next ?? 'nothing to type; what to do depends on the message');
	return lines.join('\n');
}

function whereTheGuestRuns({runsOn, phase}: OperationFault): string {
	switch (runsOn.kind) {
		case 'host':
			return `the guest runs on ${runsOn.host}`;
		case 'nowhere':
			return 'the guest runs nowhere';
		case 'unknown':
			// A request that was refused has moved nothing, whatever is not known about the guest.
			return phase === 'request' ? 'the guest runs where it did: nothing was changed' : 'where the guest runs is not known yet';
	}
}

/** Where a guest runs, as JSON says it: a host's name, null for nowhere, `?` for not known (no host can be called so). */
export function runsOnJson(runsOn: RunsOn): string | null {
	switch (runsOn.kind) {
		case 'host':
			return runsOn.host;
		case 'nowhere':
			return null;
		case 'unknown':
			return '?';
	}
}

/** An error as `--json` prints it. */
export type FaultJson = Omit<OperationFault, 'runsOn' | 'next'> & {readonly runsOn: string | null; readonly next: string | null};

export function faultJson({code, message, side, phase, runsOn, next, causes}: OperationFault): FaultJson {
	return {code, message, side, phase, runsOn: runsOnJson(runsOn), next: next ?? null, causes};
}
