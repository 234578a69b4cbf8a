import {Lab, MEMORY_HOOK_SETTINGS} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import {mustHaveEqualMemories} from '../memory-comparison.ts';
import type {Detail} from '../steps.ts';

const TIMES = 3;
const CHANNELS = [1, 2, 4];
const COMPRESSIONS = [
	['--compression', 'none'],
	['--compression', 'auto'],
	['--compression', 'lz4'],
	['--compression', 'zstd'],
	['--compression', 'zstd', '--delta-cache', '64MiB'],
];
const CONTENTS = ['random', 'text', 'zero'] as const;
const LOAD = ['--memory', '512MiB', '--pattern', 'hot-set', '--hot', '32MiB', '--rate', '100MB/s', '--line-interval', '5ms'];

/** Every way of moving the bytes, with every content in turn. */
export const combinations: Check = {
	name: 'combinations',
	title: `a guest of 512 MiB moves ${TIMES} times by every combination of data connections, TLS and compression, with equal memories at every handover`,
	subject: 'files',
	async run(steps) {
		for (const tls of [false, true]) {
			for (const channels of CHANNELS) {
				for (const compression of COMPRESSIONS) {
					const args = ['--channels', String(channels), ...compression];
					await steps.step(`${tls ? 'TLS' : 'plain'} ${args.join(' ')}`, async () => shuttle(tls, args));
				}
			}
		}
	},
};

/** One move for each content, by guests of one lab. */
async function shuttle(tls: boolean, args: readonly string[]): Promise<Detail> {
	const settings = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], tls, settings});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const sent: Record<string, number> = {};
	for (let index = 0; index < TIMES; index++) {
		const content = CONTENTS[index % CONTENTS.length] ?? 'random';
		const [from, to] = index % 2 === 0 ? [hostA, hostB] : [hostB, hostA];
		const guest = await Guest.create(lab, from, `dom-${content}`, [...LOAD, '--content', content]);
		await guest.mustRunOn(from);
		const {result} = await guest.move(from, to, args);
		mustHaveEqualMemories(from, result);
		await guest.mustRunOn(to);
		await guest.mustBeIntactOn(to);
		guest.mustHaveEveryLineOnce();
		await to.mustCtl(['domain', 'destroy', guest.name]);
		sent[`${content} MiB sent`] = Math.round(result.bytesSent / 2 ** 20);
	}

	return {migrations: TIMES, ...sent};
}
