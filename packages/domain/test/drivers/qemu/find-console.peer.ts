import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {isListening} from '../../../scripts/qmp/is-listening.ts';
import {driverFor, type GuestPlace} from '../../../src/index.ts';
import type {ProcessHandle} from '../../../src/drivers/process-handle.ts';
import {QmpClient} from '../../../src/drivers/qemu/qmp/qmp-client.ts';
import {startTicksOf} from '../../../src/process-identity.ts';
import {qemuDefinition} from '../../helpers/qemu-definition.ts';

type Started = {readonly handle: ProcessHandle; readonly place: GuestPlace; readonly directory: string};

/** A QEMU as others start one, whose guest never takes a step; gone after the test. */
async function startByHand(t: ExecutionContext, serial: (directory: string) => readonly string[]): Promise<Started> {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-hand-'));
	const socketPath = path.join(directory, 'monitor');
	const own = ['-M', 'pc', '-m', '16M', '-S', '-display', 'none', '-nodefaults', '-qmp', `unix:${socketPath},server=on,wait=off`];
	const child = spawn('qemu-system-x86_64', [...own, ...serial(directory)], {stdio: 'ignore'});
	t.teardown(async () => {
		const gone = once(child, 'exit');
		child.kill('SIGKILL');
		await gone;
		rmSync(directory, {recursive: true, force: true});
	});
	while (!isListening(socketPath)) await delay(5);
	const pid = child.pid ?? 0;
	const place = {domainDir: directory, runDir: directory, outputFile: path.join(directory, 'output')};
	return {handle: {kind: 'process', pid, startTicks: startTicksOf(pid) ?? '', socketPath}, place, directory};
}

const driver = driverFor('qemu');

test('the console of a guest that others have started is where its first serial port listens', async t => {
	const {handle, place} = await startByHand(t, folder => {
		const port = (name: string, index: number): string[] => {
			const socket = `socket,id=${name},path=${folder}/${name},server=on,wait=off`;
			return ['-chardev', socket, '-device', `isa-serial,chardev=${name},index=${index}`];
		};
		return [...port('other', 1), ...port('tty', 0)];
	});
	await using console = await driver.openConsole?.(qemuDefinition(), handle, place);
	t.truthy(console);
	using monitor = await QmpClient.connect(handle.socketPath);
	const chardevs = await monitor.execute('query-chardev');
	const used = chardevs.filter(({filename}) => /^unix:.*(tty|other)/.test(filename)).map(({label}) => label);
	t.deepEqual(used, ['tty']);
	// What it writes is kept where the guest's output is.
	while (!existsSync(place.outputFile)) await delay(5);
	t.is(readFileSync(place.outputFile, 'latin1'), '', 'a guest that takes no step writes nothing');
});

test('a port that is no socket, or not there, is told of', async t => {
	const toFile = await startByHand(t, folder => ['-serial', `file:${folder}/log`]);
	await t.throwsAsync(async () => driver.openConsole?.(qemuDefinition(), toFile.handle, toFile.place), {
		code: 'ERR_NOT_SUPPORTED',
		message: /is not a Unix socket that its QEMU listens on but "file/,
	});
	const without = await startByHand(t, () => ['-serial', 'none']);
	await t.throwsAsync(async () => driver.openConsole?.(qemuDefinition(), without.handle, without.place), {
		code: 'ERR_NOT_SUPPORTED',
		message: /no serial port/,
	});
});
