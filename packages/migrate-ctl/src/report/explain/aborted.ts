import type {RecordedFault} from '@sterna/host/record';
import {hostOf, sinceStart} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {convergenceOf, convergenceRemedies, describeConvergence} from './convergence.ts';
import type {EndingPart} from './explanation.ts';
import {againOf, undoneOf} from './remedies.ts';

/** The policy gave it up: by its deadline, as nothing came nearer, or for a reason of its own. */
export function policyPart(record: MigrationRecord, fault: RecordedFault): EndingPart {
	const decision = record.main.decisions.findLast(({action}) => action === 'abort');
	const began = convergenceOf(record).passes > 0;
	return {
		headline: `${record.domain} did not move: ${began ? 'the precopy did not converge, and the policy ended it' : 'the policy ended it before the first pass was over'}`,
		why: [
			decision === undefined
				? `The policy ended it: ${fault.message}.`
				: `The policy ended it at ${sinceStart(record, decision.atMs)}: ${decision.because}.`,
			...describeConvergence(record),
		],
		whatToDo: convergenceRemedies(record),
	};
}

/** Somebody asked for its end, on either host, or a daemon was told to stop. */
export function commandPart(record: MigrationRecord, fault: RecordedFault): EndingPart {
	const {domain} = record;
	const undone = undoneOf(record);
	const command = record.main.commands.findLast(each => each.command === 'abort');
	const when = command === undefined ? '' : ` at ${sinceStart(record, command.atMs)}`;
	const again = againOf(record, 'To move it after all:');
	switch (fault.code) {
		case 'ERR_ABORTED_BY_RECEIVER':
			return {
				headline: `${domain} ${undone}: it was aborted on ${hostOf(record, 'receiver')}`,
				why: [`${hostOf(record, 'receiver')} ended it: ${fault.message}.`, ...fault.causes.map(cause => `Beneath that: ${cause}.`)],
				whatToDo: again,
			};
		case 'ERR_DAEMON_STOPPING':
			return {
				headline: `${domain} ${undone}: the daemon on ${fault.side === 'receiver' ? hostOf(record, 'receiver') : hostOf(record, 'sender')} was stopped`,
				why: [`${fault.message}.`],
				whatToDo: againOf(record, 'Once the daemon runs again:'),
			};
		default:
			return {
				headline: `${domain} ${undone}: the operator aborted it`,
				why: [
					`An operator asked for its end${when}: ${fault.message}.`,
					...(record.main.iterations.length > 1 ? describeConvergence(record) : []),
				],
				whatToDo: again,
			};
	}
}
