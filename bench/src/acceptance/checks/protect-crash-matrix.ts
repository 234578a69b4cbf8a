import {aftersOf, PROTECTION_CRASH_POINTS, protectionCrashAt, SHARED_CRASH_POINTS, waysTo} from '@sterna/test-e2e';
import {runCtl} from '../../run-ctl.ts';
import type {Check} from '../check.ts';
import {textTable} from '../text-table.ts';

const COLUMNS = [
	'crash point',
	'by way of',
	'then',
	'meanwhile on',
	'in the end on',
	'other host',
	'pages right',
	'lines once',
	'unheard',
	'',
] as const;

export const protectCrashMatrix: Check = {
	name: 'protect-crash-matrix',
	title:
		'either daemon of a protection, killed at each of its writes, messages and steps of a commit, restarted or not: one copy runs, intact, no line twice',
	subject: 'files',
	async run(steps) {
		const rows: string[][] = [];
		for (const point of [...PROTECTION_CRASH_POINTS, ...SHARED_CRASH_POINTS]) {
			for (const way of waysTo(point)) {
				for (const after of aftersOf(point)) {
					const name = `${point} (${way}), ${after}`;
					const passed = await steps.step(name, async () => {
						const {meanwhile, end, other, pagesChecked, lines, unheard} = await protectionCrashAt({point, way, after}, runCtl);
						return {
							'meanwhile on': meanwhile,
							'in the end on': end,
							'other host': other,
							'pages right': pagesChecked,
							'lines once': lines,
							unheard,
						};
					});
					const detail = steps.detailOf(name);
					const cells = COLUMNS.slice(3, -1).map(column => String(detail?.[column] ?? '?'));
					rows.push([point, way, after, ...cells, passed ? 'as expected' : 'NOT AS EXPECTED']);
				}
			}
		}

		steps.say(textTable([COLUMNS, ...rows]));
	},
};
