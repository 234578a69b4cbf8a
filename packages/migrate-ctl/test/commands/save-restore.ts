import test from 'ava';
import {resolve} from 'node:path';
import {faultToMessage} from '@sterna/protocol/control';
import {jsonLines} from '../helpers/cli.ts';
import {domain, result, status} from '../helpers/frames.ts';
import {fault, ScriptedHost} from '../helpers/scripted-daemon.ts';

const SAVING = status({direction: 'save', phase: 'stop-and-copy', peer: '', pagesSent: 1000});

test('save asks for the whole path and says that the guest is gone', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			async save(_body, reply) {
				await reply.send({kind: 'migration', body: SAVING});
				return {kind: 'result', body: result({runsOn: '', iterations: 0, downtimeMs: undefined, downtimeParts: undefined})};
			},
		},
	});
	const {status: exitStatus, stdout} = await host.ctl('save', 'dom1', 'sub/dom1.xl');
	t.is(exitStatus, 0);
	t.regex(stdout, /^140 ms .* saving dom1: stop-and-copy; sent/m);
	t.regex(stdout, /^dom1 is saved and runs nowhere: 354 ms, 593 MiB in 151,530 pages$/m);
	t.deepEqual(host.sender.bodies('save'), [{domain: 'dom1', file: resolve('sub/dom1.xl'), checkpoint: false, detach: false}]);
});

test('save --checkpoint keeps the guest, --detach does not wait', async t => {
	await using host = await ScriptedHost.listen({sender: {save: async () => ({kind: 'migration', body: SAVING})}});
	const {status: exitStatus, stdout} = await host.ctl('save', 'dom1', '/tmp/x', '--checkpoint', '--detach', '--json');
	t.is(exitStatus, 0);
	t.like(jsonLines(stdout)[0], {migration: {id: 'm-7f3a', direction: 'save'}});
	t.deepEqual(host.sender.bodies('save'), [{domain: 'dom1', file: '/tmp/x', checkpoint: true, detach: true}]);
});

test('a save onto a full disk has the status of its error, and the guest where it was', async t => {
	const error = fault('ERR_DISK_FULL', 'no space left for /tmp/x after 12 MiB', {phase: 'save', runsOn: {kind: 'host', host: 'host-a'}});
	await using host = await ScriptedHost.listen({
		sender: {
			async save(_body, reply) {
				await reply.send({kind: 'migration', body: SAVING});
				return {kind: 'result', body: result({outcome: 'failed', runsOn: 'host-a', error: faultToMessage(error)})};
			},
		},
	});
	const {status: exitStatus, stderr} = await host.ctl('save', 'dom1', '/tmp/x');
	t.is(exitStatus, 7);
	t.regex(
		stderr,
		/^error ERR_DISK_FULL: no space left for \/tmp\/x after 12 MiB\n {2}phase: save\n {2}side: sender\n {2}the guest runs on host-a$/m,
	);
});

test('restore asks the receiver and says what came of it', async t => {
	await using host = await ScriptedHost.listen({
		receiver: {
			restore: async () => ({
				kind: 'restored',
				body: {domain: domain({name: 'copy'}), totalMs: 310, pages: 131_072, bytes: 537_919_488, checkpoints: 5},
			}),
		},
	});
	const {status: exitStatus, stdout} = await host.ctl('restore', 'dom1.xl', '--name', 'copy', '--paused');
	t.is(exitStatus, 0);
	t.is(
		stdout,
		'copy is restored on host-a: 310 ms, 513 MiB in 131,072 pages\n  the stream breaks off: this is its last whole checkpoint of 5\n',
	);
	t.deepEqual(host.receiver.bodies('restore'), [{file: resolve('dom1.xl'), name: 'copy', paused: true}]);
	const json = await host.ctl('restore', 'dom1.xl', '--json');
	const lines = jsonLines(json.stdout);
	t.like(lines[0], {restored: {domain: {name: 'copy'}, checkpoints: 5}});
	t.like(lines.at(-1), {result: {domain: 'copy', outcome: 'completed', runsOn: 'host-a', totalMs: 310, pagesSent: 131_072}});
});

test('a file that breaks off is refused with its error', async t => {
	await using host = await ScriptedHost.listen({
		receiver: {
			async restore() {
				throw fault('ERR_STREAM_TRUNCATED', 'the stream breaks off at byte 4711', {
					side: 'receiver',
					phase: 'restore',
					runsOn: {kind: 'nowhere'},
				});
			},
		},
	});
	const plain = await host.ctl('restore', 'dom1.xl');
	t.is(plain.status, 7);
	t.is(plain.stdout, '');
	t.regex(plain.stderr, /^error ERR_STREAM_TRUNCATED: .*\n {2}phase: restore\n {2}side: receiver\n {2}the guest runs nowhere$/m);
	const json = await host.ctl('restore', 'dom1.xl', '--json');
	t.like(jsonLines(json.stdout), {
		length: 1,
		0: {result: {outcome: 'failed', runsOn: null, error: {code: 'ERR_STREAM_TRUNCATED', runsOn: null}}},
	});
});

test('Ctrl-C in restore asks the receiver to abort', async t => {
	const {promise: aborted, resolve: abort} = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		receiver: {
			async restore(_body, reply) {
				await reply.send({kind: 'migration', body: status({direction: 'restore', peer: ''})});
				await aborted;
				throw fault('ERR_ABORTED_BY_OPERATOR', 'the restore was aborted', {phase: 'restore', runsOn: {kind: 'nowhere'}});
			},
			async command({id}) {
				abort();
				return {kind: 'migration', body: status({id})};
			},
		},
	});
	await using cli = host.spawnCtl('restore', 'dom1.xl');
	await cli.prints('restoring dom1');
	cli.process.kill('SIGINT');
	t.is((await cli.finished).status, 3);
	t.deepEqual(host.receiver.bodies('command'), [{id: 'm-7f3a', action: 'abort'}]);
});
