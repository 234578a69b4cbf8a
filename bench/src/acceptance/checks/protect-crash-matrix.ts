import {aftersOf, PROTECTION_CRASH_POINTS, type ProtectionCrash, protectionCrashAt, SHARED_CRASH_POINTS, waysTo} from '@sterna/test-e2e';
import {runCtl} from '../../run-ctl.ts';
import type {Check} from '../check.ts';
import {textTable} from '../text-table.ts';

const COLUMNS = [
	'crash point',
	'by way of',
	'then',
	'decided by',
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
		for (const leases of [false, true]) {
			for (const crash of crashesOf(leases)) {
				const {point, way, after} = crash;
				const name = `${point} (${way}), ${after}${leases ? ', with leases' : ''}`;
				const passed = await steps.step(name, async () => {
					const {meanwhile, end, other, pagesChecked, lines, unheard} = await protectionCrashAt(crash, runCtl);
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
				const cells = COLUMNS.slice(4, -1).map(column => String(detail?.[column] ?? '?'));
				rows.push([point, way, after, leases ? 'a lease' : 'a person', ...cells, passed ? 'as expected' : 'NOT AS EXPECTED']);
			}
		}

		steps.say(textTable([COLUMNS, ...rows]));
	},
};

function crashesOf(leases: boolean): ProtectionCrash[] {
	return [...PROTECTION_CRASH_POINTS, ...SHARED_CRASH_POINTS].flatMap(point =>
		waysTo(point, {leases}).flatMap(way => aftersOf(point).map(after => ({point, way, after, leases}))),
	);
}
