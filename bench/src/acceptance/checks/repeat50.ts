import {Lab, type ResultJson} from '@sterna/test-e2e';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
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
		title: `a guest of 1 GiB that writes 200 MB/s over 64 MiB moves 50 times in a row${over}, with no page and no line lost`,
		subject: 'files',
		async run(steps, {times}) {
			await steps.step(`${times} migrations${over}`, async () => shuttle(times, carrier, steps.say));
		},
	};
}

async function shuttle(times: number, {tls}: Carrier, say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], tls});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, hostA, 'dom1', [...LOAD, ...LINES]);
	await guest.mustRunOn(hostA);
	const results: ResultJson[] = [];
	for (let index = 0; index < times; index++) {
		const [from, to] = index % 2 === 0 ? [hostA, hostB] : [hostB, hostA];
		const result = await guest.move(from, to);
		await guest.mustRunOn(to);
		const pages = await guest.mustBeIntactOn(to);
		results.push(result);
		say(
			`  ${String(index + 1).padStart(3)}  ${from.name} to ${to.name}  total ${result.totalMs.toFixed(0)} ms  downtime ${result.downtimeMs?.toFixed(1)} ms  ${result.iterations} iterations  ${result.pagesSent} pages sent  ${pages} pages checked`,
		);
	}

	const {lines, longestGapMs} = guest.mustHaveEveryLineOnce();
	const downtime = spreadOf(results.map(({downtimeMs}) => downtimeMs ?? Number.NaN));
	const total = spreadOf(results.map(({totalMs}) => totalMs));
	return {
		migrations: results.length,
		'downtime min ms': rounded(downtime.min),
		'downtime median ms': rounded(downtime.median),
		'downtime max ms': rounded(downtime.max),
		'longest gap between lines ms': rounded(longestGapMs),
		'total min ms': rounded(total.min),
		'total median ms': rounded(total.median),
		'total max ms': rounded(total.max),
		'pages sent': results.reduce((sum, {pagesSent}) => sum + pagesSent, 0),
		'lines exactly once': lines,
	};
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}
