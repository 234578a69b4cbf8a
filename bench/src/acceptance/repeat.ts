import {existsSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Lab, type ResultJson} from '@sterna/test-e2e';
import {spreadOf} from '../statistics.ts';
import {CheckLog} from './check-log.ts';

const DOMAIN = 'dom1';
const GUEST = ['--memory', '1GiB', '--pattern', 'hot-set', '--hot', '64MiB', '--rate', '200MB/s', '--line-interval', '10ms'];
/** The guest's own sweep of all its memory after so many migrations, besides the one that it makes after each by itself. */
const CHECK_EVERY = 10;

type State = {
	readonly directory: string;
	readonly results: readonly {readonly totalMs: number; readonly downtimeMs: number; readonly iterations: number}[];
};

/**
 * One guest of 1 GiB that dirties 200 MB/s over 64 MiB migrates `runs` times in a row between two hosts. Its self-check never fails, and its output has
 * every line exactly once. The hosts and the guest outlive an interrupted run: the next one goes on with the same guest.
 */
export async function repeat({runs}: {readonly runs: number}): Promise<boolean> {
	const log = new CheckLog<State>('repeat');
	const {lab, results} = await openLab(log);
	const hosts = [lab.host('host-a'), lab.host('host-b')] as const;
	for (let run = results.length; run < runs; run++) {
		const [from, to] = run % 2 === 0 ? hosts : ([hosts[1], hosts[0]] as const);
		const {status, stdout, stderr} = await from.ctl(['start', DOMAIN, to.name, '--json']);
		const last = stdout.trimEnd().split('\n').at(-1) ?? '{}';
		const {result} = JSON.parse(last) as {readonly result?: ResultJson};
		if (status !== 0 || result?.outcome !== 'completed' || result.downtimeMs === null) {
			log.line(`migration ${run + 1} from ${from.name} to ${to.name} exited with ${status}: ${last}${stderr}`);
			log.line(`the lab is left as it is: npm run lab -- --dir ${lab.directory} status`);
			return false;
		}

		const {totalMs, downtimeMs, iterations} = result;
		results.push({totalMs, downtimeMs, iterations});
		log.keep({directory: lab.directory, results});
		log.line(
			`${run + 1} of ${runs}: ${from.name} to ${to.name}, ${totalMs.toFixed(0)} ms, downtime ${downtimeMs.toFixed(1)} ms, ${iterations} iterations`,
		);
		if ((run + 1) % CHECK_EVERY === 0 || run + 1 === runs) {
			const check = await to.ctl(['domain', 'check', DOMAIN]);
			log.line(check.stdout.trimEnd() + check.stderr.trimEnd());
			if (check.status !== 0) return false;
		}
	}

	const {lines, missing, repeated, remarks} = lab.guestOutput(DOMAIN);
	const downtime = spreadOf(results.map(({downtimeMs}) => downtimeMs));
	const total = spreadOf(results.map(({totalMs}) => totalMs));
	log.line(
		`${results.length} migrations in a row; downtime ${downtime.median.toFixed(1)} ms (${downtime.min.toFixed(1)} to ${downtime.max.toFixed(1)}), total ${total.median.toFixed(0)} ms (${total.min.toFixed(0)} to ${total.max.toFixed(0)})`,
	);
	log.line(`output lines 1 to ${lines.at(-1)?.number}: ${missing.length} missing, ${repeated.length} twice, ${remarks.length} complaints`);
	await lab.destroy();
	log.forget();
	return missing.length === 0 && repeated.length === 0 && remarks.length === 0;
}

async function openLab(log: CheckLog<State>): Promise<{lab: Lab; results: State['results'][number][]}> {
	const kept = log.state;
	const found = kept !== undefined && existsSync(kept.directory) ? Lab.attach(kept.directory) : undefined;
	if (kept !== undefined && found !== undefined) {
		log.line(`going on after ${kept.results.length} migrations, in ${kept.directory}`);
		for (const host of found.hosts)
			for (const daemon of ['receiver', 'sender'] as const) if (host.daemon(daemon).id === undefined) await host.daemon(daemon).start();
		return {lab: found, results: [...kept.results]};
	}

	const lab = await Lab.startDetached({hosts: ['host-a', 'host-b'], directory: mkdtempSync(path.join(tmpdir(), 'sterna-repeat-'))});
	log.keep({directory: lab.directory, results: []});
	log.line(`migrate-ctl domain create ${DOMAIN} ${GUEST.join(' ')}`);
	await lab.host('host-a').mustCtl(['domain', 'create', DOMAIN, ...GUEST]);
	return {lab, results: []};
}
