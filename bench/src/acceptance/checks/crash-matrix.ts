import {type AfterCrash, CRASH_POINTS, crashAt} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';
import {textTable} from '../text-table.ts';

const AFTER: readonly AfterCrash[] = ['restart', 'stay down'];
const COLUMNS = ['crash point', 'then', 'meanwhile on', 'in the end on', 'pages right', 'lines once', ''] as const;

export const crashMatrix: Check = {
	name: 'crash-matrix',
	title:
		'each daemon, killed before and after each journal write and handover message, restarted or not: one copy runs, intact, no line lost or twice',
	subject: 'files',
	async run(steps) {
		const rows: string[][] = [];
		for (const point of CRASH_POINTS) {
			for (const after of AFTER) {
				const name = `${point}, ${after}`;
				const passed = await steps.step(name, async () => {
					const {meanwhile, end, pagesChecked, lines} = await crashAt(point, after);
					return {'meanwhile on': meanwhile, 'in the end on': end, 'pages right': pagesChecked, 'lines once': lines};
				});
				rows.push([point, after, ...cells(steps.detailOf(name)), passed ? 'as expected' : 'NOT AS EXPECTED']);
			}
		}

		steps.say(textTable([COLUMNS, ...rows]));
	},
};

function cells(detail: Detail | undefined): string[] {
	return COLUMNS.slice(2, -1).map(name => String(detail?.[name] ?? '?'));
}
