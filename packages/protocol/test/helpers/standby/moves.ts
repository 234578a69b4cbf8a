import type {StandbyInput} from '../../../src/standby-machine.ts';
import {disconnect, isToSource, type Move, parse, type Rules, send, take, withSource, withStandby, type World} from './world.ts';

/** Everything that may happen next. */
export function movesOf(world: World, rules: Rules): Move[] {
	const losses = world.wire
		.filter(message => !message.startsWith('late '))
		.map(message => ({label: `${message} is lost`, fault: true, to: take(world, message)}));
	return [...sourceMoves(world, rules), ...standbyMoves(world, rules), ...leaseMoves(world, rules), ...losses];
}

function sourceMoves(world: World, rules: Rules): Move[] {
	const {source, standby, lease} = world;
	const moves: Move[] = [];
	const add = (label: string, fault: boolean, to: World): void => void moves.push({label, fault, to});
	if (source.guest === 'running' || source.guest === 'stopped')
		add('the guest of the source dies', true, withSource(world, {guest: 'dead'}));
	if (!source.up) return [...moves, {label: 'source restarts', fault: false, to: withSource(world, {up: true})}];
	add('source crashes', true, disconnect(withSource(world, {up: false}), 'source'));
	const isOurs = source.guest === 'running' && source.record === 'protected';
	const listens = standby.up && standby.todo.length === 0 && (standby.phase === 'receiving' || standby.phase === 'holding');
	if (isOurs && listens && source.epoch < rules.epochs) {
		const epoch = source.epoch + 1;
		const held = withStandby(withSource(world, {epoch}), {committed: epoch});
		add(`checkpoint ${epoch}`, true, send(play(held, 'committed', rules), `committed ${epoch}`));
	}

	if (isOurs && source.epoch > 0 && source.released === source.epoch)
		add('planned failover', true, send(withSource(world, {guest: 'paused', record: 'go'}), `go ${source.epoch}`));
	const answers = [`go ${source.epoch}`, `query ${source.epoch}`, 'running 0', `declined ${source.epoch}`];
	if (source.record === 'go' && !answers.some(message => world.wire.includes(message)) && standby.todo.length === 0)
		add('source asks', false, send(world, `query ${source.epoch}`));
	for (const message of world.wire.filter(isToSource)) {
		const {kind, epoch} = parse(message);
		const heard = take(world, message);
		if (kind === 'committed') add(`source hears ${message}`, false, withSource(heard, {released: Math.max(source.released, epoch)}));
		else if (source.record !== 'go') add(`source drops ${message}`, false, heard);
		else if (kind === 'running') add('source hears running', false, withSource(heard, {record: 'handed-over', guest: 'gone'}));
		else if (epoch !== source.epoch) add(`source drops ${message}`, false, heard);
		else
			add(
				'source hears declined',
				false,
				withSource(heard, {record: 'protected', guest: lease.holder === 'source' ? 'running' : 'stopped'}),
			);
	}

	return moves;
}

function leaseMoves(world: World, rules: Rules): Move[] {
	const {source, standby, lease} = world;
	const moves: Move[] = [];
	if (lease.holder === 'source') {
		const guest = source.guest === 'running' ? 'stopped' : source.guest;
		const to = withSource({...world, lease: {...lease, holder: 'none'}}, {guest});
		moves.push({label: 'the lease of the source runs out', fault: source.up && source.guest === 'running', to});
	}

	if (lease.holder === 'standby' && standby.phase !== 'promoted')
		moves.push({label: 'the lease of the standby runs out', fault: true, to: {...world, lease: {...lease, holder: 'none'}}});
	const isBack = source.up && source.guest === 'stopped' && source.record === 'protected' && lease.holder !== 'source';
	if (isBack && rules.fencesOwner && lease.owner === 'standby')
		moves.push({label: 'source finds itself stale', fault: false, to: withSource(world, {record: 'stale'})});
	else if (isBack && lease.holder === 'none')
		moves.push({
			label: 'source has the lease again',
			fault: false,
			to: withSource({...world, lease: {owner: 'source', holder: 'source'}}, {guest: 'running'}),
		});
	return moves;
}

function standbyMoves(world: World, rules: Rules): Move[] {
	const {standby, lease} = world;
	const moves: Move[] = [];
	const add = (label: string, fault: boolean, to: World): void => void moves.push({label, fault, to});
	if (standby.guest !== 'none' && standby.guest !== 'dead') add('the guest of the standby dies', true, withStandby(world, {guest: 'dead'}));
	if (!standby.up) return [...moves, {label: 'standby restarts', fault: false, to: restart(world, rules)}];
	add('standby crashes', true, disconnect(withStandby(world, {up: false, todo: [], cause: ''}), 'standby'));
	if (standby.todo.length > 0) return [...moves, ...act(world, rules)];
	const isHeld = standby.phase === 'receiving' || standby.phase === 'holding';
	if (standby.guest === 'dead' && isHeld) add('standby sees that its guest is gone', false, play(world, 'guest-lost', rules));
	if (standby.phase === 'receiving') add('the link is lost', true, play(world, 'link-lost', rules));
	if (standby.phase === 'promoting' && standby.ranFrom > 0) add('the guest runs at the standby', false, play(world, 'runs', rules));
	// Who says so knows it.
	if (standby.phase === 'lost' && standby.ranFrom === 0)
		add('a person says that the guest took no step', false, play(world, 'ended', rules));
	if (standby.phase === 'holding' && standby.guest !== 'dead' && lease.holder === 'none')
		add('standby gets the lease', false, {...world, lease: {owner: 'standby', holder: 'standby'}});
	if (standby.phase === 'holding' && (lease.holder === 'standby' || !rules.needsLease))
		add('standby takes over', false, withStandby(play(world, 'take-over', rules), {cause: 'take-over'}));
	for (const message of world.wire.filter(each => !isToSource(each)))
		add(`standby hears ${message}`, message.startsWith('late '), hear(world, message, rules));
	return moves;
}

function hear(before: World, message: string, rules: Rules): World {
	const {kind, epoch, late} = parse(message);
	const world = withStandby(late ? before : take(before, message), {asked: epoch});
	const {phase, committed, floor} = world.standby;
	if (kind === 'query') return play(world, 'query', rules);
	if (phase === 'holding' && rules.checksEpoch && (epoch !== committed || epoch <= floor)) return play(world, 'late-go', rules);
	return withStandby(play(world, 'go', rules), {cause: 'go'});
}

function play(world: World, input: StandbyInput, rules: Rules): World {
	const {state, effects} = rules.nextStandby(world.standby.phase, input);
	return withStandby(world, {phase: state, todo: [...world.standby.todo, ...effects]});
}

function restart(world: World, rules: Rules): World {
	const {record, committed, guest} = world.standby;
	// A store that has a whole checkpoint is the later truth.
	const phase =
		record === 'none' ? 'removed' : record === 'running' ? 'promoted' : record === 'receiving' && committed > 0 ? 'holding' : record;
	const up = withStandby(world, {up: true, phase});
	if ((phase === 'holding' || phase === 'promoting') && (guest === 'dead' || guest === 'none')) return play(up, 'guest-lost', rules);
	return play(up, 'restarted', rules);
}

/** The first effect that is still to come: done, or failed where it can fail. */
function act(world: World, rules: Rules): Move[] {
	const [effect = '', ...todo] = world.standby.todo;
	const rest = withStandby(world, {todo});
	const {committed, guest, cause, asked, floor, record} = world.standby;
	const done = (change: World['standby'] | Partial<World['standby']>): Move[] => [
		{label: `standby: ${effect}`, fault: false, to: withStandby(rest, change)},
	];
	switch (effect) {
		case 'journal-holding':
			return done({record: 'holding'});
		case 'journal-promoting':
			return done({record: 'promoting'});
		case 'journal-promoted':
			return done({record: 'running'});
		case 'journal-declined':
			return done(rules.keepsDeclined ? {floor: Math.max(floor, committed), record: record === 'promoting' ? 'holding' : record} : {});
		case 'journal-removed':
			return done({record: 'none'});
		case 'destroy-guest':
			return done({guest: 'none'});
		case 'load-guest':
			if (guest === 'empty') return [...done({guest: 'loaded'}), failed(rest, cause, rules)];
			if (guest === 'dead') return [failed(rest, cause, rules)];
			return rules.looksFirst ? done({}) : done({guest: 'loaded'});
		case 'resume-guest':
			if (guest === 'loaded') return [...done({guest: 'running', ranFrom: committed}), failed(rest, cause, rules)];
			return guest === 'running' ? done({}) : [failed(rest, cause, rules)];
		case 'send-running':
			return [{label: 'standby says running', fault: false, to: send(rest, 'running 0')}];
		default:
			return [{label: 'standby says declined', fault: false, to: send(rest, `declined ${asked}`)}];
	}
}

/** The guest cannot be set running: what it is told depends on whether it can have taken a step. */
function failed(world: World, cause: World['standby']['cause'], rules: Rules): Move {
	const {guest} = world.standby;
	const cleared = withStandby(world, {todo: []});
	const never = cause !== '' || guest === 'empty';
	const input = !never ? 'guest-lost' : cause === 'go' ? 'go-failed' : 'take-over-failed';
	const to = play(cleared, input, rules);
	// A guest whose process is gone holds nothing any more.
	const lost = to.standby.phase === 'holding' && guest !== 'empty' ? play(withStandby(to, {guest: 'dead'}), 'guest-lost', rules) : to;
	return {label: 'the guest cannot be set running', fault: guest !== 'dead', to: lost};
}
