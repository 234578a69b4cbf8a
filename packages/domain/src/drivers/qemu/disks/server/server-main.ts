import {chmodSync, closeSync, rmSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import {causeChain} from '@sterna/protocol/errors';
import {endProcess} from '@sterna/system/end-process';
import * as v from 'valibot';
import {DomainError} from '../../../../domain-error.ts';
import {serveControl} from './control-server.ts';
import {DiskImage} from './disk-image.ts';
import {NbdServer} from './nbd-server.ts';
import {DiskServerArguments, READY_FD, type ReadyMessage} from './server-arguments.ts';

/** QEMU connects as it starts, which may take it a minute where it waits for storage. */
const UNUSED_AFTER_MS = 120_000;

/**
 * A guest's disk server: its QEMU has its disks from it, a daemon what is written to them. Outlives the daemon that started it, and ends with the guest,
 * whose QEMU holds its connections for as long as it is there. Says on descriptor 3 that it listens, or why it cannot.
 */
async function main(): Promise<void> {
	process.umask(0o077);
	// The daemon that started us may go: we stay.
	process.on('SIGHUP', () => undefined);
	const {name, nbdSocket, controlSocket, disks, logLimitBytes} = v.parse(DiskServerArguments, JSON.parse(process.argv[2] ?? ''));
	process.title = `sterna-disks ${name}`;
	// Other users cannot reach the sockets, whatever the directory was made with.
	chmodSync(dirname(nbdSocket), 0o700);
	const images = disks.map(({node, file}) => new DiskImage({node, file, logLimitBytes}));
	// What was written is the system's by now: nothing is left to do. The images are free before anybody sees that it ends.
	const end = (): void => {
		for (const image of images) image.close();
		for (const socket of [nbdSocket, controlSocket]) rmSync(socket, {force: true});
		endProcess(0);
	};

	process.on('SIGTERM', end);
	const nbd = new NbdServer(images);
	nbd.onAlone = end;
	for (const socket of [nbdSocket, controlSocket]) rmSync(socket, {force: true});
	await serveControl(controlSocket, {images, onEnd: end});
	await nbd.listen(nbdSocket);
	setTimeout(() => {
		if (nbd.clients === 0) end();
	}, UNUSED_AFTER_MS).unref();
	say({ready: true});
}

function say(message: ReadyMessage): void {
	try {
		writeSync(READY_FD, `${JSON.stringify(message)}\n`);
		closeSync(READY_FD);
	} catch {
		// The daemon died meanwhile: nobody comes, and it ends when nobody came.
	}
}

try {
	await main();
} catch (error) {
	say({ready: false, code: error instanceof DomainError ? error.code : 'ERR_INTERNAL', message: causeChain(error).join(': ')});
	throw error;
}
