import {execFileSync} from 'node:child_process';
import {closeSync, existsSync, openSync, readFileSync, readSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {QemuHelper} from '../../../../src/drivers/qemu/helper/helper-client.ts';
import type {FirmwareToWrite} from '../../../../src/drivers/qemu/helper/helper-protocol.ts';
import {RAM_BYTES, StockQemu} from '../../../helpers/qemu/stock-qemu.ts';

const FIRMWARE_BYTES = 256 * 1024;
/** It ends at 4 GiB. */
const FIRMWARE_AT = 2 ** 32 - FIRMWARE_BYTES;

const waiting = (): Promise<StockQemu> => StockQemu.start({backend: 'memfd', args: ['-S', '-incoming', 'defer']});

/** The PC's firmware in one of the directories where QEMU looks for it. */
function firmwareFile(): string {
	const directories = execFileSync('qemu-system-x86_64', ['-L', 'help'], {encoding: 'utf8'}).trim().split('\n');
	const found = directories.map(directory => path.join(directory, 'bios-256k.bin')).find(file => existsSync(file));
	if (found === undefined) throw new Error(`no bios-256k.bin in ${directories.join(', ')}`);
	return path.resolve(found);
}

async function firmwareAddress(qemu: StockQemu): Promise<number> {
	return Number.parseInt(/ is (0x[0-9a-f]+)/.exec(await qemu.ask(`gpa2hva ${FIRMWARE_AT}`))?.[1] ?? '', 16);
}

function memoryOf(qemu: StockQemu, address: number): Buffer {
	const fd = openSync(`/proc/${qemu.identity.pid}/mem`, 'r');
	const content = Buffer.alloc(FIRMWARE_BYTES);
	readSync(fd, content, 0, content.length, address);
	closeSync(fd);
	return content;
}

async function write(qemu: StockQemu, firmware: FirmwareToWrite): Promise<void> {
	await using helper = QemuHelper.start();
	const {ramFd} = await helper.takeHold({process: qemu.identity, ramFile: qemu.ramFile, ramBytes: RAM_BYTES, track: false, firmware});
	closeSync(ramFd);
}

test('a QEMU that waits for a guest gets the firmware that it left out', async t => {
	await using qemu = await waiting();
	const [file, address] = [firmwareFile(), await firmwareAddress(qemu)];
	t.true(memoryOf(qemu, address).equals(Buffer.alloc(FIRMWARE_BYTES)), 'its ROM is empty');
	await write(qemu, {address, file, bytes: FIRMWARE_BYTES});
	t.true(memoryOf(qemu, address).equals(readFileSync(file)));
	t.regex(await qemu.ask('xp /1xb 0xfffffff0'), /: 0xea/, 'the far jump that a CPU begins with, as the guest sees it');
	t.is(await qemu.status(), 'inmigrate');
});

test('firmware of another size, and memory that is not all writable, are refused and nothing is written', async t => {
	await using qemu = await waiting();
	const [file, address] = [firmwareFile(), await firmwareAddress(qemu)];
	const writeOther = async (change: Partial<FirmwareToWrite>): Promise<void> =>
		write(qemu, {address, file, bytes: FIRMWARE_BYTES, ...change});
	await t.throwsAsync(writeOther({bytes: FIRMWARE_BYTES / 2}), {code: 'ERR_FILE', message: /262144 bytes instead of 131072/});
	await t.throwsAsync(writeOther({file: '/nowhere/bios.bin'}), {code: 'ERR_FILE'});
	await t.throwsAsync(writeOther({address: 4096}), {code: 'ERR_NOT_SUPPORTED', message: /no writable memory from 0x1000 to 0x41000/});
	const code = /^([0-9a-f]+)-[0-9a-f]+ r-xp .*qemu-system/m.exec(readFileSync(`/proc/${qemu.identity.pid}/maps`, 'utf8'))?.[1] ?? '';
	await t.throwsAsync(writeOther({address: Number.parseInt(code, 16)}), {code: 'ERR_NOT_SUPPORTED'}, "QEMU's own code");
	t.true(memoryOf(qemu, address).equals(Buffer.alloc(FIRMWARE_BYTES)));
	t.is(await qemu.status(), 'inmigrate');
});
