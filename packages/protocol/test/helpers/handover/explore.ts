import {sourceMoves} from './source-moves.ts';
import {targetMoves} from './target-moves.ts';
import {canonical, FIRST_WORLD, type Move, type Rules, take, type World} from './world.ts';

export type Violation = {
	readonly what: string;
	/** What happened, from the first world on. */
	readonly path: readonly string[];
	readonly world: World;
};

export type Exploration = {
	readonly states: number;
	readonly steps: number;
	/** States in which the guest runs nowhere, each of which leads on. */
	readonly nowhere: number;
	/** States that nothing moves any more but a fault, or an operator. */
	readonly settled: number;
	/** Settled by a person alone: the guest died as it was handed over. */
	readonly lost: number;
	readonly violations: readonly Violation[];
};

type Node = {readonly world: World; readonly from: number; readonly label: string};

/** Equal values as one object with one number: worlds differ in few parts, and are told apart by three numbers. */
class Interner<Value extends object> {
	readonly #byText = new Map<string, number>();
	readonly #known = new WeakMap<Value, number>();
	readonly #values: Value[] = [];

	numberOf(value: Value): number {
		const known = this.#known.get(value);
		if (known !== undefined) return known;
		const text = JSON.stringify(value);
		let number = this.#byText.get(text);
		if (number === undefined) {
			number = this.#values.push(value) - 1;
			this.#byText.set(text, number);
			this.#known.set(value, number);
		}

		return number;
	}

	at(number: number): Value {
		const value = this.#values[number];
		if (value === undefined) throw new RangeError(`there is no ${number}`);
		return value;
	}
}

/** Worlds that were met, by number. */
class Atlas {
	readonly nodes: Node[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #sources = new Interner<World['source']>();
	readonly #targets = new Interner<World['target']>();
	readonly #wires = new Interner<World['wire']>();

	/** The number of a world, new or known. `from`, `label`: how it was come by, where it is new. */
	add(world: World, from: number, label: string): number {
		const {source, target, wire} = canonical(world);
		const parts = [this.#sources.numberOf(source), this.#targets.numberOf(target), this.#wires.numberOf(wire)] as const;
		const key = parts.join(' ');
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		const shared = {source: this.#sources.at(parts[0]), target: this.#targets.at(parts[1]), wire: this.#wires.at(parts[2])};
		const number = this.nodes.push({world: shared, from, label}) - 1;
		this.#numbers.set(key, number);
		return number;
	}
}

/** Every world that can be reached under these rules, breadth first; stops at `limit` violations of safety, so that the shortest are shown. */
export function explore(rules: Rules, {limit = 1}: {readonly limit?: number} = {}): Exploration {
	const atlas = new Atlas();
	const {nodes} = atlas;
	atlas.add(FIRST_WORLD, -1, 'begin');
	/** By node: the nodes from which something that must happen in the end leads here. */
	const before: number[][] = [];
	const violations: Violation[] = [];
	let steps = 0;
	for (let at = 0; at < nodes.length && violations.length < limit; at++) {
		const world = worldOf(nodes, at);
		const wrong = unsafe(world);
		if (wrong !== undefined) {
			violations.push({what: wrong, path: pathTo(nodes, at), world});
			continue;
		}

		for (const {label, fault, to} of movesOf(world, rules)) {
			steps += 1;
			const index = atlas.add(to, at, label);
			if (!fault) (before[index] ??= []).push(at);
		}
	}

	const settled: number[] = [];
	let nowhere = 0;
	let lost = 0;
	for (let at = 0; at < nodes.length; at++) {
		const world = worldOf(nodes, at);
		if (isSettled(world)) settled.push(at);
		if (isSettled(world) && world.target.state === 'lost') lost += 1;
		if (world.source.guest !== 'running' && world.target.guest !== 'running') nowhere += 1;
	}

	if (violations.length === 0) violations.push(...unresolved(nodes, before, settled, limit));
	return {
		states: nodes.length,
		steps,
		nowhere,
		settled: settled.length,
		lost,
		violations,
	};
}

function movesOf(world: World, rules: Rules): Move[] {
	const losses = world.wire
		.filter(message => !message.startsWith('late '))
		.map(message => ({label: `${message} is lost`, fault: true, to: take(world, message)}));
	return [...sourceMoves(world, rules), ...targetMoves(world, rules), ...losses];
}

/** What is wrong with a world that must never be. */
function unsafe({source, target}: World): string | undefined {
	if (source.guest === 'running' && target.guest === 'running') return 'both hosts run the guest';
	if (source.guest === 'running' && target.ran) return 'the source runs a guest that has gone on at the target';
	if (target.guest === 'running' && source.guest === 'paused' && source.snapshot !== target.snapshot)
		return 'the target runs a guest that has gone on at the source';
	if (target.guest === 'running' && target.snapshot === 0) return 'the target runs half a guest';
	if (source.guest === 'gone' && !target.ran) return 'the guest is lost';
	return undefined;
}

/** Nothing is under way, exactly one host has the guest, and the other has nothing of it; or a person was called. */
function isSettled({source, target}: World): boolean {
	if (!source.up || !target.up || source.todo.length > 0 || target.todo.length > 0) return false;
	if (target.state === 'lost') return source.state === 'undecided' || source.record === 'none';
	const atSource = source.guest === 'running' && target.guest === 'none' && target.record === 'none';
	const atTarget = source.guest === 'gone' && (target.guest === 'running' || target.guest === 'dead') && target.record === 'arrived';
	return source.record === 'none' && source.state === 'idle' && source.owed.length === 0 && (atSource || atTarget);
}

/** Worlds from which no settled one is reached, both being up and connected and nothing failing any more. */
function unresolved(nodes: readonly Node[], before: readonly number[][], settled: readonly number[], limit: number): Violation[] {
	const resolves = new Set(settled);
	for (const index of resolves) for (const from of before[index] ?? []) resolves.add(from);
	const violations: Violation[] = [];
	for (let index = 0; index < nodes.length && violations.length < limit; index++) {
		if (resolves.has(index)) continue;
		violations.push({what: 'what is here never resolves', path: pathTo(nodes, index), world: worldOf(nodes, index)});
	}

	return violations;
}

function nodeOf(nodes: readonly Node[], index: number): Node {
	const node = nodes[index];
	if (node === undefined) throw new RangeError(`there is no world ${index}`);
	return node;
}

function worldOf(nodes: readonly Node[], index: number): World {
	return nodeOf(nodes, index).world;
}

function pathTo(nodes: readonly Node[], index: number): string[] {
	const path: string[] = [];
	for (let at = index; at > 0; at = nodeOf(nodes, at).from) path.push(nodeOf(nodes, at).label);
	return path.toReversed();
}
