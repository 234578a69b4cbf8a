import test from 'ava';
import {parseMove, transferMs} from '../src/move.ts';

const event = (phase: string, elapsedMs: number): string => JSON.stringify({migration: {phase, elapsedMs, startedAtMs: 1000}});
const result = (fields: object): string => JSON.stringify({result: fields});

test('the transfer is from the first event of precopy to the first of handover', t => {
	const lines = [
		event('prepare', 0),
		event('precopy', 100),
		event('precopy', 300),
		event('handover', 450),
		event('handover', 460),
		result({totalMs: 470}),
	];
	const move = parseMove({status: 0, stdout: `${lines.join('\n')}\n`, stderr: ''});
	t.like(move, {streamBeganMs: 1100, appliedMs: 1450, result: {totalMs: 470}});
	t.is(transferMs(move), 350);
});

test('a migration that did not complete is an error that says why', t => {
	const failed = result({error: {code: 'ERR_HOST_UNREACHABLE', message: 'host-b does not answer'}});
	t.throws(() => parseMove({status: 5, stdout: `${failed}\n`, stderr: ''}), {
		message: /exited with 5: ERR_HOST_UNREACHABLE: host-b does not answer/,
	});
	t.throws(() => parseMove({status: 2, stdout: '', stderr: 'unknown option'}), {message: /exited with 2: unknown option/});
});
