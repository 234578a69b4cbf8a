import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {QmpClient, type QmpEvent} from '../../../../src/drivers/qemu/qmp/qmp-client.ts';
import {QmpCommandError} from '../../../../src/drivers/qemu/qmp/qmp-command-error.ts';
import {type Arrived, GREETING, type MonitorLink, scriptedMonitor} from '../../../helpers/scripted-monitor.ts';
import {temporaryDirectory} from '../../../helpers/workshop.ts';

const event = (name: string, data?: object): object => ({event: name, data, timestamp: {seconds: 1, microseconds: 2}});

/** A client of a monitor that obeys the given script. */
async function connected(
	t: ExecutionContext,
	onCommand?: (link: MonitorLink, command: Arrived) => void,
): Promise<{client: QmpClient; arrived: readonly Arrived[]}> {
	const {socketPath, arrived} = await scriptedMonitor(t, onCommand ? {onCommand} : {});
	const client = await QmpClient.connect(socketPath);
	t.teardown(() => client[Symbol.dispose]());
	return {client, arrived};
}

test('the greeting tells the version', async t => {
	const {client} = await connected(t);
	t.deepEqual(client.version, {major: 7, minor: 2, micro: 22, package: 'Debian 7.2'});
	t.is(client.gone, undefined);
});

test('a command goes out with its arguments, and its result comes back', async t => {
	const {client, arrived} = await connected(t, ({send}, {id}) => send({return: [{name: 'type', type: 'string'}], id}));
	t.deepEqual(await client.execute('qom-list', {path: '/machine'}), [{name: 'type', type: 'string'}]);
	t.is(arrived[0]?.execute, 'qom-list');
	t.deepEqual(arrived[0]?.arguments, {path: '/machine'});
});

test('what the human monitor prints is the result', async t => {
	const {client, arrived} = await connected(t, ({send}, {id}) => send({return: 'Host virtual address for 0x0 (m) is 0x7f\r\n', id}));
	t.is(await client.humanMonitor('gpa2hva 0'), 'Host virtual address for 0x0 (m) is 0x7f\r\n');
	t.deepEqual(arrived[0]?.arguments, {'command-line': 'gpa2hva 0'});
});

test('a second command goes out before the first is answered, and both arrive in order', async t => {
	const {client, arrived} = await connected(t, ({send}, {id, execute}) => {
		if (execute === 'xen-save-devices-state') send({return: {}, id: id - 1}, event('STOP'), {return: {}, id});
	});
	await Promise.all([client.execute('stop'), client.execute('xen-save-devices-state', {filename: '/run/state', live: true})]);
	t.deepEqual(
		arrived.map(({execute}) => execute),
		['stop', 'xen-save-devices-state'],
	);
});

test('answers find their commands in whatever order they come', async t => {
	const {client} = await connected(t, ({send}, {id, execute}) => {
		if (execute === 'query-balloon') send({return: {actual: 7}, id}, {return: {'wakeup-suspend-support': true}, id: id - 1});
	});
	const machine = client.execute('query-current-machine');
	const balloon = client.execute('query-balloon');
	t.deepEqual(await Promise.all([machine, balloon]), [{'wakeup-suspend-support': true}, {actual: 7}]);
});

test("QEMU's refusal names the command and the reason", async t => {
	const {client} = await connected(t, ({send}, {id}) => send({error: {class: 'GenericError', desc: 'Node is in use'}, id}));
	const error = await t.throwsAsync(client.execute('blockdev-del', {'node-name': 't0'}), {instanceOf: QmpCommandError});
	t.is(error?.code, 'ERR_DOMAIN_STATE');
	t.is(error?.message, 'QEMU refused blockdev-del: Node is in use');
	t.is(error?.errorClass, 'GenericError');
});

test('a command that this QEMU has not is not supported', async t => {
	const {client} = await connected(t, ({send}, {id}) => send({error: {class: 'CommandNotFound', desc: 'no such'}, id}));
	await t.throwsAsync(client.execute('stop'), {code: 'ERR_NOT_SUPPORTED'});
});

test('events are told in their order, between answers too, and only those that are known', async t => {
	const {client} = await connected(t, ({send}, {id}) =>
		send(
			event('STOP'),
			event('VSERPORT_CHANGE', {open: true}),
			{return: {}, id},
			event('SHUTDOWN', {guest: true, reason: 'guest-shutdown'}),
		),
	);
	const events: QmpEvent[] = [];
	client.onEvent = told => events.push(told);
	const ended = client.waitForEvent('SHUTDOWN');
	await client.execute('stop');
	t.deepEqual(await ended, {guest: true, reason: 'guest-shutdown'});
	t.deepEqual(events, [
		{name: 'STOP', data: {}},
		{name: 'SHUTDOWN', data: {guest: true, reason: 'guest-shutdown'}},
	]);
});

test('an event that comes before the answer of the command that brings it is not missed', async t => {
	const {client} = await connected(t, ({send}, {id}) =>
		send(event('MIGRATION', {status: 'setup'}), event('MIGRATION', {status: 'completed'}), {return: {}, id}),
	);
	const loaded = client.waitForEvent('MIGRATION', ({status}) => status === 'completed' || status === 'failed');
	await client.execute('migrate-incoming', {uri: 'unix:/run/incoming.sock'});
	t.deepEqual(await loaded, {status: 'completed'});
});

test('an event found by two that wait is given to both, one that nobody wants to none', async t => {
	const {client} = await connected(t, ({send}, {id}) => send(event('BLOCK_JOB_READY', {device: 'j1'}), {return: {}, id}));
	const abort = new AbortController();
	const ready = ['j1', 'j1', 'j2'].map(async job => client.waitForEvent('BLOCK_JOB_READY', ({device}) => device === job, abort.signal));
	await client.execute('stop');
	t.is((await ready[0])?.device, 'j1');
	t.is((await ready[1])?.device, 'j1');
	abort.abort(new Error('no longer'));
	await t.throwsAsync(async () => ready[2], {message: 'no longer'});
});

test('waiting for an event ends with a test of it that throws, and the connection goes on', async t => {
	const {client} = await connected(t, ({send}, {id}) => send(event('RESUME'), {return: {}, id}));
	const resumed = client.waitForEvent('RESUME', () => {
		throw new RangeError('odd');
	});
	await client.execute('cont');
	await t.throwsAsync(resumed, {instanceOf: RangeError});
	await t.notThrowsAsync(client.execute('cont'));
});

test('a command that is not answered in time fails alone, and its late answer is passed over', async t => {
	const {client} = await connected(t, ({send}, {id, execute}) => {
		if (execute === 'query-balloon') send({return: {}, id: id - 1}, {return: {actual: 1}, id});
	});
	await t.throwsAsync(client.execute('stop', {}, {timeoutMs: 1}), {
		code: 'ERR_DOMAIN_STATE',
		message: 'QEMU did not answer stop within 1 ms',
	});
	t.deepEqual(await client.execute('query-balloon'), {actual: 1});
});

test('a monitor that has a client accepts another and says nothing: it is busy', async t => {
	const {socketPath} = await scriptedMonitor(t, {onConnect: () => {}});
	await t.throwsAsync(QmpClient.connect(socketPath, {timeoutMs: 20}), {
		code: 'ERR_DOMAIN_BUSY',
		message: /^another client holds the monitor .*qmp\.sock: it says nothing for 20 ms$/,
	});
});

test('where nobody listens the guest is gone', async t => {
	const directory = temporaryDirectory(t);
	const plainFile = join(directory, 'file');
	writeFileSync(plainFile, '');
	await t.throwsAsync(QmpClient.connect(join(directory, 'none.sock')), {code: 'ERR_GUEST_EXITED'});
	await t.throwsAsync(QmpClient.connect(plainFile), {code: 'ERR_GUEST_EXITED'});
});

test('a QEMU that closes before it greets is gone', async t => {
	const {socketPath} = await scriptedMonitor(t, {onConnect: ({close}) => close()});
	await t.throwsAsync(QmpClient.connect(socketPath), {code: 'ERR_GUEST_EXITED'});
});

test('when QEMU goes away in the middle of a line all that is under way fails, and it is told once', async t => {
	const {client} = await connected(t, ({sendRaw, close}) => {
		sendRaw('{"return": {}, "i');
		close();
	});
	const told: string[] = [];
	client.onGone = ({code}) => told.push(code);
	const stopped = client.waitForEvent('STOP');
	await Promise.all([
		t.throwsAsync(client.execute('stop'), {code: 'ERR_GUEST_EXITED', message: /^QEMU did not answer stop: QEMU closed its monitor/}),
		t.throwsAsync(client.execute('query-status'), {code: 'ERR_GUEST_EXITED'}),
		t.throwsAsync(stopped, {code: 'ERR_GUEST_EXITED'}),
	]);
	t.is(client.gone?.code, 'ERR_GUEST_EXITED');
	await t.throwsAsync(client.execute('cont'), {code: 'ERR_GUEST_EXITED'});
	await t.throwsAsync(client.waitForEvent('RESUME'), {code: 'ERR_GUEST_EXITED'});
	t.deepEqual(told, ['ERR_GUEST_EXITED']);
});

test('a client that is disposed of fails what is under way and tells nobody', async t => {
	const {client} = await connected(t, () => {});
	client.onGone = () => t.fail();
	const stopping = client.execute('stop');
	client[Symbol.dispose]();
	client[Symbol.dispose]();
	await t.throwsAsync(stopping, {code: 'ERR_DOMAIN_STATE'});
	await t.throwsAsync(client.execute('cont'), {code: 'ERR_DOMAIN_STATE'});
});

const ODD: Readonly<Record<string, string | Uint8Array>> = {
	'no JSON': 'HTTP/1.1 400 Bad Request\r\n',
	'an empty line': '\n',
	'JSON that is no object': '[1, 2]\n',
	'an object that is no message': '{"hello": 1}\n',
	'an answer to no command': '{"return": {}, "id": 4711}\n',
	'an answer without an id': '{"return": {}}\n',
	'an answer whose id is no number': '{"return": {}, "id": "1"}\n',
	'an error without a reason': '{"error": {"class": "GenericError"}, "id": 2}\n',
	'an error of no command': '{"error": {"class": "GenericError", "desc": "JSON parse error"}}\n',
	'an event whose data is no object': '{"event": "STOP", "data": 7}\n',
	'a second greeting': `${JSON.stringify(GREETING)}\n`,
	'bytes that are no text': Uint8Array.of(0xff, 0xfe, 0x00, 0x0a),
	'lists in lists in lists': `${'['.repeat(100_000)}\n`,
};
for (const [what, bytes] of Object.entries(ODD)) {
	test(`${what} ends the connection with an error`, async t => {
		const {client} = await connected(t, ({sendRaw}) => sendRaw(bytes));
		await t.throwsAsync(client.execute('query-status'), {code: 'ERR_DOMAIN_STATE', message: /is no QMP$/});
		t.is(client.gone?.code, 'ERR_DOMAIN_STATE');
	});
}

test('a line above the limit ends the connection, before it has ended', async t => {
	const mebibyte = 'x'.repeat(1024 * 1024);
	const {client} = await connected(t, ({sendRaw}) => {
		for (let sent = 0; sent < 5; sent++) sendRaw(mebibyte);
	});
	const error = await t.throwsAsync(client.execute('query-status'), {code: 'ERR_DOMAIN_STATE'});
	t.true(error?.cause instanceof Error && error.cause.cause instanceof RangeError);
});

test('a monitor that greets with something else is none', async t => {
	const {socketPath} = await scriptedMonitor(t, {onConnect: ({sendRaw}) => sendRaw('220 mail.example ESMTP\r\n')});
	await t.throwsAsync(QmpClient.connect(socketPath), {code: 'ERR_DOMAIN_STATE', message: /is no QMP$/});
});
