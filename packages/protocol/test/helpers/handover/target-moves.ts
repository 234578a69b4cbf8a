import type {TargetEvent} from '../../../src/handover.ts';
import {disconnect, type Move, type Rules, send, snapshotOf, take, withTarget, type World} from './world.ts';

/** Everything that may happen at the target next. */
export function targetMoves(world: World, rules: Rules): Move[] {
	const {target, source} = world;
	if (!target.up) return [{label: 'target restarts', fault: false, to: restart(world, rules)}];
	const moves: Move[] = [{label: 'target crashes', fault: true, to: crash(world)}];
	if (target.guest === 'running') moves.push({label: 'the guest at the target dies', fault: true, to: withTarget(world, {guest: 'dead'})});
	if (target.todo.length > 0) return [...moves, ...act(world, rules)];
	if (target.state === 'receiving') {
		// The hold ends while the source is on its way back, or because nobody is.
		const isWanted = source.state === 'transferring' && source.incarnation === target.incarnation;
		moves.push({label: 'hold is over', fault: isWanted, to: play(world, 'failed', rules)});
	}

	const isLeft = target.record !== 'none' && target.record !== 'arrived' && target.state !== 'receiving' && target.state !== 'ready';
	// Of an arrival whose end could not be written: `migrate-ctl resolve` does what a restart would.
	if (isLeft && target.state !== 'lost') moves.push({label: 'operator resolves at the target', fault: false, to: restart(world, rules)});
	for (const message of world.wire) {
		const fault = message.startsWith('late ');
		const [kind = '', incarnation = '', link = ''] = (fault ? message.slice(5) : message).split(' ');
		const to = hear(world, fault ? world : take(world, message), {kind, incarnation: Number(incarnation), link: Number(link)}, rules);
		if (to !== undefined) moves.push({label: `target hears ${message}`, fault, to});
	}

	return moves;
}

function play(world: World, event: TargetEvent, rules: Rules): World {
	const {target} = world;
	if (target.state === 'idle') return world;
	const step = rules.nextTarget(target.state, event);
	const ends = step.state === 'running' ? ['journal-arrived'] : step.state === 'declined' ? ['journal-gone'] : [];
	const effects = step.effects.map(effect => (event === 'restarted' && effect === 'resume-guest' ? 'resume-again' : effect));
	const todo = [...effects, ...(effects.length > 0 ? ends : [])];
	return withTarget(world, {state: step.state, todo, mustDecline: target.mustDecline && step.state === 'running'});
}

type Message = {readonly kind: string; readonly incarnation: number; readonly link: number};

/** The world once a message was heard; undefined for one that is not for the target. `before`: with the message still on the wire. */
function hear(before: World, world: World, {kind, incarnation, link}: Message, rules: Rules): World | undefined {
	const {target} = world;
	const isOurs = target.state !== 'idle' && target.incarnation === incarnation;
	switch (kind) {
		case 'prepare': {
			if (target.state === 'ready' && target.incarnation < incarnation) return play(before, 'query', rules);
			if (target.state !== 'idle' || target.record !== 'none' || target.guest !== 'none')
				return send(world, `refused ${incarnation} ${link}`);
			const todo = ['journal-receiving', 'send-prepared'];
			return withTarget(world, {state: 'receiving', incarnation, link, readyJournaled: false, guest: 'paused', snapshot: 0, todo});
		}

		case 'resume': {
			if (!isOurs || target.state !== 'receiving' || link <= target.link) return send(world, `refused ${incarnation} ${link}`);
			return withTarget(world, {link, snapshot: 0, todo: ['journal-receiving', 'send-prepared']});
		}

		case 'end':
			if (!isOurs || target.state !== 'receiving' || (rules.fencesLinks && target.link !== link)) return world;
			return withTarget(world, {todo: ['journal-ready', `load ${snapshotOf(incarnation, link)}`]});
		case 'go':
			if (isOurs) return play(world, target.mustDecline ? 'resume-failed' : 'go', rules);
			return withTarget(world, {
				todo: [`answer-${target.outcomes[incarnation - 1] === 'running' ? 'running' : 'declined'} ${incarnation}`],
			});
		case 'query': {
			if (isOurs) return play(world, target.mustDecline ? 'resume-failed' : 'query', rules);
			const known = target.outcomes[incarnation - 1];
			if (known !== undefined && known !== '') return withTarget(world, {todo: [`answer-${known} ${incarnation}`]});
			return withTarget(world, {todo: [`outcome-unheard ${incarnation}`, `answer-declined ${incarnation}`]});
		}

		case 'abort': {
			const answer = `answer-told ${incarnation}`;
			if (!isOurs || target.state === 'running') return withTarget(world, {todo: [answer]});
			const declined = play(world, 'query', rules);
			return withTarget(declined, {todo: [...declined.target.todo, answer]});
		}

		default:
			return undefined;
	}
}

function crash(world: World): World {
	return withTarget(disconnect(world, 'target'), {up: false, state: 'idle', link: -1, readyJournaled: false, mustDecline: false, todo: []});
}

function restart(world: World, rules: Rules): World {
	const {record, recordIncarnation, outcomes, guest} = world.target;
	const up = withTarget(world, {up: true, state: 'idle', incarnation: recordIncarnation, mustDecline: false});
	if (record === 'none') return guest === 'paused' && rules.removesOrphans ? withTarget(up, {todo: ['destroy-guest']}) : up;
	if (record === 'arrived') return up;
	const past = outcomes[recordIncarnation - 1];
	const state = past === undefined || past === '' ? record : past;
	return play(withTarget(up, {state, readyJournaled: record === 'ready'}), 'restarted', rules);
}

/** The next effect, done; with whatever else may come of it. */
function act(world: World, rules: Rules): Move[] {
	const [effect = '', ...todo] = world.target.todo;
	const rest = withTarget(world, {todo});
	const [name = '', argument = ''] = effect.split(' ');
	const moves: Move[] = [];
	const isDead = world.target.guest === 'dead' || world.target.guest === 'none';
	if (name === 'resume-guest' || name === 'resume-again') {
		const failed = play(rest, name === 'resume-guest' ? 'resume-failed' : 'guest-lost', rules);
		moves.push({label: 'the guest cannot be resumed at the target', fault: !isDead, to: failed});
		if (isDead) return moves;
	}

	if (name === 'load') moves.push({label: 'the target cannot load', fault: true, to: play(rest, 'failed', rules)});
	const done = effectDone(rest, name, Number(argument), rules);
	moves.push({label: `target: ${effect}`, fault: false, to: done});
	if (rules.journalFaults && /^(?:journal|outcome)/.test(name)) {
		for (const [label, disk] of [
			['old', {}],
			['new', {record: done.target.record, recordIncarnation: done.target.recordIncarnation, outcomes: done.target.outcomes}],
		] as const)
			moves.push({
				label: `target: ${effect} fails, ${label} on the disk`,
				fault: true,
				to: writeFailed(withTarget(rest, disk), world, name, rules),
			});
	}

	return moves;
}

/** A step that could not be written was not taken, and is not answered. */
function writeFailed(world: World, before: World, effect: string, rules: Rules): World {
	const {target} = world;
	switch (effect) {
		case 'journal-receiving':
			// Of a new arrival: refused, with all that was made for it.
			if (target.link === 0 && before.target.todo.includes('send-prepared'))
				return send(
					withTarget(world, {state: 'idle', todo: [], guest: 'none', record: 'none'}),
					`refused ${target.incarnation} ${target.link}`,
				);
			return play(withTarget(world, {todo: []}), 'failed', rules);
		case 'journal-ready':
			return play(withTarget(world, {state: 'receiving', todo: []}), 'failed', rules);
		case 'outcome-unheard':
			return withTarget(world, {todo: []});
		case 'journal-running':
			return withTarget(world, {state: 'ready', todo: []});
		case 'journal-declined':
			if (
				target.outcomes[target.incarnation - 1] === 'running' &&
				before.target.todo.includes('send-declined') &&
				target.guest === 'paused' &&
				target.readyJournaled
			)
				return withTarget(world, {state: 'running', mustDecline: true, todo: []});
			return withTarget(world, {state: target.readyJournaled ? 'ready' : 'receiving', todo: []});
		default:
			return world;
	}
}

function effectDone(world: World, effect: string, argument: number, rules: Rules): World {
	const {target} = world;
	const {incarnation, link} = target;
	const withOutcome = (of: number, outcome: 'running' | 'declined'): World =>
		withTarget(world, {outcomes: target.outcomes.map((old, index) => (index === of - 1 ? outcome : old))});
	switch (effect) {
		case 'journal-receiving':
			return withTarget(world, {record: 'receiving', recordIncarnation: incarnation, readyJournaled: false});
		case 'send-prepared':
			return send(world, `prepared ${incarnation} ${link}`);
		case 'journal-ready':
			return target.readyJournaled ? world : withTarget(world, {record: 'ready', recordIncarnation: incarnation, readyJournaled: true});
		case 'load':
			return play(withTarget(world, {snapshot: argument}), 'loaded', rules);
		case 'send-ready':
			return send(world, `ready ${incarnation} ${link}`);
		case 'journal-running':
			return withOutcome(incarnation, 'running');
		case 'resume-guest':
		case 'resume-again':
			return withTarget(world, {guest: 'running', ran: true});
		case 'send-running':
			return send(world, `running ${incarnation}`);
		case 'journal-arrived':
			return withTarget(world, {record: 'arrived'});
		case 'journal-declined':
			return rules.keepsDeclined ? withOutcome(incarnation, 'declined') : world;
		case 'destroy-guest':
			return withTarget(world, {guest: 'none', snapshot: 0});
		case 'send-declined':
			return send(world, `declined ${incarnation}`);
		case 'journal-gone':
			return withTarget(world, {record: 'none', state: 'idle', readyJournaled: false});
		case 'outcome-unheard':
			return withOutcome(argument, 'declined');
		case 'answer-running':
			return send(world, `running ${argument}`);
		case 'answer-declined':
			return send(world, `declined ${argument}`);
		case 'answer-told':
			return send(world, `told ${argument}`);
		default:
			throw new TypeError(`the target knows of no ${effect}`);
	}
}
