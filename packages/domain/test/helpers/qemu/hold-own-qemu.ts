import {closeSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {PageBitmap} from '../../../src/index.ts';
import {QemuHelper} from '../../../src/drivers/qemu/helper/helper-client.ts';
import {startPagemapScanLog} from '../../../src/trackers/pagemap-scan-log.ts';
import {RAM_BYTES, StockQemu} from './stock-qemu.ts';

// Starts a QEMU as this user, takes hold of it, and prints what came of it as JSON.
await using qemu = await StockQemu.start({backend: process.argv[2] === 'file' ? 'file' : 'memfd'});
await using helper = QemuHelper.start();
const {ramFd, address, tracking, trackingRefused} = await helper.takeHold({
	process: qemu.identity,
	ramFile: qemu.ramFile,
	ramBytes: RAM_BYTES,
	track: true,
});
const mapping = {process: qemu.identity, address, pageLimit: RAM_BYTES / 4096, fd: ramFd};
let found = 0;
if (tracking) {
	await using log = startPagemapScanLog(mapping, tracking.pagemap);
	await sleep(100);
	found = await log.take(new PageBitmap(mapping.pageLimit));
	closeSync(tracking.uffd);
}

console.log(
	JSON.stringify({uid: process.getuid?.(), userModeOnly: tracking?.userModeOnly, trackingRefused, found, status: await qemu.status()}),
);
