import type {Timed} from '../measure/sampler.ts';
import type {ThreadTimes} from '../measure/thread-times.ts';

type Snapshot = Timed<ReadonlyMap<number, ThreadTimes>>;

/** Where a thread's time went, in seconds. */
export type ThreadUse = Omit<ThreadTimes, 'name'> & {readonly tid: number; readonly name: string};

/** What each thread used between two times, by the samples next to them. Threads that did nothing are left out. */
export function threadUse(samples: readonly Snapshot[], fromMs: number, toMs: number): ThreadUse[] {
	const before = samples.findLast(({atMs}) => atMs <= fromMs) ?? samples[0];
	const after = samples.find(({atMs}) => atMs >= toMs) ?? samples.at(-1);
	if (before === undefined || after === undefined) return [];
	return [...after.value]
		.map(([tid, {name, user, system, queued}]): ThreadUse => {
			const began = before.value.get(tid) ?? {user: 0, system: 0, queued: 0};
			return {tid, name, user: user - began.user, system: system - began.system, queued: queued - began.queued};
		})
		.filter(({user, system}) => user + system > 0);
}

/** The same threads over several migrations. */
export function addUse(sum: Map<number, ThreadUse>, uses: readonly ThreadUse[]): void {
	for (const use of uses) {
		const {user, system, queued} = sum.get(use.tid) ?? {user: 0, system: 0, queued: 0};
		sum.set(use.tid, {...use, user: use.user + user, system: use.system + system, queued: use.queued + queued});
	}
}

/** Threads that used less than this part of the time are of no interest. */
const LEAST = 0.01;

/** A table of shares of `seconds`, the busiest thread first. */
export function renderUse(title: string, uses: Iterable<ThreadUse>, seconds: number): string {
	const percent = (value: number): string => `${((value / seconds) * 100).toFixed(1)} %`.padStart(10);
	const shown = [...uses]
		.filter(({user, system}) => (user + system) / seconds >= LEAST)
		.toSorted((a, b) => b.user + b.system - a.user - a.system);
	const lines = shown.map(({tid, name, user, system, queued}) => {
		const blocked = Math.max(0, seconds - user - system - queued);
		return `  ${`${name} (${tid})`.padEnd(28)}${percent(user)}${percent(system)}${percent(queued)}${percent(blocked)}`;
	});
	const head = ['user space', 'kernel', 'no core', 'blocked'].map(word => word.padStart(10)).join('');
	return [`${title.padEnd(30)}${head}`, ...lines].join('\n');
}
