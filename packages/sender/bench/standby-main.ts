// The other host of a checkpoint bench, as a process of its own: memory, a checkpoint store and the receiving end of one link. Told where to keep the store; says where it listens.
import {randomBytes} from 'node:crypto';
import process from 'node:process';
import {Advice, adviseMemory, createMemoryFile, mapShared, resizeFile} from '@sterna/system';
import {createCheckpointStore, DataListener, DataWorkerPool, openReceiveLink} from '@sterna/transport';

const PAGE_BYTES = 4096;
const MIB = 2 ** 20;

const [file = '', pages = '0'] = process.argv.slice(2);
const pageLimit = Number(pages);
const fd = createMemoryFile('sterna-bench');
resizeFile(fd, pageLimit * PAGE_BYTES);
const address = mapShared({fd, length: pageLimit * PAGE_BYTES, writable: true});
adviseMemory(address, pageLimit * PAGE_BYTES, Advice.populateWrite);
createCheckpointStore({file, pageLimit, stateBytesLimit: MIB});

const pool = new DataWorkerPool({maxWorkers: 1});
const listener = await DataListener.open({host: '127.0.0.1', port: 0, onRefused: () => undefined});
const [token, migrationId] = [new Uint8Array(randomBytes(32)), crypto.randomUUID()];
const expected = listener.expect({token, migrationId});
process.send?.({port: listener.port, token: Buffer.from(token).toString('hex'), migrationId});
openReceiveLink(pool, {
	...(await expected),
	kind: 'socket',
	begins: 'xl',
	mode: 'checkpointed',
	memory: {address, pageLimit, fd},
	pageTypes: undefined,
	populatedPagesLimit: pageLimit,
	backChannel: true,
	checkpoints: {file, hasBase: false, disks: []},
	onEvent: event => {
		if (event.kind === 'broken-off' || event.kind === 'failed' || event.kind === 'end') process.exit(0);
	},
});
