import {type FaultProxy, type LabHost, RelayedLab, type ResultJson, seededRandom} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import type {Detail} from '../steps.ts';

const SEED = 20_261_128;
const MEMORY_BYTES = 64 * 2 ** 20;
const GUEST = ['--memory', '64MiB', '--content', 'random', '--pattern', 'hot-set', '--hot', '4MiB', '--rate', '10MB/s'];
const LINES = ['--line-interval', '5ms'];
/** Where in the stream the content of the pages is that the guest writes: the first ones, behind their list. */
const HOT_CONTENT = {from: 10 * 1024, to: 4.02 * 2 ** 20};
/** Flips that one lab and guest are used for. */
const FLIPS_PER_STEP = 20;
/** Of a batch of 1024 pages: record header, count and entries, with some bytes to spare for what stands before the first one. */
const BATCH_HEAD_BYTES = 8 * 1024 + 512;
const BATCH_BYTES = 4 * 2 ** 20 + 8 * 1024 + 16;
/** The last pass of a guest that stands still has no page: this is device state, the records around it, and the ends. */
const TAIL_BYTES = 1500;
/** Preamble, headers and static records. */
const HEAD_BYTES = 512;

type Kind = 'head' | 'page lists' | 'pages' | 'device state and ends';
type Plan = {readonly kind: Kind; readonly steps: number};

const PLANS: readonly Plan[] = [
	{kind: 'pages', steps: 5},
	{kind: 'page lists', steps: 2},
	{kind: 'head', steps: 1},
	{kind: 'device state and ends', steps: 2},
];

type Flip = {readonly place: number; readonly bit: number};

/** What became of a flip that struck. */
type Outcome =
	| 'repaired over another link'
	| 'given up, guest at the source'
	/** The guest wrote the page afterwards, so that it went over the link once more and nothing of the spoilt one was left to be found. */
	| 'replaced by a later one';

/** A bit that is turned on its way is noticed before the guest runs on it. */
export const wireFlips: Check = {
	name: 'wire-flips',
	title:
		'a bit turned at any of 200 random positions of the data stream of a running migration is caught, and the guest never runs on wrong memory',
	subject: 'files',
	async run(steps) {
		const random = seededRandom(SEED);
		for (const {kind, steps: count} of PLANS) {
			for (let step = 1; step <= count; step++) {
				const draws = Array.from({length: FLIPS_PER_STEP}, () => ({draw: random(2 ** 30) / 2 ** 30, bit: random(8)}));
				await steps.step(`${kind}, ${step}`, async () => flipAll(kind, draws, steps.say));
			}
		}
	},
};

async function flipAll(
	kind: Kind,
	draws: readonly {readonly draw: number; readonly bit: number}[],
	say: (text: string) => void,
): Promise<Detail> {
	await using relayed = await RelayedLab.start();
	const {lab} = relayed;
	let [from, to] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, from, 'dom1', [...GUEST, ...LINES]);
	const outcomes = new Map<Outcome, number>();
	let repairedPages = 0;
	for (const {draw, bit} of draws) {
		await guest.mustRunOn(from);
		// One that stands still sends the same stream each time: only so is it known beforehand where its end is.
		const isStill = kind === 'device state and ends';
		if (isStill) await from.mustCtl(['domain', 'pause', guest.name]);
		const streamBytes = isStill ? await lengthOfStream(relayed, guest, [from, to]) : MEMORY_BYTES;
		const flip = {place: placeOf(kind, draw, streamBytes), bit};
		const {outcome, result, home} = await moveSpoilt({
			relayed,
			guest,
			from,
			to,
			flip,
			mayBeReplaced: flip.place >= HOT_CONTENT.from && flip.place < HOT_CONTENT.to,
		});
		say(
			`  bit ${bit} of byte ${flip.place} of ${streamBytes}: ${outcome}${result.error === null ? '' : ` (${result.error.code})`}, ${result.repairedPages ?? 0} pages repaired`,
		);
		outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
		repairedPages += result.repairedPages ?? 0;
		if (isStill) await home.mustCtl(['domain', 'resume', guest.name]);
		await guest.mustRunOn(home);
		await guest.mustBeIntactOn(home);
		if (home === to) [from, to] = [to, from];
	}

	const {lines} = guest.mustHaveEveryLineOnce();
	return {flips: draws.length, ...Object.fromEntries(outcomes), 'pages repaired': repairedPages, 'lines exactly once': lines};
}

function placeOf(kind: Kind, draw: number, streamBytes: number): number {
	switch (kind) {
		case 'pages':
			return Math.floor(draw * MEMORY_BYTES);
		case 'page lists': {
			const batches = MEMORY_BYTES / (4 * 2 ** 20);
			const batch = Math.floor(draw * batches);
			return batch * BATCH_BYTES + Math.floor((draw * batches - batch) * BATCH_HEAD_BYTES);
		}

		case 'head':
			return Math.floor(draw * HEAD_BYTES);
		case 'device state and ends':
			return streamBytes - 1 - Math.floor(draw * TAIL_BYTES);
	}
}

/** Bytes of the stream of a guest that stands still: it goes there and back. */
async function lengthOfStream(relayed: RelayedLab, guest: Guest, [from, to]: readonly [LabHost, LabHost]): Promise<number> {
	for (const [source, target] of [[from, to] as const, [to, from] as const]) await guest.move(source, target);
	const bytes = relayed.proxy(to).carried(to.dataPort).at(-1)?.forward;
	if (bytes === undefined) throw new Error('no data connection passed the proxy');
	return bytes;
}

type Trial = {
	readonly relayed: RelayedLab;
	readonly guest: Guest;
	readonly from: LabHost;
	readonly to: LabHost;
	readonly flip: Flip;
	/** Whether the bit is one of a page's content that the guest writes again and again. */
	readonly mayBeReplaced: boolean;
};

/** Turns the bit of the next connection that carries it, and says so then. */
async function strike(proxy: FaultProxy, {port, place, bit}: Flip & {readonly port: number}, struck: AbortController): Promise<void> {
	await proxy.flip({port, direction: 'forward', afterBytes: place, bit});
	struck.abort();
}

/** A migration of whose stream one bit is turned. Rejects when nobody noticed. */
async function moveSpoilt({
	relayed,
	guest,
	from,
	to,
	flip,
	mayBeReplaced,
}: Trial): Promise<{readonly outcome: Outcome; readonly result: ResultJson; readonly home: LabHost}> {
	const proxy = relayed.proxy(to);
	const struck = new AbortController();
	void strike(proxy, {...flip, port: to.dataPort}, struck);
	const {result, text} = await guest.start(from, to).ended;
	if (!struck.signal.aborted) throw new Error(`the stream did not reach byte ${flip.place}\n${text}`);
	if (result === undefined) throw new Error(`byte ${flip.place}: the migration has no result\n${text}`);
	if (result.outcome === 'completed') {
		if ((result.interruptions ?? 0) > 0) return {outcome: 'repaired over another link', result, home: to};
		if (!mayBeReplaced) throw new Error(`byte ${flip.place}, bit ${flip.bit}: nobody noticed`);
		return {outcome: 'replaced by a later one', result, home: to};
	}

	if (result.outcome !== 'failed' || result.runsOn !== from.name)
		throw new Error(`byte ${flip.place}: ${result.outcome}, the guest runs on ${result.runsOn}\n${text}`);
	return {outcome: 'given up, guest at the source', result, home: from};
}
