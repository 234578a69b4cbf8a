import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {DataWorkerPool, openSendLink, type SendLink} from '../../src/index.ts';
import {connectToLink, whatIs} from '../helpers/connections.ts';
import {TestMemory} from '../helpers/guest-memory.ts';

const run = promisify(execFile);
const memory = new TestMemory(1024);
test.after.always(() => memory[Symbol.dispose]());

async function openLink(pool: DataWorkerPool): Promise<{link: SendLink; fd: number; stop: () => void}> {
	const {fd, peer} = await connectToLink();
	const link = openSendLink(pool, {fd, kind: 'socket', memory, pageTypes: undefined, windowBytes: 1_000_000, teeFd: undefined});
	return {link, fd, stop: () => peer.destroy()};
}

test('workers are started for links, up to the limit, and used again', async t => {
	await using pool = new DataWorkerPool({maxWorkers: 2});
	t.is(pool.size, 0);
	const links = [await openLink(pool)];
	t.is(pool.size, 1);
	for (let more = 0; more < 3; more++) links.push(await openLink(pool));
	t.is(pool.size, 2);
	for (const {link, stop} of links) {
		await link.destroy();
		stop();
	}

	const again = await openLink(pool);
	t.is(pool.size, 2);
	await again.link.destroy();
	again.stop();
});

test('closing the pool ends its links, whatever they do, and leaves no descriptor', async t => {
	const pool = new DataWorkerPool({maxWorkers: 2});
	const opened = [await openLink(pool), await openLink(pool), await openLink(pool)];
	const sockets = opened.map(({fd}) => whatIs(fd));
	const pending = opened.map(({link}) => link.writePages(Uint32Array.of(0, 1024)));
	await Promise.all([pool.close(), pool.close()]);
	for (const {link} of opened) t.like(await link.closed, {name: 'LinkError', code: 'ERR_DAEMON_STOPPING'});
	t.true((await Promise.allSettled(pending)).every(({status}) => status === 'rejected'));
	for (const {link, stop} of opened) {
		await link.destroy();
		stop();
	}

	for (const [index, {fd}] of opened.entries()) t.not(whatIs(fd), sockets[index]);
	await t.throwsAsync(async () => openLink(pool), {message: /closed/});
});

// A process that opens a link, does what the argument says, and must then end by itself.
const CHILD = `
	import {connectToLink} from ${JSON.stringify(new URL('../helpers/connections.ts', import.meta.url).href)};
	import {TestMemory} from ${JSON.stringify(new URL('../helpers/guest-memory.ts', import.meta.url).href)};
	import {DataWorkerPool, openSendLink} from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)};
	const pool = new DataWorkerPool({maxWorkers: 1});
	const memory = new TestMemory(16);
	const {fd, peer} = await connectToLink();
	const link = openSendLink(pool, {fd, kind: 'socket', memory, pageTypes: undefined, windowBytes: 1e6, teeFd: undefined});
	await link.writeBytes(new Uint8Array(10));
	if (process.argv[1] === 'exit') process.exit(7);
	if (process.argv[1] === 'throw') throw new Error('on purpose');
	await link.destroy();
	peer.destroy();
`;

for (const [ending, status] of [
	['exit', 7],
	['throw', 1],
	['idle', 0],
] as const) {
	test(`a process with a sleeping data worker ends (${ending})`, async t => {
		const child = run(process.execPath, ['--input-type=module', '--eval', CHILD, ending], {timeout: 50_000});
		const outcome: {code?: number; killed?: boolean} = await child.then(
			() => ({code: 0}),
			(error: {code: number; killed: boolean}) => error,
		);
		t.is(outcome.code, status);
	});
}
