import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import {detachDescriptor} from '../../src/data/tcp-options.ts';
import {type CheckpointCrash, createCheckpointStore, DataWorkerPool, openReceiveLink, PageHashes} from '../../src/index.ts';
import {Standby, type StandbyOptions} from './checkpoints.ts';

/** What a standby in a process of its own is told on its command line, as JSON. */
export type StandbyProcessOptions = StandbyOptions & {
	readonly directory: string;
	readonly key: number;
	readonly crashAt?: CheckpointCrash | undefined;
	/** Where to put the store instead: a file system that is full soon. */
	readonly storeFile?: string | undefined;
};

/** Says its port on a line, takes one connection, says how that came out on another line, and lives until it is killed. */
async function run({directory, key, crashAt, storeFile, ...options}: StandbyProcessOptions): Promise<void> {
	const standby = new Standby(directory, options);
	if (storeFile !== undefined) createCheckpointStore({file: storeFile, pageLimit: options.pages, stateBytesLimit: 1024 * 1024});
	const server = net.createServer({pauseOnConnect: true});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	fs.writeSync(1, `${(server.address() as net.AddressInfo).port}\n`);
	const [socket] = (await once(server, 'connection')) as [net.Socket];
	openReceiveLink(new DataWorkerPool({maxWorkers: 1}), {
		fd: detachDescriptor(socket),
		kind: 'socket',
		begins: 'libxl',
		mode: 'checkpointed',
		memory: standby.memory,
		pageTypes: undefined,
		populatedPagesLimit: options.pages,
		keepsHoles: true,
		backChannel: true,
		pageHashes: new PageHashes({pageLimit: options.pages, key}),
		checkpoints: {file: storeFile ?? standby.file, hasBase: false, disks: standby.disks, crashAt},
		onEvent(event) {
			if (event.kind === 'failed' || event.kind === 'broken-off') fs.writeSync(1, `${event.kind} ${event.error.code}\n`);
		},
	});
}

await run(JSON.parse(process.argv[2] ?? '') as StandbyProcessOptions);
