import {Lab, MEMORY_HOOK_SETTINGS} from '@sterna/test-e2e';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import {Guest, type Move} from '../guest.ts';
import {mustHaveEqualMemories} from '../memory-comparison.ts';
import type {Detail} from '../steps.ts';

const LOAD = ['--memory', '1GiB', '--content', 'random', '--pattern', 'hot-set', '--hot', '64MiB', '--rate', '200MB/s'];
const LINES = ['--line-interval', '5ms'];

/** One guest, one lab: an interrupted run cannot be gone on with, as its guest ended with it. */
export const repeat50: Check = repeated('repeat50', {tls: false});
/** The same between hosts that have certificates. */
export const repeat50Tls: Check = repeated('repeat50-tls', {tls: true});

type Carrier = {readonly tls: boolean};

function repeated(name: string, carrier: Carrier): Check {
	const over = carrier.tls ? ' over TLS' : '';
	return {
		name,
		title: `a guest of 1 GiB that writes 200 MB/s over 64 MiB moves 50 times in a row${over}, with equal memories at every handover, and no line lost`,
		subject: 'files',
		async run(steps, {times}) {
			await steps.step(`${times} migrations${over}`, async () => shuttle(times, carrier, steps.say));
		},
	};
}

async function shuttle(times: number, {tls}: Carrier, say: (text: string) => void): Promise<Detail> {
	const settings = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], tls, settings});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, hostA, 'dom1', [...LOAD, ...LINES]);
	await guest.mustRunOn(hostA);
	const moves: Move[] = [];
	for (let index = 0; index < times; index++) {
		const [from, to] = index % 2 === 0 ? [hostA, hostB] : [hostB, hostA];
		const move = await guest.move(from, to);
		const sha256 = mustHaveEqualMemories(from, move.result);
		await guest.mustRunOn(to);
		const pages = await guest.mustBeIntactOn(to);
		moves.push(move);
		const {result} = move;
		say(
			`  ${String(index + 1).padStart(3)}  ${from.name} to ${to.name}  total ${result.totalMs.toFixed(0)} ms  downtime ${withoutHook(move).toFixed(1)} ms  ${result.iterations} iterations  ${result.pagesSent} pages sent  ${pages} pages checked  sha256 ${sha256.slice(0, 16)}`,
		);
	}

	const {lines} = guest.mustHaveEveryLineOnce();
	const downtime = spreadOf(moves.map(withoutHook));
	const total = spreadOf(moves.map(({result, hookMs}) => result.totalMs - hookMs));
	return {
		migrations: moves.length,
		'downtime min ms': rounded(downtime.min),
		'downtime median ms': rounded(downtime.median),
		'downtime max ms': rounded(downtime.max),
		'total min ms': rounded(total.min),
		'total median ms': rounded(total.median),
		'total max ms': rounded(total.max),
		'pages sent': moves.reduce((sum, {result}) => sum + result.pagesSent, 0),
		'lines exactly once': lines,
	};
}

/** The downtime besides the comparison, for which the guest stands still too. */
function withoutHook({result, hookMs}: Move): number {
	return (result.downtimeMs ?? Number.NaN) - hookMs;
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}
