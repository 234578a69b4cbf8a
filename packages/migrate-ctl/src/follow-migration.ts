import {ERROR_CODES, type ErrorCode, OperationError} from '@sterna/protocol';
import {faultFromMessage, faultToMessage, type MigrationResult, type MigrationStatus} from '@sterna/protocol/control';
import {type Cli, reportFault} from './cli.ts';
import type {Daemon} from './daemon.ts';
import {exitStatusOfOutcome, SIGNAL_STATUSES} from './exit-status.ts';
import {canRedraw, type Interrupt} from './io.ts';
import {InterruptHandler} from './interrupt-handler.ts';
import {canAsk} from './key-question.ts';
import {lostDuringMigration} from './place-of-guest.ts';
import {JsonView} from './progress/json-view.ts';
import {LiveView} from './progress/live-view.ts';
import {PlainView} from './progress/plain-view.ts';
import type {MigrationView} from './progress/view.ts';

/** A request whose events are a migration's progress and whose last frame is its result. */
export type MigrationRequest = (options: {
	readonly onStatus: (status: MigrationStatus) => void;
	readonly signal: AbortSignal;
}) => Promise<MigrationResult>;

export type FollowOptions = {
	readonly json: boolean;
	/** The domain's name, until the first event says more; empty where it is not known before. */
	readonly domain: string;
	readonly direction: MigrationStatus['direction'];
	/** What Ctrl-C does: `abort` asks the daemon to abort and waits for the end, on a terminal after a question, and a second one leaves; `leave` leaves at once. */
	readonly onInterrupt: 'abort' | 'leave';
};

/** Shows a migration until its end, reports its error, and sets the exit status by its outcome. Never throws an OperationError: it is reported here. */
export async function followMigration(cli: Cli, daemon: Daemon, request: MigrationRequest, options: FollowOptions): Promise<void> {
	const leaving = new AbortController();
	let latest: MigrationStatus | undefined;
	let result: MigrationResult;
	{
		using resources = new DisposableStack();
		const view = resources.use(openView(cli, options));
		const interrupts = resources.use(
			new InterruptHandler({
				io: cli.io,
				daemon,
				view,
				leaving,
				domain: options.domain,
				onInterrupt: options.onInterrupt === 'abort' && !options.json && canRedraw(cli.io) && canAsk(cli.io) ? 'ask' : options.onInterrupt,
				latest: () => latest,
			}),
		);
		resources.use(cli.io.listen(interrupts.handle));
		try {
			result = await request({
				signal: leaving.signal,
				onStatus(status) {
					latest = status;
					view.update(status);
				},
			});
		} catch (error) {
			if (leaving.signal.aborted) return left(cli, view, {signal: leaving.signal.reason as Interrupt, latest});
			if (!(error instanceof OperationError)) throw error;
			// The last event may have told the end already.
			result = latest?.result ?? failedResult(lostDuringMigration(error, daemon, latest), latest, options.domain);
		}

		// A request that was refused has no end to tell of: its error says it all.
		if (latest !== undefined || result.error === undefined || options.json) view.end(result, options.direction);
	}

	conclude(cli, result, options);
}

/**
 * Does `work`, which may fail before there is anything to follow. With `--json` that is a result too, so that the last line always is one.
 * Never throws an OperationError: it is reported here.
 */
export async function withResult(
	cli: Cli,
	{json, domain}: Pick<FollowOptions, 'json' | 'domain'>,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
		const result = failedResult(error, undefined, domain);
		if (json) new JsonView(cli.io).end(result);
		conclude(cli, result, {json});
	}
}

/** Reports the error of an end, unless the view has, and sets the exit status. */
function conclude(cli: Cli, {outcome, error}: MigrationResult, {json}: Pick<FollowOptions, 'json'>): void {
	const fault = error === undefined ? undefined : faultFromMessage(error, {side: 'sender'}).fault;
	if (fault !== undefined && !json) reportFault(cli, fault, {json: false});
	cli.setExitStatus(exitStatusOfOutcome(outcome, fault?.code));
}

function openView({io}: Cli, {json}: FollowOptions): MigrationView {
	if (json) return new JsonView(io);
	return canRedraw(io) ? new LiveView(io) : new PlainView(io);
}

function left(cli: Cli, view: MigrationView, {signal, latest}: {signal: Interrupt; latest: MigrationStatus | undefined}): void {
	const id = latest?.id ?? '';
	const state = latest === undefined ? 'before anything was heard of it' : `while ${latest.domain} is in ${latest.phase}`;
	view.leave(`left ${state}; look at it with: migrate-ctl status${id === '' ? '' : ` ${id}`}`);
	cli.setExitStatus(SIGNAL_STATUSES[signal]);
}

/** The result of a migration whose end only its error tells. */
function failedResult(error: OperationError, latest: MigrationStatus | undefined, domain: string): MigrationResult {
	const {runsOn} = error.fault;
	return {
		id: latest?.id ?? '',
		domain,
		outcome: outcomeOf(error.code),
		runsOn: runsOn.kind === 'host' ? runsOn.host : runsOn.kind === 'nowhere' ? '' : '?',
		totalMs: latest?.elapsedMs ?? 0,
		iterations: latest?.iteration ?? 0,
		pagesSent: latest?.pagesSent ?? 0,
		bytesSent: latest?.bytesSent ?? 0,
		error: faultToMessage(error),
	};
}

function outcomeOf(code: ErrorCode): MigrationResult['outcome'] {
	if (code === 'ERR_UNDECIDED') return 'undecided';
	return ERROR_CODES[code].exitStatus === ERROR_CODES.ERR_ABORTED_BY_OPERATOR.exitStatus ? 'aborted' : 'failed';
}
