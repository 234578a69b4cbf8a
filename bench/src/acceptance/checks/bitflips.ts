import {readFileSync} from 'node:fs';
import {setImmediate as breathe} from 'node:timers/promises';
import {GOLDENS, type GoldenName, seededRandom, unpackGolden} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {type Bit, bitsOf, entryField, type FieldKind, fieldsOf, isUnseeable} from '../flips/fields.ts';
import {ProgramTrial} from '../flips/program-trial.ts';
import {type Answer, Trial} from '../flips/trial.ts';
import type {Detail, Steps} from '../steps.ts';
import {TemporaryDirectory} from '../temporary-directory.ts';

const SEED = 20_261_123;
const RANDOM_CUTS = 20_000;
/** Turned reserved bits of entries of page lists, spread evenly over all lists of a stream. */
const ENTRY_BITS = 65_536;
/** Every so many-th answer that was got the short way is compared with that of the whole stream. */
const COMPARE_EVERY = 499;
/** Streams that are given to the program, of each golden: bits turned in a file, cuts through a pipe. */
const PROGRAM_BITS = 11;
const PROGRAM_CUTS = 6;
/** Between so many answers a signal is noticed. */
const BREATHE_EVERY = 256;
const SAY_EVERY_MS = 20_000;

/** Streams of a real Xen are spoilt in one place, and never taken for whole and right. */
export const bitflips: Check = {
	name: 'bitflips',
	title: "a real Xen's stream that is cut, or has one bit turned in its form, is never taken for right",
	subject: 'files',
	async run(steps) {
		using directory = new TemporaryDirectory('bitflips');
		for (const name of GOLDENS) await checkGolden(steps, name, await unpackGolden(name, directory.path));
	},
};

async function checkGolden(steps: Steps, name: GoldenName, file: string): Promise<void> {
	const trial = new Trial(readFileSync(file));
	const random = seededRandom(SEED);
	await steps.step(`${name}: unspoilt`, async () => unspoilt(trial));
	await steps.step(`${name}: cut`, async () => cuts(trial, random));
	await steps.step(`${name}: one bit of a field turned`, async () => {
		const bits = trial.parts.flatMap((part, index) => fieldsOf(part).flatMap(field => bitsOf(field).map(bit => ({index, bit}))));
		return turn(trial, bits, text => steps.say(`  ${name}: ${text}`));
	});
	await steps.step(`${name}: one reserved bit of a page list's entry turned`, async () => {
		const {bits, of} = sampleEntryBits(trial, random);
		return {...(await turn(trial, bits, text => steps.say(`  ${name}: ${text}`))), of};
	});
	await steps.step(`${name}: by the program`, async () => byTheProgram(new ProgramTrial(trial, file), random));
}

/** The short way to an answer must be the same as the whole one where nothing is wrong: else all its answers mean nothing. */
async function unspoilt(trial: Trial): Promise<Detail> {
	const whole = await trial.whole();
	if (whole.status === 1) throw new Error(`the stream itself is taken for wrong: ${describe(whole)}`);
	for (const index of trial.parts.keys()) {
		const short = await trial.from(index);
		if (describe(short) !== describe(whole)) throw new Error(`read from part ${index} on: ${describe(short)}, whole: ${describe(whole)}`);
	}

	return {'exit status': whole.status, 'whole checkpoints': whole.wholeCheckpoints, 'headers and records': trial.parts.length};
}

/** At every boundary, everywhere inside headers of streams, records and page lists, and at random places. */
async function cuts(trial: Trial, random: (limit: number) => number): Promise<Detail> {
	const {parts, bytes} = trial;
	const places = new Set<number>();
	for (const {kind, offset, length} of parts) {
		const headBytes = kind === 'record' ? 16 : length;
		for (let place = offset; place < offset + headBytes && place < bytes.length; place++) places.add(place);
	}

	const inHeaders = places.size;
	while (places.size < inHeaders + RANDOM_CUTS) places.add(random(bytes.length));
	let index = 0;
	const statuses = new Map<number, number>();
	for (const place of [...places].toSorted((a, b) => a - b)) {
		while ((parts[index]?.end ?? Infinity) <= place) index += 1;
		const checkpoints = parts[index - 1]?.wholeCheckpoints ?? 0;
		const answer = await trial.from(index, place);
		const expected = checkpoints > 0 ? 3 : 1;
		if (answer.status !== expected || answer.wholeCheckpoints !== checkpoints || answer.place !== place)
			throw new Error(`cut at ${place}, behind ${checkpoints} whole checkpoints: ${describe(answer)}`);
		statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
		if (place % BREATHE_EVERY === 0) await breathe();
	}

	return {'at boundaries and in headers': inHeaders, 'at random': RANDOM_CUTS, ...countsByStatus(statuses)};
}

type PlacedBit = {readonly index: number; readonly bit: Bit};

/** Turns each bit by itself, and back. Rejects at the first that is not noticed. */
async function turn(trial: Trial, bits: readonly PlacedBit[], say: (text: string) => void): Promise<Detail> {
	const {bytes, parts} = trial;
	const good = await trial.whole();
	const statuses = new Map<number, number>();
	const kinds = new Map<FieldKind, number>();
	let unseeable = 0;
	let dropped = 0;
	let compared = 0;
	let saidMs = performance.now();
	for (const [count, {index, bit}] of bits.entries()) {
		const part = parts[index];
		if (part === undefined) throw new TypeError(`no part ${index}`);
		flip(bytes, bit);
		try {
			const answer = await trial.from(index);
			const text = describe(answer);
			if (count % COMPARE_EVERY === 0) {
				const whole = describe(await trial.whole());
				if (whole !== text) throw new Error(`${describeBit(bit)}: ${text} the short way, ${whole} the whole`);
				compared += 1;
			}

			if (isUnseeable(bytes, part, bit)) unseeable += 1;
			else if (answer.status === 0) throw new Error(`taken for whole and right: ${describeBit(bit)}`);
			// A capture that breaks off must become something else, too, but for its last part, of which nothing is kept anyway.
			else if (text !== describe(good)) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
			else if (part.wholeCheckpoints === good.wholeCheckpoints) dropped += 1;
			else throw new Error(`not noticed: ${describeBit(bit)}: ${text}`);
		} finally {
			flip(bytes, bit);
		}

		if (count % BREATHE_EVERY === 0) await breathe();
		kinds.set(bit.field.kind, (kinds.get(bit.field.kind) ?? 0) + 1);
		if (performance.now() - saidMs < SAY_EVERY_MS) continue;
		saidMs = performance.now();
		say(`${count + 1} of ${bits.length} bits`);
	}

	return {
		bits: bits.length,
		...Object.fromEntries(kinds),
		...countsByStatus(statuses),
		'seen by nobody': unseeable,
		'unnoticed in what is dropped': dropped,
		'compared with the whole stream': compared,
	};
}

function sampleEntryBits(trial: Trial, random: (limit: number) => number): {readonly bits: readonly PlacedBit[]; readonly of: number} {
	const lists = trial.parts.map((part, index) => ({part, index})).filter(({part}) => part.entries > 0);
	const of = lists.reduce((sum, {part}) => sum + part.entries, 0) * 8;
	const perList = Math.ceil(ENTRY_BITS / lists.length);
	const bits = lists.flatMap(({part, index}) =>
		Array.from({length: perList}, (_, sample) => {
			// The first and the last entry, then any; each of the eight bits in turn.
			const entry = sample < 8 ? 0 : sample < 16 ? part.entries - 1 : random(part.entries);
			const entryBits = bitsOf(entryField(part, entry));
			const bit = entryBits[sample % entryBits.length];
			if (bit === undefined) throw new TypeError('an entry has eight reserved bits');
			return {index, bit};
		}),
	);
	return {bits, of};
}

/** Some of all this once more by `migrate-ctl stream verify` itself. */
async function byTheProgram(program: ProgramTrial, random: (limit: number) => number): Promise<Detail> {
	const {trial} = program;
	const statuses = new Map<number, number>();
	const take = (status: number, answer: Answer, what: string): void => {
		if (status === 0 || status !== answer.status)
			throw new Error(`${what}: the program exited with ${status}, expected ${describe(answer)}`);
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	};
	for (let sample = 0; sample < PROGRAM_BITS;) {
		const part = trial.parts[random(trial.parts.length)];
		if (part === undefined) continue;
		const bits = fieldsOf(part).flatMap(bitsOf);
		const bit = bits[random(bits.length)];
		if (bit === undefined) continue;
		flip(trial.bytes, bit);
		try {
			const answer = await trial.whole();
			if (isUnseeable(trial.bytes, part, bit)) continue;
			take(await program.turned(bit), answer, describeBit(bit));
			sample += 1;
		} finally {
			flip(trial.bytes, bit);
		}
	}

	for (let sample = 0; sample < PROGRAM_CUTS; sample++) {
		const place = random(trial.bytes.length);
		take(await program.cut(place), await trial.whole(place), `cut at ${place}`);
	}

	return {'bits in a file': PROGRAM_BITS, 'cuts through a pipe': PROGRAM_CUTS, ...countsByStatus(statuses)};
}

function flip(bytes: Uint8Array, {offset, mask}: Bit): void {
	bytes[offset] = (bytes[offset] ?? 0) ^ mask;
}

function describe({status, code, place, wholeCheckpoints}: Answer): string {
	return `status ${status}, ${code ?? 'no fault'} at ${place ?? 'no place'}, ${wholeCheckpoints} whole checkpoints`;
}

function describeBit({field, offset, mask}: Bit): string {
	return `${field.what}, bits 0x${mask.toString(16)} of byte ${offset}`;
}

function countsByStatus(statuses: ReadonlyMap<number, number>): Detail {
	return Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => [`with status ${status}`, count]));
}
