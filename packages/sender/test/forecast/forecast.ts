import test from 'ava';
import type {ForecastReply} from '@sterna/protocol/control';
import {DEFAULT_LIMITS} from '../helpers/limits.ts';
import {factsOf, type Guest} from '../helpers/forecast-facts.ts';
import {forecast} from '../../src/forecast/forecast.ts';
import type {Limits} from '../../src/engine/policy/limits-policy.ts';

const MB = 1e6;

const TABLE: ReadonlyArray<{
	readonly title: string;
	readonly guest: Guest;
	readonly megabytesPerSecond: number;
	readonly isLimit?: boolean;
	readonly limits?: Partial<Limits>;
	readonly convergence: ForecastReply['convergence'];
	readonly binding?: ForecastReply['binding'];
}> = [
	{title: 'an idle guest', guest: {hotPages: 0, pagesPerSecond: 0}, megabytesPerSecond: 500, convergence: 'converges'},
	{
		title: 'a guest that writes a hundredth of the link',
		guest: {hotPages: 20_000, pagesPerSecond: 1000},
		megabytesPerSecond: 400,
		convergence: 'converges',
	},
	{
		title: 'a guest that writes more than its limited link carries',
		guest: {hotPages: 20_000, pagesPerSecond: 20_000},
		megabytesPerSecond: 50,
		isLimit: true,
		convergence: 'will-not-converge',
	},
	{
		title: 'the same with a downtime that is long enough for its hot pages',
		guest: {hotPages: 2000, pagesPerSecond: 40_000},
		megabytesPerSecond: 100,
		limits: {maxDowntimeMs: 500},
		convergence: 'converges',
	},
	{
		title: 'hot pages that never fit into the downtime that was asked for',
		guest: {hotPages: 30_000, pagesPerSecond: 400_000},
		megabytesPerSecond: 200,
		limits: {maxDowntimeMs: 20, maxIterations: 30},
		convergence: 'will-not-converge',
		binding: 'working-set',
	},
	{
		title: 'few passes where more would do',
		guest: {hotPages: 60_000, pagesPerSecond: 18_000},
		megabytesPerSecond: 200,
		limits: {maxIterations: 3},
		convergence: 'will-not-converge',
		binding: 'limits',
	},
];

for (const {title, guest, megabytesPerSecond, isLimit, limits, convergence, binding} of TABLE) {
	test(`${title}: ${convergence}`, t => {
		const facts = factsOf(guest, {bytesPerSecond: megabytesPerSecond * MB, isLimit: isLimit ?? false});
		const reply = forecast(facts, {...DEFAULT_LIMITS, ...limits});
		t.is(reply.convergence, convergence, reply.because);
		if (binding !== undefined) t.is(reply.binding, binding);
		t.is(reply.remedies.length > 0, convergence !== 'converges', reply.remedies.join('; '));
		t.true(reply.totalLowMs <= reply.totalMs && reply.totalMs <= reply.totalHighMs);
		t.true(reply.downtimeLowMs <= reply.downtimeMs && reply.downtimeMs <= reply.downtimeHighMs);
		t.true(reply.downtimeHighMs <= reply.totalHighMs);
	});
}

test('the same facts give the same forecast', t => {
	const facts = factsOf({hotPages: 20_000, pagesPerSecond: 20_000}, {bytesPerSecond: 200 * MB});
	t.deepEqual(forecast(facts, DEFAULT_LIMITS), forecast(facts, DEFAULT_LIMITS));
});

test('a faster link makes no migration longer, and none less likely to converge', t => {
	for (const pagesPerSecond of [0, 1000, 10_000, 50_000]) {
		const replies = [50, 100, 200, 400, 800].map(rate =>
			forecast(factsOf({hotPages: 20_000, pagesPerSecond}, {bytesPerSecond: rate * MB}), {...DEFAULT_LIMITS, maxDowntimeMs: 100}),
		);
		for (const [index, reply] of replies.entries()) {
			const slower = replies[index - 1] ?? reply;
			t.true(reply.totalMs <= slower.totalMs * 1.02, `${pagesPerSecond} pages/s: ${slower.totalMs} ms became ${reply.totalMs} ms`);
			t.true(reply.likelihood >= slower.likelihood - 0.05);
		}
	}
});

test('a guest that writes more makes no downtime shorter', t => {
	const downtimes = [0, 2000, 10_000, 50_000].map(
		pagesPerSecond => forecast(factsOf({hotPages: 30_000, pagesPerSecond}, {bytesPerSecond: 200 * MB}), DEFAULT_LIMITS).downtimeMs,
	);
	t.deepEqual(
		downtimes,
		downtimes.toSorted((one, other) => one - other),
	);
});

test('a remedy is a flag that, given, makes it converge', t => {
	const facts = factsOf({hotPages: 20_000, pagesPerSecond: 14_000}, {bytesPerSecond: 40 * MB, isLimit: true});
	const {convergence, remedies} = forecast(facts, {...DEFAULT_LIMITS, maxDowntimeMs: 100, maxIterations: 30});
	t.is(convergence, 'will-not-converge');
	const flag = remedies.find(remedy => remedy.startsWith('--bandwidth'));
	const rate = /^--bandwidth (\d+)MB\/s$/.exec(flag ?? '')?.[1];
	t.truthy(rate, remedies.join('; '));
	const helped = factsOf({hotPages: 20_000, pagesPerSecond: 14_000}, {bytesPerSecond: Number(rate) * MB, isLimit: true});
	t.is(forecast(helped, {...DEFAULT_LIMITS, maxDowntimeMs: 100, maxIterations: 30}).convergence, 'converges');
});
