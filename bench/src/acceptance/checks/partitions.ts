import {playSplit, type Split, type SplitOutcome, SplitScene, SPLITS} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';
import {textTable} from '../text-table.ts';

const COLUMNS = [
	'meanwhile on',
	'then on',
	'took over after',
	'the old source says',
	'on both',
	'protected again',
	'pages right',
	'replies',
] as const;

/** Hosts that cannot know of each other. */
export const partitions: Check = {
	name: 'partitions',
	title:
		'source, standby and etcd cut off from each other, frozen, killed and slow: never two running guests, and a table of what becomes of the one',
	subject: 'files',
	async run(steps) {
		const rows: string[][] = [];
		for (const split of Object.values<Split>(SPLITS)) {
			const passed = await steps.step(split.name, async () => {
				await using scene = await SplitScene.start();
				return detailOf(await playSplit(split, scene));
			});
			const detail = steps.detailOf(split.name);
			rows.push([split.name, ...COLUMNS.map(column => String(detail?.[column] ?? '?')), passed ? 'as expected' : 'NOT AS EXPECTED']);
		}

		steps.say(textTable([['what', ...COLUMNS, ''], ...rows]));
	},
};

function detailOf(outcome: SplitOutcome): Detail {
	const {during, after, tookOver, sourceSays, together, longestGapMs, protectedAgain, pagesChecked, replies, longestSilenceMs} = outcome;
	const {sightings, spanMs} = together;
	return {
		'meanwhile on': during,
		'then on': after,
		'took over after':
			tookOver === undefined ? 'not' : `${tookOver.seconds.toFixed(1)} s${tookOver.since === 'end' ? ' from its end' : ''}`,
		'the old source says': sourceSays,
		'on both': sightings === 0 ? 'never' : `for ${spanMs.toFixed(0)} ms, silently`,
		'protected again': protectedAgain,
		'pages right': pagesChecked,
		replies,
		'longest silence s': Math.round(longestSilenceMs / 100) / 10,
		'looked at least every ms': Math.round(longestGapMs),
	};
}
