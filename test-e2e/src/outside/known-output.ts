import type {ReplyState} from '@sterna/domain/replies';
import type {GuestOutput} from '../guest-lines.ts';
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

/**
 * What is wrong with the lines that one guest has written on all hosts, a sentence each: a number that is there twice, one that the guest does not know (asked after the
 * lines were read), or that it found its memory wrong. Lines that are missing may have been held by a host that died: that is the caller's to judge.
 */
export function lineFaults({lines, repeated, remarks}: GuestOutput, {lines: known}: Pick<KnownOutput, 'lines'>): string[] {
	return [
		...repeated.map(number => `line ${number} was written twice`),
		...lines
			.filter(({number}) => number > known)
			.map(({number, host}) => `line ${number} is on ${host}, and the guest knows of ${known} alone`),
		...remarks,
	];
}
