import type {LabHost} from '../lab/lab-host.ts';

/** What a receiver says of a standby that has gone on as the guest. */
export type TakeoverFacts = {
	readonly epoch: number;
	readonly because: string;
	/** From the decision until the guest had made its first step. */ readonly decidedToRunningMs: number;
};

const MESSAGE = 'its standby has taken over';

/** The takeovers of a domain that are in the log of a host's receiver, the first `skipped` left out. */
export function takeoverOf(host: LabHost, domain: string, skipped: number): readonly TakeoverFacts[] {
	return host
		.daemon('receiver')
		.log.split('\n')
		.filter(line => line.includes(MESSAGE))
		.flatMap(line => parse(line, domain))
		.slice(skipped);
}

function parse(line: string, domain: string): readonly TakeoverFacts[] {
	try {
		const {
			msg,
			domain: of,
			epoch,
			because,
			decidedToRunningMs,
		} = JSON.parse(line) as {readonly msg: string; readonly domain: string} & Partial<TakeoverFacts>;
		if (of !== domain || !msg.includes('runs here') || decidedToRunningMs === undefined) return [];
		return [{epoch: epoch ?? 0, because: because ?? '', decidedToRunningMs}];
	} catch {
		// A daemon was killed in the middle of it.
		return [];
	}
}
