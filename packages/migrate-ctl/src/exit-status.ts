import {ERROR_CODES, type ErrorCode} from '@sterna/protocol';
import type {MigrationResult} from '@sterna/protocol/control';

/** What the exit statuses mean, for `--help` and docs/operations.md. A test holds it to ERROR_CODES. */
export const EXIT_STATUSES: readonly (readonly [status: number, meaning: string])[] = [
	[0, 'done'],
	[1, '`stream verify`: the stream is wrong'],
	[2, 'the command line or the configuration is wrong; nothing was done'],
	[
		3,
		'aborted, by the operator, the policy, the other host or a daemon that stops; `stream verify`: a checkpointed stream that breaks off',
	],
	[4, 'refused on this host: the daemon does not answer, or no such domain, migration or host, or the domain is busy'],
	[5, 'refused by the other host, or it does not answer; `doctor`: there is a fault'],
	[6, 'the connection between the hosts was lost'],
	[7, 'a stream, a file or a device state is wrong, or there is no room for it'],
	[8, 'the guest exited, rebooted, was resized, or found its memory wrong'],
	[9, 'undecided: it is not known yet which host runs the guest'],
	[70, 'a fault in Sterna itself'],
	[
		130,
		'left by Ctrl-C (143 by SIGTERM, 129 by SIGHUP, 141 by a reader of the output that went away) before the end; what was asked for goes on',
	],
];

/** The status of an error of this code. */
export function exitStatusOf(code: ErrorCode): number {
	return ERROR_CODES[code].exitStatus;
}

/** The status of a process that a signal made leave, as shells have it. */
export const SIGNAL_STATUSES = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

/** The status of a migration's end, by its error where it has one. */
export function exitStatusOfOutcome(outcome: MigrationResult['outcome'], error: ErrorCode | undefined): number {
	switch (outcome) {
		case 'completed':
			return 0;
		case 'undecided':
			return exitStatusOf('ERR_UNDECIDED');
		case 'aborted':
			return exitStatusOf(error ?? 'ERR_ABORTED_BY_OPERATOR');
		case 'failed':
			return exitStatusOf(error ?? 'ERR_INTERNAL');
	}
}
