/** The console of a QEMU guest: what is typed reaches it, wherever it is. */
import test, {type ExecutionContext} from 'ava';
import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {buildTestGuest} from '@sterna/test-guest';
import type {LabHost} from '../src/lab/lab-host.ts';
import {MIGRATE_CTL} from '../src/lab/ctl.ts';
import {type GuestSettings, guestToml} from '../src/qemu/guest-settings.ts';
import {startQemuScene} from './helpers/qemu-scene.ts';
import {waitUntil} from './helpers/scene.ts';
import {mustMigrate} from './helpers/start.ts';

/** `migrate-ctl domain console` with its input held open. */
function attend(t: ExecutionContext, host: LabHost, domain: string): {readonly type: (line: string) => void; readonly text: () => string} {
	const child = spawn(process.execPath, [MIGRATE_CTL, '--config', host.files.config, 'domain', 'console', domain, '--tail', '0'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	t.teardown(() => child.kill('SIGKILL'));
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (piece: string) => {
		text += piece;
	});
	return {type: line => void child.stdin.write(`${line}\n`), text: () => text};
}

/** A guest that has a shell on its serial port, and nothing else to do. */
async function createShell(host: LabHost, directory: string): Promise<void> {
	const definition = path.join(directory, 'shell.toml');
	const settings: GuestSettings = {
		name: 'shell',
		machine: 'pc-i440fx-7.2',
		memoryMiB: 128,
		backend: 'memfd',
		cpu: 'qemu64',
		cpus: 1,
		mac: undefined,
		disk: undefined,
		rng: false,
		vga: 'none',
		load: {shell: true},
	};
	writeFileSync(definition, guestToml(settings, await buildTestGuest()));
	await host.mustCtl(['domain', 'create', '--qemu', definition]);
}

test.serial('what is typed at the console of a guest reaches it, here, where it went, and back at home', async t => {
	const {lab, hostA, hostB} = await startQemuScene(t);
	await createShell(hostA, lab.directory);
	const console = attend(t, hostA, 'shell');
	let host = hostA;
	/** What the shell computes is nowhere in what was typed, which the guest's terminal says back. */
	const converse = async (factor: number): Promise<void> => {
		const answers = (): boolean => console.text().includes(`said-${1000 * factor}`);
		await waitUntil(`an answer on ${host.name}`, async () => {
			console.type(`echo said-$((1000 * ${factor}))`);
			for (let look = 0; look < 50 && !answers(); look++) await sleep(20);
			return answers();
		});
	};

	await converse(11);
	for (const [to, factor] of [[hostB, 13] as const, [hostA, 17] as const]) {
		await mustMigrate(t, host, to, {domain: 'shell'});
		host = to;
		await converse(factor);
	}

	const refused = await hostA.ctl(['domain', 'console', 'shell']);
	t.is(refused.status, 4);
	t.regex(refused.stderr, /ERR_DOMAIN_BUSY: the console of shell is in use/);
});
