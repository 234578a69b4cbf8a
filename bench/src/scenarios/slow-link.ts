import {HostPair} from '../host-pair.ts';
import {LinkProcess} from '../link/link-process.ts';
import {transferMs} from '../move.ts';
import {figures, OURS, type RowDefinition, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'slow';
const COMPRESSIONS = ['none', 'zstd', 'lz4', 'auto'] as const;
type Compression = (typeof COMPRESSIONS)[number];
const LINK = {bytesPerSecond: 100e6, delayMs: 20};
/** Where each host finds the other: behind the link, at an address of its own, with the same ports. */
const ADDRESS_OF: Readonly<Record<string, string>> = {'host-a': '127.0.0.2', 'host-b': '127.0.0.3'};

function rowsOf(compression: Compression, what: string): RowDefinition[] {
	const isExpected = compression === 'zstd' || compression === 'auto';
	return [
		{
			id: `slow-link-${compression}`,
			title: `guest memory a second from the first byte of the stream until all is applied, ${what}, --compression ${compression}`,
			unit: 'MB/s',
			better: 'more',
			targets: isExpected ? [{vs: 'none', atLeast: 2.5}] : [],
		},
		{
			id: `cpu-slow-link-${compression}`,
			title: `CPU time of both daemons together per GiB of guest memory, for as long as it is under way, ${what}, --compression ${compression}`,
			unit: 's/GiB',
			better: 'less',
		},
	];
}

/** A guest with text in its memory over a link of 100 MB/s and 20 ms each way, compressed and not. */
export function slowLink(context: ScenarioContext): Scenario {
	const memoryBytes = (context.quick ? 128 : 512) * MIB;
	const gibibytes = memoryBytes / GIB;
	const what = `idle guest of ${sizeText(memoryBytes)}, text-like content, over a proxy of 100 MB/s and 20 ms each way`;
	return {
		id: 'slow-link',
		title: `Slow link: ${what}`,
		rows: COMPRESSIONS.flatMap(compression => rowsOf(compression, what)),
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			await using onFailure = new AsyncDisposableStack();
			const pair = onFailure.use(await HostPair.start({route: (_from, to) => ADDRESS_OF[to] ?? '127.0.0.1'}));
			for (const {name, controlPort, dataPort} of pair.lab.hosts) {
				const listenHost = ADDRESS_OF[name] ?? '';
				onFailure.use(await LinkProcess.start({...LINK, listenHost, targetHost: '127.0.0.1', ports: [controlPort, dataPort]}));
			}

			const all = onFailure.move();
			return {
				contenders: COMPRESSIONS.map(compression => ({
					name: `sterna --compression ${compression}`,
					async measure() {
						const move = await pair.move(GUEST, ['--compression', compression]);
						const {send, receive} = move.transferCpu;
						const [throughput, cpu] = [memoryBytes / transferMs(move) / 1e3, (send + receive) / gibibytes];
						const valuesOf = (row: Compression): Record<string, number> => ({
							[`slow-link-${row}`]: throughput,
							[`cpu-slow-link-${row}`]: cpu,
						});
						const compared = compression === 'none' ? COMPRESSIONS.filter(other => other !== 'none') : [];
						return [...figures(OURS, valuesOf(compression)), ...compared.flatMap(other => figures('none', valuesOf(other)))];
					},
				})),
				async warmUp() {
					await pair.create(GUEST, idleGuest(memoryBytes, 'text'));
					await pair.warmUp(GUEST, ['--compression', 'zstd']);
				},
				[Symbol.asyncDispose]: async () => all.disposeAsync(),
			};
		},
	};
}
