import {faultFromMessage, type ProtectionStatus} from '@sterna/protocol/control';
import {type Cli, reportFault} from '../cli.ts';
import {exitStatusOf, SIGNAL_STATUSES} from '../exit-status.ts';
import {canRedraw, type CliIo, type Interrupt} from '../io.ts';
import {isOver} from './describe-protection.ts';
import {jsonProtectionView, liveProtectionView, plainProtectionView, type ProtectionView} from './protection-views.ts';

/** A request whose events and last frame are a protection's status. */
export type ProtectionFollowed = (follow: {
	readonly onProtection: (status: ProtectionStatus) => void;
	readonly signal: AbortSignal;
}) => Promise<ProtectionStatus>;

/**
 * Shows a protection until its end, and sets the exit status by it. An interrupt only leaves: a protection goes on until it is ended by `unprotect`. Rejects with the
 * OperationError of a request that was refused.
 */
export async function followProtection(
	cli: Cli,
	request: ProtectionFollowed,
	{json, domain}: {readonly json: boolean; readonly domain: string},
): Promise<void> {
	const leaving = new AbortController();
	let latest: ProtectionStatus | undefined;
	let end: ProtectionStatus;
	{
		using resources = new DisposableStack();
		const view = resources.use(openView(cli.io, json));
		resources.use(
			cli.io.listen(signal => {
				leaving.abort(signal);
			}),
		);
		try {
			end = await request({
				signal: leaving.signal,
				onProtection(status) {
					latest = status;
					view.update(status);
				},
			});
		} catch (error) {
			if (!leaving.signal.aborted) throw error;
			const goesOn = latest === undefined || !isOver(latest);
			view.note(goesOn ? `left: the protection goes on; look at it with: migrate-ctl status ${domain}` : 'left');
			cli.setExitStatus(SIGNAL_STATUSES[leaving.signal.reason as Interrupt]);
			return;
		}

		view.update(end);
	}

	if (end.error === undefined) return;
	const {fault} = faultFromMessage(end.error, {side: 'sender'});
	// With --json the last line has it already.
	if (json) cli.setExitStatus(exitStatusOf(fault.code));
	else reportFault(cli, fault, {json});
}

function openView(io: CliIo, json: boolean): ProtectionView {
	if (json) return jsonProtectionView(io);
	return canRedraw(io) ? liveProtectionView(io) : plainProtectionView(io);
}
