import type {ExecutionContext} from 'ava';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {FaultProxy} from '@sterna/test-network';
import type {HostSettings} from '../../src/lab/host-files.ts';
import {Lab} from '../../src/lab/lab.ts';
import type {LabHost} from '../../src/lab/lab-host.ts';

/** The domain of most tests. */
export const DOMAIN = 'dom1';

/** Far longer than anything here takes, on a loaded machine too: what is waited for longer does not come. */
const PATIENCE_MS = 60_000;
const PROXY_HOST = '127.0.0.2';

/** Two hosts, ended with the test. */
export type Scene = {readonly lab: Lab; readonly hostA: LabHost; readonly hostB: LabHost};

export type SceneOptions = {
	readonly settings?: Readonly<Record<string, HostSettings>>;
	readonly throughProxy?: boolean;
	readonly tls?: boolean;
	/** Hosts that run QEMU guests. */
	readonly qemu?: boolean;
};

/** Starts host-a and host-b. When the test fails, their daemons' logs are shown with it. */
export async function startScene(
	t: ExecutionContext,
	{settings = {}, throughProxy = false, tls = false, qemu = false}: SceneOptions = {},
): Promise<Scene> {
	const lab = await Lab.start({
		hosts: ['host-a', 'host-b'],
		settings,
		tls,
		qemu,
		route: (from, to) => (throughProxy && from === 'host-a' && to === 'host-b' ? PROXY_HOST : '127.0.0.1'),
	});
	t.teardown(async () => {
		if (!t.passed)
			for (const host of lab.hosts)
				for (const name of ['sender', 'receiver'] as const) t.log(`${host.name} ${name}\n${host.daemon(name).log.slice(-4000)}`);
		await lab[Symbol.asyncDispose]();
	});
	return {lab, hostA: lab.host('host-a'), hostB: lab.host('host-b')};
}

/** Like `startScene`, with a relay between host-a's sender and host-b's receiver, on both of its ports. */
export async function startSceneThroughProxy(
	t: ExecutionContext,
	options: SceneOptions = {},
): Promise<Scene & {readonly proxy: FaultProxy}> {
	const scene = await startScene(t, {...options, throughProxy: true});
	const {controlPort, dataPort} = scene.hostB;
	const proxy = await FaultProxy.listen({listenHost: PROXY_HOST, targetHost: '127.0.0.1', ports: [controlPort, dataPort]});
	t.teardown(async () => proxy[Symbol.asyncDispose]());
	return {...scene, proxy};
}

export type GuestOptions = {
	readonly name?: string;
	readonly memory?: string;
	readonly rate?: string;
	readonly hot?: string;
	readonly content?: 'random' | 'text' | 'zero';
	readonly udpPort?: number;
	readonly paused?: boolean;
};

/** Creates a small, busy guest and waits until it has written some lines. */
export async function createGuest(
	host: LabHost,
	{name = DOMAIN, memory = '32MiB', rate = '40MB/s', hot = '8MiB', content = 'random', udpPort, paused = false}: GuestOptions = {},
): Promise<void> {
	const load = ['--pattern', 'hot-set', '--hot', hot, '--rate', rate, '--line-interval', '5ms'];
	const port = udpPort === undefined ? [] : ['--udp-port', String(udpPort)];
	await host.mustCtl([
		'domain',
		'create',
		name,
		'--memory',
		memory,
		'--content',
		content,
		...load,
		...port,
		...(paused ? ['--paused'] : []),
	]);
	if (!paused) await waitForLines(host, name);
}

/** Resolves when the condition holds. Rejects with `what` after a long time. */
export async function waitUntil(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = performance.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
		await sleep(20);
	}
}

/** Waits until a guest has written 20 more lines on this host: it runs there, now. */
export async function waitForLines(host: LabHost, domain = DOMAIN): Promise<void> {
	const count = (): number => host.output(domain).split('\n').length;
	const wanted = count() + 20;
	await waitUntil(`lines of ${domain} on ${host.name}`, () => count() >= wanted);
}

/** What a host's own record of a domain says, read past the daemons; undefined when there is none. */
export function readRecord(
	host: LabHost,
	domain = DOMAIN,
): {readonly state: string; readonly handle: {readonly pid: number; readonly socketPath: string}} | undefined {
	try {
		return JSON.parse(readFileSync(path.join(host.files.state, 'domains', domain, 'domain.json'), 'utf8')) as ReturnType<typeof readRecord>;
	} catch {
		return undefined;
	}
}

/** Names of the domains that a host lists. */
export async function listDomains(host: LabHost): Promise<string[]> {
	const {domains} = JSON.parse(await host.mustCtl(['domain', 'list', '--json'])) as {domains: readonly {readonly name: string}[]};
	return domains.map(({name}) => name);
}

/**
 * The guest runs on this host and on no other, finds all of its memory right, and has written each line exactly once,
 * wherever it was. Its writing goes on.
 */
export async function assertRunsIntact(t: ExecutionContext, lab: Lab, host: LabHost, domain = DOMAIN): Promise<void> {
	await waitForLines(host, domain);
	const {state} = await host.showDomain(domain);
	t.is(state, 'running', `${domain} on ${host.name}`);
	const check = await host.ctl(['domain', 'check', domain]);
	t.is(check.status, 0, `self-check: ${check.stdout}${check.stderr}`);
	for (const other of lab.hosts) {
		// The other end may still be at tidying up when the operator already has the answer.
		if (other !== host && other.daemon('sender').id !== undefined)
			await waitUntil(`${other.name} without ${domain}`, async () => !(await listDomains(other)).includes(domain));
	}

	const {lines, missing, repeated, remarks} = lab.guestOutput(domain);
	t.true(lines.length > 0);
	t.deepEqual({missing, repeated, remarks}, {missing: [], repeated: [], remarks: []});
}
