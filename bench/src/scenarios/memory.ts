import {setTimeout as sleep} from 'node:timers/promises';
import {daemonPid, HostPair} from '../host-pair.ts';
import {LinkProcess} from '../link/link-process.ts';
import {anonymousBytesOf} from '../measure/anonymous-memory.ts';
import {Sampler} from '../measure/sampler.ts';
import {type Figure, figures, OURS, type RowDefinition, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'memory';
const INTERVAL_MS = 20;
/** Faster than any machine here: the link is there to stall. */
const LINK = {bytesPerSecond: 1e11, delayMs: 0};
const ADDRESS = '127.0.0.4';
/** From the request until the data connection has stalled, and everything on the way is full. */
const FILLED_MS = 3000;
/** What a garbage collector makes of a heap that does not grow. */
const NOISE_MIB = 2;

/** Of the issue, for one data connection. */
function limitMib(memoryBytes: number): number {
	return 64 + 20 + 3 * (memoryBytes / GIB);
}

function rowsOf(memoryBytes: number, stallMs: number): RowDefinition[] {
	const row = (id: string, title: string, atMost: number): RowDefinition => ({
		id,
		title,
		unit: 'MiB',
		better: 'less',
		targets: [{figure: 'max', atMost}],
	});
	const size = sizeText(memoryBytes);
	const stalled = `from the first to the second half of ${stallMs / 1000} s in which the receiving side takes nothing of the data connection`;
	return [
		row('memory-sender', `largest resident anonymous memory of the sender while a guest of ${size} leaves`, limitMib(memoryBytes)),
		row('memory-receiver', `largest resident anonymous memory of the receiver while a guest of ${size} arrives`, limitMib(memoryBytes)),
		row('memory-stalled-sender', `growth of the sender's resident anonymous memory ${stalled}`, NOISE_MIB),
		row('memory-stalled-receiver', `growth of the receiver's resident anonymous memory ${stalled}`, NOISE_MIB),
	];
}

/** Largest value of the later half of the samples over that of the first: what fills up once is no growth. */
function growthMib({samples}: Sampler<number>): number {
	const values = samples.map(({value}) => value);
	const middle = Math.floor(values.length / 2);
	return (Math.max(...values.slice(middle)) - Math.max(...values.slice(0, middle))) / MIB;
}

/** What the daemons hold besides the guest's memory: in a migration, and while one hangs. */
export function memory(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? GIB : 2 * GIB;
	const stallMs = context.quick ? 5000 : 60_000;
	return {
		id: 'memory',
		title: `Memory of the daemons: idle guest of ${sizeText(memoryBytes)}, random content, one plain connection`,
		rows: rowsOf(memoryBytes, stallMs),
		rounds: roundsOf(context, {quick: 1, full: 3}),
		async open() {
			await using onFailure = new AsyncDisposableStack();
			const pair = onFailure.use(await HostPair.start({route: (_from, to) => (to === 'host-b' ? ADDRESS : '127.0.0.1')}));
			const {controlPort, dataPort} = pair.lab.host('host-b');
			const ports = [controlPort, dataPort];
			const link = onFailure.use(await LinkProcess.start({...LINK, listenHost: ADDRESS, targetHost: '127.0.0.1', ports}));
			const samplers = (guest: string): {readonly sender: Sampler<number>; readonly receiver: Sampler<number>} => {
				const {from, to} = pair.route(guest);
				const sample = (pid: number): Sampler<number> => new Sampler(() => anonymousBytesOf(pid), {intervalMs: INTERVAL_MS});
				return {sender: sample(daemonPid(from, 'sender')), receiver: sample(daemonPid(to, 'receiver'))};
			};
			const measureStall = async (): Promise<Figure[]> => {
				link.stall(dataPort, {afterBytes: memoryBytes / 4});
				const moved = pair.move(GUEST);
				moved.catch(() => undefined); // It is heard below.
				await sleep(FILLED_MS);
				const {sender, receiver} = samplers(GUEST);
				await sleep(stallMs);
				sender[Symbol.dispose]();
				receiver[Symbol.dispose]();
				link.resume();
				await moved;
				return figures(OURS, {'memory-stalled-sender': growthMib(sender), 'memory-stalled-receiver': growthMib(receiver)});
			};
			const measureMove = async (): Promise<Figure[]> => {
				const {sender, receiver} = samplers(GUEST);
				await pair.move(GUEST);
				sender[Symbol.dispose]();
				receiver[Symbol.dispose]();
				const largestMib = ({samples}: Sampler<number>): number => Math.max(...samples.map(({value}) => value)) / MIB;
				return figures(OURS, {'memory-sender': largestMib(sender), 'memory-receiver': largestMib(receiver)});
			};
			const all = onFailure.move();
			return {
				contenders: [
					{
						name: OURS,
						// The way there through the link, the way back without it.
						measure: async () => [...(await measureStall()), ...(await measureMove())],
					},
				],
				async warmUp() {
					await pair.create(GUEST, idleGuest(memoryBytes, 'random'));
				},
				[Symbol.asyncDispose]: async () => all.disposeAsync(),
			};
		},
	};
}
