import {movesOf} from './moves.ts';
import {canonical, FIRST_WORLD, type Rules, type World} from './world.ts';

export type StandbyExploration = {
	readonly states: number;
	readonly steps: number;
	readonly promoted: number;
	/** What is wrong with the first world that must never be, and what happened until then. */
	readonly violation: {readonly what: string; readonly path: readonly string[]} | undefined;
};

type Node = {readonly world: World; readonly from: number; readonly label: string; readonly before: number[]};

/** Every world that can be reached under these rules, breadth first, up to the first one that is wrong; then whether each leads to a settled one. */
export function exploreStandby(rules: Rules): StandbyExploration {
	const nodes: Node[] = [];
	const known = new Map<string, number>();
	const add = (met: World, from: number, label: string): number => {
		const world = canonical(met);
		const key = JSON.stringify(world);
		const index = known.get(key) ?? nodes.push({world, from, label, before: []}) - 1;
		known.set(key, index);
		return index;
	};
	const pathTo = (index: number): string[] => {
		const path: string[] = [];
		for (let node = nodes[index]; node !== undefined && node.from >= 0; node = nodes[node.from]) path.push(node.label);
		return path.toReversed();
	};
	add(FIRST_WORLD, -1, 'begin');
	let steps = 0;
	let promoted = 0;
	// Grows while it is gone through.
	for (const [at, {world}] of nodes.entries()) {
		const what = unsafe(world);
		if (what !== undefined) return {states: nodes.length, steps, promoted, violation: {what, path: pathTo(at)}};
		if (world.standby.phase === 'promoted') promoted += 1;
		for (const {label, fault, to} of movesOf(world, rules)) {
			steps += 1;
			const index = add(to, at, label);
			if (!fault) nodes[index]?.before.push(at);
		}
	}

	const resolves = new Set(nodes.flatMap(({world}, index) => (isSettled(world) ? [index] : [])));
	for (const index of resolves) for (const from of nodes[index]?.before ?? []) resolves.add(from);
	const stuck = nodes.findIndex((_, index) => !resolves.has(index));
	const violation = stuck < 0 ? undefined : {what: 'what is here never resolves', path: pathTo(stuck)};
	return {states: nodes.length, steps, promoted, violation};
}

/** What is wrong with a world that must never be. */
function unsafe({source, standby}: World): string | undefined {
	if (source.guest === 'running' && standby.guest === 'running') return 'both hosts run the guest';
	if (source.guest === 'running' && standby.ranFrom > 0) return 'the source runs a guest that has gone on at the standby';
	if (standby.guest === 'running' && standby.ranFrom < source.released) return 'the standby has forgotten what the world has seen';
	if (standby.guest === 'running' && standby.ranFrom === 0) return 'the standby runs half a guest';
	if (source.guest === 'gone' && standby.ranFrom === 0) return 'the guest is lost';
	return undefined;
}

/** Nothing is under way, and one host has the guest, or it has died; or a person was called. */
function isSettled({source, standby, lease}: World): boolean {
	if (!source.up || !standby.up || standby.todo.length > 0) return false;
	if (standby.phase === 'lost') return true;
	// It died between getting the lease and running: what the source has is good, which a person must say.
	if (standby.phase === 'removed' && standby.ranFrom === 0 && lease.owner === 'standby')
		return source.record === 'stale' || source.guest === 'dead';
	const isOver = source.record === 'stale' || source.record === 'handed-over' || source.guest === 'dead';
	if (standby.phase === 'promoted') return isOver;
	if (source.guest === 'running') return source.record === 'protected';
	return source.guest === 'dead' && (standby.phase === 'removed' || standby.phase === 'receiving' || standby.guest === 'dead');
}
