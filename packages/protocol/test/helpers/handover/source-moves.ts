import type {SourceEvent} from '../../../src/handover.ts';
import {disconnect, isOnWire, type Move, type Rules, send, snapshotOf, take, withSource, type World} from './world.ts';

/** Everything that may happen at the source next. */
export function sourceMoves(world: World, rules: Rules): Move[] {
	const {source} = world;
	if (!source.up) return [{label: 'source restarts', fault: false, to: restart(world, rules)}];
	const moves: Move[] = [{label: 'source crashes', fault: true, to: crash(world)}];
	if (source.todo.length > 0) return [...moves, ...act(world, rules)];
	moves.push(...tell(world, rules));
	switch (source.state) {
		case 'idle':
			if (source.record === 'none' && source.guest === 'running' && source.incarnation < rules.incarnations)
				moves.push({label: 'operator starts a migration', fault: true, to: begin(world)});
			// Of an attempt whose end could not be written: `migrate-ctl resolve` does what a restart would.
			if (source.record !== 'none') moves.push({label: 'operator resolves at the source', fault: false, to: restart(world, rules)});
			break;
		case 'transferring':
			moves.push(...transfer(world, rules));
			break;
		case 'go':
		case 'undecided':
			moves.push(...waitForWord(world, rules));
			break;
		case 'handed-over':
		case 'given-back':
			break;
	}

	return moves;
}

function play(world: World, event: SourceEvent, rules: Rules): World {
	const {source} = world;
	if (source.state === 'idle') return world;
	const step = rules.nextSource(source.state, event);
	const after = step.state === 'handed-over' && step.effects.length > 0 ? ['remove-record'] : [];
	return withSource(world, {
		state: step.state,
		todo: [...step.effects, ...after],
		...(event === 'declined' ? {receiverKnows: true} : {}),
	});
}

function begin(world: World): World {
	return withSource(world, {
		state: 'transferring',
		incarnation: world.source.incarnation + 1,
		link: 0,
		linked: 'asked',
		goJournaled: false,
		receiverKnows: false,
		todo: ['journal-begin', 'send-prepare'],
	});
}

function crash(world: World): World {
	return withSource(disconnect(world, 'source'), {
		up: false,
		state: 'idle',
		linked: 'no',
		goJournaled: false,
		receiverKnows: false,
		todo: [],
	});
}

function restart(world: World, rules: Rules): World {
	const {record} = world.source;
	const up = withSource(world, {up: true, state: record === 'none' ? 'idle' : record, goJournaled: record === 'go'});
	return record === 'none' ? up : play(up, 'restarted', rules);
}

/** The next effect, done; and, with faults of the journal, not done. */
function act(world: World, rules: Rules): Move[] {
	const [effect = '', ...todo] = world.source.todo;
	const rest = withSource(world, {todo});
	const moves: Move[] = [{label: `source: ${effect}`, fault: false, to: effectDone(rest, effect, rules)}];
	const writes = /^(?:journal|outcome|remove)/.test(effect) && effect !== 'journal-returned';
	if (!rules.journalFaults || !writes) return moves;
	// Where the name could not be flushed the disk has the new text all the same.
	for (const [label, failed] of [
		['old', rest],
		['new', {...rest, source: {...effectDone(rest, effect, rules).source, ...memoryOf(rest)}}],
	] as const)
		moves.push({label: `source: ${effect} fails, ${label} on the disk`, fault: true, to: writeFailed(failed, effect, rules)});
	return moves;
}

/** What the daemon has in mind, as opposed to what is on the disk. */
function memoryOf({source: {state, link, linked, goJournaled, receiverKnows, todo}}: World): Partial<World['source']> {
	return {state, link, linked, goJournaled, receiverKnows, todo};
}

/** Only an attempt that cannot be begun, and a `go` that cannot be written, change what is done: the rest is for a restarted daemon to repeat. */
function writeFailed(world: World, effect: string, rules: Rules): World {
	if (effect === 'journal-begin') return withSource(world, {state: 'idle', linked: 'no', todo: [], record: 'none'});
	if (effect === 'journal-go') return play(withSource(world, {state: 'transferring', todo: []}), 'failed', rules);
	if (effect === 'journal-transferring') return withSource(world, {goJournaled: false});
	if (effect === 'outcome-given-back') return withSource(world, {todo: [], state: 'idle'});
	if (effect === 'remove-record' || effect === 'record-returned') return withSource(world, {state: 'idle'});
	return world;
}

function effectDone(world: World, effect: string, rules: Rules): World {
	const {source} = world;
	const {incarnation, link} = source;
	switch (effect) {
		case 'journal-begin':
			return withSource(world, {record: 'transferring'});
		case 'send-prepare':
			return send(world, `prepare ${incarnation} ${link}`);
		case 'journal-transferring':
			return source.goJournaled ? withSource(world, {record: 'transferring', goJournaled: false}) : world;
		case 'journal-go':
			return source.goJournaled ? world : withSource(world, {record: 'go', goJournaled: true});
		case 'send-go':
			return send(world, `go ${incarnation}`);
		case 'query-outcome':
			return send(world, `query ${incarnation}`);
		case 'resume-guest':
			return source.guest === 'gone' ? world : withSource(world, {guest: 'running', snapshot: 0});
		case 'destroy-guest':
			return withSource(world, {guest: 'gone', snapshot: 0});
		case 'journal-handed-over':
			return withSource(world, {record: 'handed-over'});
		case 'remove-record':
			return withSource(world, {record: 'none', state: 'idle'});
		case 'journal-given-back':
			return withSource(world, {record: rules.keepsGivenBack ? 'given-back' : 'none'});
		case 'tell-receiver':
			return abort(world, incarnation);
		case 'journal-returned':
			return withSource(world, {todo: ['outcome-given-back', 'record-returned', ...source.todo]});
		case 'outcome-given-back':
			return source.receiverKnows
				? world
				: withSource(world, {owed: [...new Set([...source.owed, incarnation])].toSorted((a, b) => a - b)});
		case 'record-returned':
			return withSource(world, {record: 'none', state: 'idle', linked: 'no'});
		default:
			throw new TypeError(`the source knows of no ${effect}`);
	}
}

/** An answer that is still on its way is one to an earlier word, and no longer waited for. */
function abort(world: World, incarnation: number): World {
	return send({...world, wire: world.wire.filter(message => message !== `told ${incarnation}`)}, `abort ${incarnation}`);
}

/** What the receiver is owed is said again and again, until it has answered. */
function tell(world: World, rules: Rules): Move[] {
	const moves: Move[] = [];
	for (const incarnation of world.source.owed) {
		const word = `told ${incarnation}`;
		if (world.wire.includes(word))
			moves.push({
				label: `source hears ${word}`,
				fault: false,
				to: withSource(take(world, word), {owed: world.source.owed.filter(other => other !== incarnation)}),
			});
		else if (rules.keepsTelling && !isOnWire(world, ['abort'], incarnation) && !isToAnswer(world))
			moves.push({label: `source tells again ${incarnation}`, fault: false, to: abort(world, incarnation)});
	}

	return moves;
}

function transfer(world: World, rules: Rules): Move[] {
	const {source} = world;
	const {incarnation, link, linked} = source;
	const moves: Move[] = [{label: 'attempt fails', fault: true, to: play(withSource(world, {linked: 'no'}), 'failed', rules)}];
	const interrupted = play(withSource(world, {linked: 'no'}), 'interrupted', rules);
	const lost = withSource(interrupted, {todo: ['resume-guest', ...interrupted.source.todo]});
	const hear = (kind: string, to: (heard: World) => World): void => {
		const message = `${kind} ${incarnation} ${link}`;
		if (world.wire.includes(message)) moves.push({label: `source hears ${message}`, fault: false, to: to(take(world, message))});
	};
	if (linked === 'no') {
		// Everything that was under way on links before is fenced by the next one's number.
		if (link + 1 < rules.links) {
			const asked = withSource(world, {link: link + 1, linked: 'asked'});
			moves.push({label: 'source resumes', fault: false, to: send(asked, `resume ${incarnation} ${link + 1}`)});
		} else moves.push({label: 'source gives up', fault: false, to: play(world, 'failed', rules)});
		return moves;
	}

	moves.push({label: 'source loses its link', fault: true, to: lost});
	if (linked === 'asked') {
		hear('prepared', heard => withSource(heard, {linked: 'yes'}));
		hear('refused', heard => play(withSource(heard, {linked: 'no'}), 'failed', rules));
		if (!isOnWire(world, ['prepare', 'resume', 'prepared', 'refused'], incarnation, link) && !isToAnswer(world))
			moves.push({label: 'source waits in vain for a link', fault: false, to: lost});
		return moves;
	}

	if (source.guest === 'running') {
		const paused = withSource(world, {
			guest: 'paused',
			snapshot: snapshotOf(incarnation, link),
			todo: rules.writesGoAhead ? ['journal-go'] : [],
		});
		moves.push({label: 'source pauses, and ends the stream', fault: false, to: send(paused, `end ${incarnation} ${link}`)});
		return moves;
	}

	hear('ready', heard => play(heard, 'ready', rules));
	if (!isOnWire(world, ['end', 'ready'], incarnation, link) && !isToAnswer(world))
		moves.push({label: 'source waits in vain for ready', fault: false, to: lost});
	return moves;
}

function waitForWord(world: World, rules: Rules): Move[] {
	const {incarnation, state} = world.source;
	const moves: Move[] = [];
	for (const word of ['running', 'declined'] as const) {
		const message = `${word} ${incarnation}`;
		if (world.wire.includes(message))
			moves.push({label: `source hears ${message}`, fault: false, to: play(take(world, message), word, rules)});
	}

	if (state === 'go') moves.push({label: 'source loses the connection', fault: true, to: play(world, 'failed', rules)});
	const asked = isOnWire(world, ['go', 'query', 'running', 'declined'], incarnation);
	if (!asked && !isToAnswer(world)) moves.push({label: 'source asks', fault: false, to: play(world, 'failed', rules)});
	return moves;
}

/** The target has something in hand: what it will say is not known yet. */
function isToAnswer({target}: World): boolean {
	return target.up && target.todo.length > 0;
}
