import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {BareQemu} from '../../../../scripts/qmp/bare-qemu.ts';
import {generateQmpTypes, QMP_TYPES_FILE} from '../../../../scripts/qmp/generate.ts';
import {QmpClient} from '../../../../src/drivers/qemu/qmp/qmp-client.ts';
import {temporaryDirectory} from '../../../helpers/workshop.ts';

const PC = ['-machine', 'pc-i440fx-7.2', '-accel', 'tcg', '-m', '64M', '-vga', 'none', '-S'];

test('the committed types are what QEMU says of itself', async t => {
	t.is(await generateQmpTypes(), readFileSync(QMP_TYPES_FILE, 'utf8'));
});

test('a real QEMU greets with the version that it answers when asked', async t => {
	await using qemu = await BareQemu.start();
	const {qemu: numbers, package: packageName} = await qemu.qmp.execute('query-version');
	t.deepEqual(qemu.qmp.version, {...numbers, package: packageName});
	t.is((await qemu.qmp.execute('query-status')).status, 'running');
});

test('a monitor that is taken is busy, and free again when its client has left', async t => {
	await using qemu = await BareQemu.start();
	await t.throwsAsync(QmpClient.connect(qemu.socketPath, {timeoutMs: 50}), {code: 'ERR_DOMAIN_BUSY'});
	qemu.qmp[Symbol.dispose]();
	using next = await QmpClient.connect(qemu.socketPath, {timeoutMs: 10_000});
	t.is(next.version.major, qemu.qmp.version.major);
});

test('a monitor whose queue is full of clients is busy at once', async t => {
	await using qemu = await BareQemu.start();
	const errors = await Promise.all(
		Array.from({length: 6}, async () => t.throwsAsync(QmpClient.connect(qemu.socketPath, {timeoutMs: 200}), {code: 'ERR_DOMAIN_BUSY'})),
	);
	t.true(errors.some(error => error?.message.endsWith('others wait for it already')));
});

test('the guest is stopped and its devices saved by two commands given in one breath', async t => {
	await using qemu = await BareQemu.start({args: PC});
	const {qmp} = qemu;
	const running = qmp.waitForEvent('RESUME');
	await qmp.execute('cont');
	await running;
	const stopped = qmp.waitForEvent('STOP');
	const file = join(temporaryDirectory(t), 'state');
	await Promise.all([qmp.execute('stop'), qmp.execute('xen-save-devices-state', {filename: file, live: true})]);
	await stopped;
	t.is(readFileSync(file).subarray(0, 4).toString('latin1'), 'QEVM');
	t.is((await qmp.execute('query-status')).status, 'paused');
});

test("QEMU's refusals come as errors of their commands", async t => {
	await using qemu = await BareQemu.start({args: PC});
	const {qmp} = qemu;
	const [balloon, node, status] = await Promise.all([
		t.throwsAsync(qmp.execute('query-balloon'), {code: 'ERR_DOMAIN_STATE'}),
		t.throwsAsync(qmp.execute('blockdev-del', {'node-name': 'none'}), {code: 'ERR_DOMAIN_STATE'}),
		qmp.execute('query-status'),
	]);
	t.is(balloon?.message, 'QEMU refused query-balloon: No balloon device has been activated');
	t.is(node?.message, "QEMU refused blockdev-del: Failed to find node with node-name='none'");
	t.false(status.running);
});

test('the human monitor tells where the guest memory is', async t => {
	await using qemu = await BareQemu.start({args: PC});
	t.regex(await qemu.qmp.humanMonitor('gpa2hva 0'), /^Host virtual address for 0x0 \(pc\.ram\) is 0x[0-9a-f]+\r\n$/);
	t.is(await qemu.qmp.humanMonitor('no-such'), "unknown command: 'no-such'\r\n");
});

test('a QEMU that quits tells so, answers, and then is gone', async t => {
	await using qemu = await BareQemu.start({args: PC});
	const {promise: gone, resolve} = Promise.withResolvers<string>();
	qemu.qmp.onGone = ({code}) => resolve(code);
	const shutdown = qemu.qmp.waitForEvent('SHUTDOWN');
	await qemu.qmp.execute('quit');
	t.deepEqual(await shutdown, {guest: false, reason: 'host-qmp-quit'});
	t.is(await gone, 'ERR_GUEST_EXITED');
});

test('a reset and the state of a running guest are told as events', async t => {
	await using qemu = await BareQemu.start({args: PC});
	const {qmp} = qemu;
	const told: string[] = [];
	qmp.onEvent = ({name}) => told.push(name);
	const reset = qmp.waitForEvent('RESET', ({reason}) => reason === 'host-qmp-system-reset');
	await qmp.execute('cont');
	await qmp.execute('system_reset');
	await reset;
	t.true(told.indexOf('RESUME') < told.indexOf('RESET') && told.includes('RESUME'));
});
