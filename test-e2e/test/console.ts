import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {Lab} from '../src/lab/lab.ts';
import type {CtlRun} from '../src/lab/ctl.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {createGuest, DOMAIN, startScene, startSceneThroughProxy, waitForLines} from './helpers/scene.ts';
import {mustMigrate} from './helpers/start.ts';

const NUMBER = /^LINE (\d+) /;

/** A console whose numbered lines are read one by one; the test fails at the first that is missing or comes twice. */
class LinesOfConsole {
	readonly #run: CtlRun;
	readonly #lines: AsyncIterator<string>;
	#last: number | undefined;

	constructor(host: LabHost) {
		this.#run = host.spawnCtl(['domain', 'console', DOMAIN, '--tail', '0']);
		this.#lines = this.#run.lines()[Symbol.asyncIterator]();
	}

	get last(): number | undefined {
		return this.#last;
	}

	/** Reads up to a line that the guest has written by now, wherever it is. */
	async catchUp(t: ExecutionContext, hosts: readonly LabHost[]): Promise<void> {
		const written = hosts.flatMap(host => host.output(DOMAIN).split('\n')).map(line => Number(NUMBER.exec(line)?.[1] ?? 0));
		const wanted = written.reduce((most, number) => Math.max(most, number), 0);
		while (this.#last === undefined || this.#last < wanted) {
			const {value, done} = await this.#lines.next();
			if (done === true) throw new Error(`the console ended behind line ${this.#last}: ${(await this.#run.result).stderr}`);
			const number = Number(NUMBER.exec(value)?.[1]);
			if (this.#last !== undefined && number !== this.#last + 1) t.fail(`line ${number} behind line ${this.#last}`);
			this.#last = number;
		}
	}

	async leave(): Promise<{readonly status: number; readonly stderr: string}> {
		this.#run.kill('SIGTERM');
		return this.#run.result;
	}

	get result(): CtlRun['result'] {
		return this.#run.result;
	}
}

test.serial('a console stays with its guest there and back and there, and shows each line once', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const console = new LinesOfConsole(hostA);
	await console.catchUp(t, lab.hosts);
	for (const [from, to] of [[hostA, hostB] as const, [hostB, hostA] as const, [hostA, hostB] as const]) {
		await mustMigrate(t, from, to);
		await waitForLines(to);
		await console.catchUp(t, lab.hosts);
	}

	const before = console.last;
	await hostB.mustCtl(['domain', 'destroy', DOMAIN]);
	const {status, stderr} = await console.result;
	t.is(status, 0);
	t.deepEqual(stderr.trimEnd().split('\n'), ['[dom1 is on host-b]', '[dom1 is on host-a]', '[dom1 is on host-b]', '[dom1 has ended]']);
	t.true(before !== undefined && before > 0);
});

test.serial('a guest that goes on from host to host is followed through them, and from home again', async t => {
	const lab = await Lab.start({hosts: ['host-a', 'host-b', 'host-c']});
	t.teardown(async () => lab[Symbol.asyncDispose]());
	const [hostA, hostB, hostC] = ['host-a', 'host-b', 'host-c'].map(name => lab.host(name)) as [LabHost, LabHost, LabHost];
	await createGuest(hostA);
	const console = new LinesOfConsole(hostA);
	await console.catchUp(t, lab.hosts);
	for (const [from, to] of [[hostA, hostB] as const, [hostB, hostC] as const, [hostC, hostB] as const, [hostB, hostA] as const]) {
		await mustMigrate(t, from, to);
		await waitForLines(to);
		await console.catchUp(t, lab.hosts);
	}

	const {status, stderr} = await console.leave();
	t.is(status, 143);
	const notes = stderr.trimEnd().split('\n');
	t.deepEqual(
		notes,
		['host-b', 'host-c', 'host-b', 'host-a'].map(host => `[dom1 is on ${host}]`),
	);
});

test.serial('a console whose way to the other host is cut says so, comes back, and has missed nothing', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const console = new LinesOfConsole(hostA);
	await console.catchUp(t, lab.hosts);
	await mustMigrate(t, hostA, hostB);
	await console.catchUp(t, lab.hosts);
	for (let cut = 0; cut < 2; cut++) {
		proxy.down();
		await waitForLines(hostB);
		await sleep(300); // A first try in vain.
		proxy.up();
		await console.catchUp(t, lab.hosts);
	}

	const {stderr} = await console.leave();
	t.is(stderr.match(/tried again and again: /g)?.length, 2, stderr);
	t.is(stderr.match(/host-b answers again/g)?.length, 2, stderr);
});

test.serial('nothing can be typed to a guest without a console', async t => {
	const {hostA} = await startScene(t);
	await createGuest(hostA);
	const {status, stderr} = await hostA.ctl(['domain', 'console', DOMAIN], {input: 'hello\n'});
	t.is(status, 4);
	t.regex(stderr, /ERR_NOT_SUPPORTED: dom1 is a workload guest, which has no console/);
	const unknown = await hostA.ctl(['domain', 'console', 'nobody']);
	t.is(unknown.status, 4);
	t.regex(unknown.stderr, /ERR_DOMAIN_UNKNOWN/);
});
