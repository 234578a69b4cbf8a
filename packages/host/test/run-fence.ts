import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pino} from 'pino';
import test from 'ava';
import {runFence} from '../src/run-fence.ts';
import {temporaryDirectory} from './helpers/host.ts';

const target = {domain: 'dom1', uuid: '11111111-2222-4333-8444-555555555555', source: 'host-a', incarnation: 3};
const log = pino({enabled: false});

test('the fence command is told which guest and host, and vouches by its exit status', async t => {
	const file = path.join(temporaryDirectory(t), 'told');
	const settings = {fence: ['/bin/sh', '-c', `cat > ${file}`], fenceTimeoutMs: 10_000};
	await runFence({settings, target, side: 'receiver', log});
	t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), target);
	await t.throwsAsync(runFence({settings: {...settings, fence: ['/bin/false']}, target, side: 'receiver', log}), {code: 'ERR_HOOK'});
});

test('a fence command that takes too long vouches for nothing, and neither does one that is not configured', async t => {
	const settings = {fence: ['/bin/sleep', '60'], fenceTimeoutMs: 50};
	await t.throwsAsync(runFence({settings, target, side: 'receiver', log}), {code: 'ERR_HOOK', message: /took more than 50 ms/});
	await t.throwsAsync(runFence({settings: {...settings, fence: undefined}, target, side: 'receiver', log}), {code: 'ERR_NOT_SUPPORTED'});
});
