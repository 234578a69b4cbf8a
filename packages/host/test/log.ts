import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {OperationError} from '@sterna/protocol';
import {createLogger} from '../src/log.ts';
import {temporaryDirectory} from './helpers/host.ts';

test('lines are JSON with level, time, host and the fields of child and call', async t => {
	const file = path.join(temporaryDirectory(t), 'log');
	const log = await createLogger({name: 'sterna-sender', host: 'host-a', level: 'info', file});
	log.child({migration: 'm1', domain: 'dom1'}).warn({pages: 3}, 'slow');
	const {time, ...line} = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	t.deepEqual(line, {level: 'warn', name: 'sterna-sender', host: 'host-a', migration: 'm1', domain: 'dom1', pages: 3, msg: 'slow'});
	t.is(new Date(String(time)).toISOString(), String(time));
});

test('what is below the level is not written', async t => {
	const file = path.join(temporaryDirectory(t), 'log');
	const log = await createLogger({name: 'x', host: 'h', level: 'warn', file});
	log.info('quiet');
	t.is(readFileSync(file, 'utf8'), '');
});

test('an error is written with code, fault and cause', async t => {
	const file = path.join(temporaryDirectory(t), 'log');
	const log = await createLogger({name: 'x', host: 'h', level: 'warn', file});
	const fault = {
		code: 'ERR_HOOK',
		message: 'm',
		side: 'sender',
		phase: 'prepare',
		runsOn: {kind: 'unknown'},
		next: undefined,
		causes: [],
	} as const;
	log.error({error: new OperationError(fault, {cause: new Error('beneath')})}, 'failed');
	const {error} = JSON.parse(readFileSync(file, 'utf8')) as {readonly error: Record<string, unknown>};
	t.like(error, {type: 'OperationError', code: 'ERR_HOOK', fault: {phase: 'prepare'}});
	t.regex(String(error['message']), /m: beneath/);
});

test('lines for people can be asked for', async t => {
	const file = path.join(temporaryDirectory(t), 'log');
	const log = await createLogger({name: 'x', host: 'h', level: 'info', file, pretty: true});
	log.info({pages: 3}, 'ready');
	t.regex(readFileSync(file, 'utf8'), /INFO.*: ready/);
});
