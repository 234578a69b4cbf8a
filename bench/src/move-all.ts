import type {HostPair} from './host-pair.ts';
import {type Move, parseMove} from './move.ts';
import {runCtl} from './run-ctl.ts';

/** Moves several guests of one host, all asked for at the same moment. Rejects unless all complete, when all have ended. */
export async function moveAll(pair: HostPair, guests: readonly string[]): Promise<Move[]> {
	const ended = await Promise.allSettled(
		guests.map(async guest => {
			const {from, to} = pair.route(guest);
			const move = parseMove(await runCtl(from, ['start', guest, to.name, '--json']));
			pair.arrived(guest);
			return move;
		}),
	);
	const reasons = ended.flatMap(each => (each.status === 'rejected' ? [(each.reason as Error).message] : []));
	if (reasons.length > 0) throw new Error(`${reasons.length} of ${guests.length} did not complete; the first: ${reasons[0]}`);
	return ended.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
}
