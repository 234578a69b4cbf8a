import {Option} from 'commander';
import type {PolicyLimits} from '@sterna/protocol/control';
import type {Command} from './command.ts';
import {optionOf} from './completion/word-kind.ts';
import {countArgument, durationArgument, positiveCountArgument} from './arguments.ts';

/** What ends a precopy, where it is not as configured. */
export type LimitsOptions = {
	readonly maxIterations?: number;
	readonly dirtyThreshold?: number;
	readonly maxDowntime?: number;
	readonly deadline?: number;
	readonly onDeadline?: PolicyLimits['onDeadline'];
	readonly onStall?: PolicyLimits['onStall'];
	readonly policy?: string;
};

export function addLimitsOptions(command: Command): Command {
	return command
		.option('--max-iterations <n>', 'passes over the memory before the last one', positiveCountArgument)
		.option('--dirty-threshold <pages>', 'pause the guest once fewer pages are dirty', countArgument)
		.option('--max-downtime <duration>', 'pause the guest once this is the expected downtime, like 50ms', durationArgument)
		.option('--deadline <duration>', 'the precopy lasts no longer, whatever is dirty, like 2m', durationArgument)
		.addOption(
			// Refused by the daemon, which says why; that it is a choice elsewhere is said here.
			new Option('--on-deadline <what>', 'at the deadline pause the guest and send the rest, or leave it here').choices([
				'stop-and-copy',
				'abort',
				'postcopy',
			]),
		)
		.addOption(
			new Option('--on-stall <what>', 'when some iterations brought the switch no nearer; advise says so and goes on').choices([
				'advise',
				'stop-and-copy',
				'abort',
			]),
		)
		.addOption(
			optionOf(
				'policies',
				'--policy <list>',
				"which are asked, in this order: xen,downtime,deadline,stall, and modules of the sender's configuration",
			),
		);
}

/** Only what was asked for: the daemon's configuration has the rest. */
export function limitsOf(options: LimitsOptions): PolicyLimits | undefined {
	const limits: PolicyLimits = {
		maxIterations: options.maxIterations,
		dirtyThresholdPages: options.dirtyThreshold,
		maxDowntimeMs: options.maxDowntime,
		deadlineMs: options.deadline,
		onDeadline: options.onDeadline,
		onStall: options.onStall,
		policy: options.policy,
	};
	return Object.values(limits).every(value => value === undefined) ? undefined : limits;
}
