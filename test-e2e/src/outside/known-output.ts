import type {ReplyState} from '@sterna/domain/replies';
import type {GuestLine, GuestOutput} from '../guest-lines.ts';
import type {LabHost} from '../lab/lab-host.ts';

/** What a guest that runs knows that it has said, on any host: its replies, and how many lines. */
export type KnownOutput = ReplyState & {readonly lines: number};

/** Asks a workload guest where it runs. */
export async function knownOutput(host: LabHost, domain: string): Promise<KnownOutput> {
	const {state, detail} = await host.showDomain(domain);
	const {serial, digest, lines} = detail ?? {};
	if (typeof serial !== 'number' || typeof digest !== 'string' || typeof lines !== 'number')
		throw new TypeError(`${domain} on ${host.name} is ${state}, and says nothing of its output: ${JSON.stringify(detail)}`);
	return {serial, digest, lines};
}

/** Lines that are out, on any host, and that the guest knows nothing of; it was asked after they were read. What else may be wrong with lines: `assertReleasedOnce`. */
export function unknownLines({lines}: GuestOutput, {lines: known}: Pick<KnownOutput, 'lines'>): GuestLine[] {
	return lines.filter(({number}) => number > known);
}
