import * as fc from 'fast-check';
import type {Scenario} from './played-precopy.ts';

const logarithmic = (low: number, high: number): fc.Arbitrary<number> =>
	fc.double({min: Math.log(low), max: Math.log(high), noNaN: true}).map(exponent => Math.exp(exponent));

/** Writes within a hot set, or over all of its memory, each page as likely; and a few anywhere. */
function dirtyCurve(hotPages: number, writesPerMs: number, background: number): Scenario['dirtyIn'] {
	return ms => hotPages * (1 - Math.exp((-writesPerMs * ms) / hotPages)) + background * ms;
}

export type GuestAndLink = {
	/** Writes of the guest by what the link takes. */
	readonly lively: fc.Arbitrary<number>;
	readonly gaps: fc.Arbitrary<NonNullable<Scenario['gaps']>>;
};

/** Links of 20 MB/s to 1.2 GB/s that waver and change for good; guests of 32 MiB to 4 GiB. */
export function scenarios({lively, gaps}: GuestAndLink): fc.Arbitrary<Scenario> {
	return fc
		.record({
			totalPages: logarithmic(8192, 1_048_576).map(Math.round),
			base: logarithmic(5, 300),
			wavering: fc.double({min: 0, max: 0.3, noNaN: true}),
			periodMs: logarithmic(100, 5000),
			step: fc.oneof({weight: 3, arbitrary: fc.constant(1)}, fc.double({min: 0.6, max: 1.4, noNaN: true})),
			stepAtMs: logarithmic(200, 20_000),
			hotPart: fc.oneof(fc.constant(1), logarithmic(0.001, 0.4)),
			lively,
			background: fc.oneof(fc.constant(0), fc.double({min: 0, max: 0.02, noNaN: true})),
			maxIterations: fc.constantFrom(5, 30),
			maxDowntimeMs: fc.option(logarithmic(20, 500), {nil: undefined}),
			deadlineMs: fc.option(fc.constant(20_000), {nil: undefined, freq: 4}),
			tailMs: logarithmic(5, 100),
			gaps,
		})
		.map(({totalPages, base, wavering, periodMs, step, stepAtMs, hotPart, lively: by, background, tailMs, gaps: held, ...limits}) => ({
			totalPages,
			rate: atMs => base * (1 + wavering * Math.sin((2 * Math.PI * atMs) / periodMs)) * (atMs > stepAtMs ? step : 1),
			dirtyIn: dirtyCurve(totalPages * hotPart, base * by, base * background),
			limits: {...limits, dirtyThresholdPages: 50, onDeadline: 'stop-and-copy', onStall: 'advise'},
			gaps: held,
			tailMs,
		}));
}

/** Of guests that dirty more slowly than the link takes, over one link that is never lost. */
export const CONVERGING = scenarios({lively: logarithmic(0.02, 0.9), gaps: fc.constant([])});

/** Of any guest, over links that are lost and transfers that are paused. */
export const ANY = scenarios({
	lively: logarithmic(0.02, 4),
	gaps: fc.array(
		fc
			.record({
				fromMs: logarithmic(10, 20_000),
				lengthMs: logarithmic(10, 10_000),
				kind: fc.constantFrom<'lost' | 'paused'>('lost', 'paused'),
			})
			.map(({fromMs, lengthMs, kind}) => ({fromMs, untilMs: fromMs + lengthMs, kind})),
		{maxLength: 3},
	),
});
