import {causeChain} from '@sterna/protocol';
import {type CheckName, type Judgement, warning} from './finding.ts';

/** For one check. They are made side by side: so long a daemon takes to answer, and little more. */
export const CHECK_TIMEOUT_MS = 5000;

export type Check = {
	readonly name: CheckName;
	/** `signal` fires when the time is over: what is not done by then is not waited for. */
	readonly examine: (signal: AbortSignal) => Judgement | readonly Judgement[] | Promise<Judgement | readonly Judgement[]>;
};

/** Makes one check. Never rejects, and never takes longer than its time: a check that fails, or hangs, is a finding of its own. */
export async function within(
	{name, examine}: Check,
	{timeoutMs = CHECK_TIMEOUT_MS}: {readonly timeoutMs?: number} = {},
): Promise<readonly Judgement[]> {
	const {promise: late, resolve} = Promise.withResolvers<Judgement>();
	const timeout = new AbortController();
	const timer = setTimeout(() => {
		const detail = `could not be checked: there was no answer within ${timeoutMs} ms`;
		resolve(warning(name, detail, 'see whether this host is overloaded, or one of its disks hangs; then ask again'));
		timeout.abort(new Error(detail));
	}, timeoutMs);
	try {
		return [await Promise.race([late, examineNow(examine, timeout.signal)])].flat();
	} catch (error) {
		return [warning(name, `could not be checked: ${causeChain(error).join(': ')}`, 'look into the log of the daemon; then ask again')];
	} finally {
		clearTimeout(timer);
	}
}

/** What is thrown at once is a rejection, too. */
async function examineNow(examine: Check['examine'], signal: AbortSignal): Promise<Judgement | readonly Judgement[]> {
	return examine(signal);
}

/** All of them, side by side; what they found, in their order. */
export async function examineAll(checks: readonly Check[]): Promise<readonly Judgement[]> {
	return (await Promise.all(checks.map(async check => within(check)))).flat();
}
