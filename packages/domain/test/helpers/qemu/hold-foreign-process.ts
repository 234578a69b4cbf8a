import process from 'node:process';
import {QemuHelper} from '../../../src/drivers/qemu/helper/helper-client.ts';
import {startTicksOf} from '../../../src/process-identity.ts';

// Tries to take hold of the process whose number is the argument, and prints the error's code and message.
const pid = Number(process.argv[2]);
await using helper = QemuHelper.start();
try {
	await helper.takeHold({process: {pid, startTicks: startTicksOf(pid) ?? ''}, ramFile: 'memfd', ramBytes: 4096, track: true});
} catch (error) {
	console.log(`${error instanceof Error && 'code' in error ? String(error.code) : ''} ${String(error)}`);
}
