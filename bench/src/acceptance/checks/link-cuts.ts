import {type Carried, type LabHost, RelayedLab, seededRandom} from '@sterna/test-e2e';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import type {Detail} from '../steps.ts';

const SEED = 20_261_127;
const MEMORY_BYTES = 256 * 2 ** 20;
const PAGE_BYTES = 4096;
/** What a page takes of the stream besides its content: its entry of the list, its share of record headers, and of what TLS adds. */
const OVERHEAD = 1.01;
/** Headers, static records, device state and ends of the second link's stream. */
const REST_BYTES = 256 * 1024;
const HOT_BYTES = 16 * 2 ** 20;
const WRITTEN_BYTES_PER_SECOND = 20e6;
const GUEST = ['--memory', '256MiB', '--content', 'random', '--pattern', 'hot-set', '--hot', '16MiB', '--rate', '20MB/s'];
const LINES = ['--line-interval', '5ms'];
/** As `data.window-bytes` has it by default, over all data connections. */
const WINDOW_BYTES = 64 * 2 ** 20;
/** A record of pages of which a part was not acknowledged is sent again whole: one on each data connection. */
const RECORD_BYTES = 4 * 2 ** 20;

type Set = {readonly name: string; readonly cuts: number; readonly channels: number; readonly tls: boolean};

/** Each with a lab and a guest of its own. */
const SETS: readonly Set[] = [
	...Array.from({length: 6}, (_, index) => ({name: `one data connection, ${index + 1}`, cuts: 10, channels: 1, tls: false})),
	...Array.from({length: 2}, (_, index) => ({name: `three data connections, ${index + 1}`, cuts: 10, channels: 3, tls: false})),
	...Array.from({length: 2}, (_, index) => ({name: `TLS, ${index + 1}`, cuts: 10, channels: 1, tls: true})),
];

type Cut = {
	readonly atByte: number;
	/** Of pages that had been sent and are sent again, as the sender has it. */
	readonly resentBytes: number;
	/** Over all data connections of the second link, as the proxy saw them. */
	readonly afterBytes: number;
	/** Content that the receiver had not got by then. */
	readonly missingBytes: number;
	/** Most that the guest can have dirtied of what it had got. */
	readonly dirtiedBytes: number;
	readonly withoutLinkMs: number;
};

/** A link that is lost in precopy costs what was on its way. */
export const linkCuts: Check = {
	name: 'link-cuts',
	title:
		'a precopy of 256 MiB that is cut at 100 random bytes goes on over another link, and sends again at most what was not acknowledged',
	subject: 'files',
	async run(steps) {
		const random = seededRandom(SEED);
		for (const set of SETS) {
			// Drawn for sets that passed before, too: the ones behind them stay the same.
			const places = Array.from({length: set.cuts}, () => 1 + random(Math.floor(MEMORY_BYTES / set.channels) - 1));
			await steps.step(set.name, async () => cutAll(set, places, steps.say));
		}
	},
};

async function cutAll({channels, tls}: Set, places: readonly number[], say: (text: string) => void): Promise<Detail> {
	await using relayed = await RelayedLab.start({tls});
	const {lab} = relayed;
	let [from, to] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, from, 'dom1', [...GUEST, ...LINES]);
	const cuts: Cut[] = [];
	for (const atByte of places) {
		await guest.mustRunOn(from);
		const cut = await moveCut({relayed, guest, from, to, channels, atByte});
		say(
			`  ${from.name} to ${to.name}, cut at ${mib(cut.atByte)} MiB: ${mib(cut.resentBytes)} MiB sent again; ${mib(cut.afterBytes)} MiB over the second link, for ${mib(cut.missingBytes)} that the receiver had not got and at most ${mib(cut.dirtiedBytes)} dirtied; ${Math.round(cut.withoutLinkMs)} ms without a link`,
		);
		cuts.push(cut);
		await guest.mustRunOn(to);
		await guest.mustBeIntactOn(to);
		[from, to] = [to, from];
	}

	const {lines} = guest.mustHaveEveryLineOnce();
	const resent = spreadOf(cuts.map(({resentBytes}) => resentBytes));
	const beyond = spreadOf(cuts.map(({afterBytes, missingBytes}) => afterBytes - missingBytes));
	return {
		cuts: cuts.length,
		'sent again, median MiB': mib(resent.median),
		'sent again, max MiB': mib(resent.max),
		'beyond what was missing, median MiB': mib(beyond.median),
		'beyond what was missing, max MiB': mib(beyond.max),
		'without a link, max ms': Math.round(spreadOf(cuts.map(({withoutLinkMs}) => withoutLinkMs)).max),
		'lines exactly once': lines,
	};
}

type Trial = {
	readonly relayed: RelayedLab;
	readonly guest: Guest;
	readonly from: LabHost;
	readonly to: LabHost;
	readonly channels: number;
	readonly atByte: number;
};

/** One migration whose first link is cut behind a byte of one of its data connections. Rejects unless it goes on over a second one, and no more is sent than is allowed. */
async function moveCut({relayed, guest, from, to, channels, atByte}: Trial): Promise<Cut> {
	const proxy = relayed.proxy(to);
	const before = proxy.carried(to.dataPort).length;
	const cut = proxy.cut({port: to.dataPort, direction: 'forward', afterBytes: atByte, how: 'reset'});
	const {result} = await guest.move(from, to, ['--channels', String(channels)]);
	await cut;
	const connections = proxy.carried(to.dataPort).slice(before);
	if (result.interruptions !== 1 || connections.length !== 2 * channels)
		throw new Error(`cut at ${atByte}: ${result.interruptions} interruptions and ${connections.length} data connections`);
	const [first, second] = [connections.slice(0, channels), connections.slice(channels)];
	const missingBytes = MEMORY_BYTES - Math.floor(forwardBytes(first) / OVERHEAD / PAGE_BYTES) * PAGE_BYTES;
	// The hot pages alone are dirtied, and none more than once between two scans.
	const dirtiedBytes = Math.min((result.totalMs / 1000) * WRITTEN_BYTES_PER_SECOND, (result.iterations + 1) * HOT_BYTES);
	const unacknowledgedBytes = WINDOW_BYTES + channels * RECORD_BYTES;
	const resentBytes = result.resentBytes ?? Number.NaN;
	const afterBytes = forwardBytes(second);
	const allowedBytes = (missingBytes + dirtiedBytes + unacknowledgedBytes) * OVERHEAD + REST_BYTES;
	if (!(resentBytes <= unacknowledgedBytes))
		throw new Error(`cut at ${atByte}: ${resentBytes} bytes were sent again, of a window of ${WINDOW_BYTES}`);
	if (afterBytes > allowedBytes)
		throw new Error(`cut at ${atByte}: ${afterBytes} bytes over the second link, and ${allowedBytes} are allowed`);
	return {atByte, resentBytes, afterBytes, missingBytes, dirtiedBytes, withoutLinkMs: result.interruptedMs ?? Number.NaN};
}

function forwardBytes(connections: readonly Carried[]): number {
	return connections.reduce((sum, {forward}) => sum + forward, 0);
}

function mib(bytes: number): number {
	return Math.round((bytes / 2 ** 20) * 10) / 10;
}
