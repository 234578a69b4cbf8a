import type {nextStandby, StandbyPhase} from '../../../src/standby-machine.ts';

/** The host that the guest is protected on: disk, guest and guard outlive the daemon. */
export type Source = {
	readonly up: boolean;
	/** `stopped`: by its guard, for want of the lease. */
	readonly guest: 'running' | 'paused' | 'stopped' | 'gone' | 'dead';
	readonly record: 'protected' | 'go' | 'stale' | 'handed-over';
	/** The last one that was cut: where a paused guest stands. */
	readonly epoch: number;
	/** Output up to this epoch is out in the world. */
	readonly released: number;
};

export type Standby = {
	readonly up: boolean;
	readonly phase: StandbyPhase;
	/** On the disk. */
	readonly record: 'receiving' | 'holding' | 'promoting' | 'running' | 'none';
	/** On the disk: no `go` for this checkpoint, or one before it, is obeyed. */
	readonly floor: number;
	/** In the store: the checkpoint that it would go on from. */
	readonly committed: number;
	readonly guest: 'none' | 'empty' | 'loaded' | 'running' | 'dead';
	/** The checkpoint that it has taken its first step from; 0 = it has taken none. */
	readonly ranFrom: number;
	/** What is under way was begun by this. */
	readonly cause: 'go' | 'take-over' | '';
	readonly todo: readonly string[];
	/** Whose `go` is answered. */
	readonly asked: number;
};

/** `owner`: the last one that was given the lease. `holder`: whose has not run out. */
export type LeaseWorld = {readonly owner: 'source' | 'standby'; readonly holder: 'source' | 'standby' | 'none'};

/** Messages are `KIND EPOCH`; a `go` that was sent may come again, or long after: `late go EPOCH`. */
export type World = {readonly source: Source; readonly standby: Standby; readonly lease: LeaseWorld; readonly wire: readonly string[]};

/** One thing that may happen. A `fault` need not; whatever is none happens in the end. */
export type Move = {readonly label: string; readonly fault: boolean; readonly to: World};

export type Rules = {
	readonly nextStandby: typeof nextStandby;
	/** Checkpoints that the source takes at most. */
	readonly epochs: number;
	/** A `go` is obeyed only for the checkpoint that is held, and above those that were declined. */
	readonly checksEpoch: boolean;
	/** What is declined is written before it is said. */
	readonly keepsDeclined: boolean;
	/** The standby takes over only with the lease. */
	readonly needsLease: boolean;
	/** A lease is followed only by one of a later incarnation. */
	readonly fencesOwner: boolean;
	/** A restarted daemon looks at the guest before it loads it. */
	readonly looksFirst: boolean;
};

export const FIRST_WORLD: World = {
	source: {up: true, guest: 'running', record: 'protected', epoch: 0, released: 0},
	standby: {
		up: true,
		phase: 'receiving',
		record: 'receiving',
		floor: 0,
		committed: 0,
		guest: 'empty',
		ranFrom: 0,
		cause: '',
		todo: [],
		asked: 0,
	},
	lease: {owner: 'source', holder: 'source'},
	wire: [],
};

const TO_SOURCE = new Set(['committed', 'running', 'declined']);

export function withSource(world: World, change: Partial<Source>): World {
	return {...world, source: {...world.source, ...change}};
}

export function withStandby(world: World, change: Partial<Standby>): World {
	return {...world, standby: {...world.standby, ...change}};
}

export function send(world: World, message: string): World {
	return {...world, wire: [...new Set([...world.wire, message])].toSorted()};
}

/** Takes a message off the wire: delivered or lost. A `go` lingers. */
export function take(world: World, message: string): World {
	const others = world.wire.filter(other => other !== message);
	return {...world, wire: message.startsWith('go ') ? [...new Set([...others, `late ${message}`])].toSorted() : others};
}

/** What was on its way to a daemon is gone with it. */
export function disconnect(world: World, side: 'source' | 'standby'): World {
	return {...world, wire: world.wire.filter(message => message.startsWith('late ') || isToSource(message) !== (side === 'source'))};
}

export function isToSource(message: string): boolean {
	return TO_SOURCE.has(message.split(' ', 1)[0] ?? '');
}

/** Kind and epoch. `late`: may come again. */
export function parse(message: string): {readonly kind: string; readonly epoch: number; readonly late: boolean} {
	const words = message.split(' ');
	const late = words[0] === 'late';
	const [kind = '', epoch = '0'] = late ? words.slice(1) : words;
	return {kind, epoch: Number(epoch), late};
}

/** The same world without what makes no difference: who was answered last, words that nobody waits for. */
export function canonical(world: World): World {
	const {source, standby, wire} = world;
	const idle = standby.todo.length === 0;
	return {
		...world,
		standby: {...standby, asked: idle ? 0 : standby.asked, cause: idle && standby.phase !== 'promoting' ? '' : standby.cause},
		wire: wire.filter(message => {
			const {kind, epoch, late} = parse(message);
			if (kind === 'committed') return epoch > source.released;
			if (kind === 'running' || kind === 'declined' || kind === 'query') return source.record === 'go';
			return (
				!late || (source.record !== 'handed-over' && source.record !== 'stale' && standby.record !== 'none' && standby.record !== 'running')
			);
		}),
	};
}
