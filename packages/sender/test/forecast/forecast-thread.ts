import test from 'ava';
import {DEFAULT_LIMITS} from '../helpers/limits.ts';
import {factsOf} from '../helpers/forecast-facts.ts';
import {forecast} from '../../src/forecast/forecast.ts';
import {forecastInThread} from '../../src/forecast/forecast-thread.ts';

/** Tens of thousands of passes in each of hundreds of courses: seconds. */
const ENDLESS = {
	facts: factsOf({hotPages: 30_000, pagesPerSecond: 400_000}, {bytesPerSecond: 200e6}),
	limits: {...DEFAULT_LIMITS, maxDowntimeMs: 20, maxIterations: 10_000},
};

test('the thread says what the function says', async t => {
	const facts = factsOf({hotPages: 20_000, pagesPerSecond: 20_000}, {bytesPerSecond: 50e6, isLimit: true});
	t.deepEqual(await forecastInThread(facts, DEFAULT_LIMITS, new AbortController().signal), forecast(facts, DEFAULT_LIMITS));
});

test('this thread is free while courses are played, and ends them by a signal', async t => {
	const stop = new AbortController();
	const outcome = forecastInThread(ENDLESS.facts, ENDLESS.limits, stop.signal);
	// A timer of this thread comes long before the answer would.
	setTimeout(() => stop.abort(new Error('the client went')), 1);
	await t.throwsAsync(outcome, {message: 'the client went'});
	await t.throwsAsync(forecastInThread(ENDLESS.facts, ENDLESS.limits, stop.signal), {message: 'the client went'});
});

test('what the thread fails by is what the forecast fails by', async t => {
	const broken = {...ENDLESS.facts, sample: undefined as never};
	await t.throwsAsync(forecastInThread(broken, ENDLESS.limits, new AbortController().signal), {
		message: /^the courses of a forecast could not be played: .*'scans'/,
	});
});
