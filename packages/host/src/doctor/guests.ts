import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {driverFor} from '@sterna/domain';
import type {Directories} from '../directories.ts';
import type {DomainRecord} from '../domain-record.ts';
import type {DomainRegistry} from '../domain-registry.ts';
import {fault, type Judgement, ok, warning} from './finding.ts';

/** A guest that is just being made has a run directory before it has a record. */
const BEING_MADE_MS = 60_000;

/** What a record says of its guest, and whether that is there. */
export type GuestRecordFacts = {
	readonly name: string;
	readonly state: DomainRecord['state'];
	readonly peer: string | undefined;
	/** Of a protected guest: what of its standby is written down. */
	readonly protection: 'protecting' | 'alone' | 'stopped' | 'handing-over' | 'gone' | 'stale' | undefined;
	readonly isAlive: boolean;
};
export type CorruptRecordFacts = {readonly name: string; readonly problem: string};

/** Everything that records are there for. */
export async function guestFacts(
	registry: DomainRegistry,
): Promise<{readonly guests: readonly GuestRecordFacts[]; readonly corrupt: readonly CorruptRecordFacts[]}> {
	const {records, corrupt} = await registry.list();
	return {
		guests: records.map(({definition, handle, state, migration, protection}) => ({
			name: definition.name,
			state,
			peer: protection?.peer ?? migration?.peer,
			protection: protection?.role === 'source' ? protection.step : undefined,
			isAlive: driverFor(definition.kind).isAlive(handle),
		})),
		corrupt: corrupt.map(({domain, error}) => ({name: domain, problem: error.message})),
	};
}

export function judgeGuests({
	guests,
	corrupt,
}: {
	readonly guests: readonly GuestRecordFacts[];
	readonly corrupt: readonly CorruptRecordFacts[];
}): readonly Judgement[] {
	const wrong = [
		...corrupt.map(({name, problem}) =>
			fault(
				'guests',
				`the record of ${name} cannot be read, and its guest may well run: ${problem}`,
				`put the record back from a copy of the state directory; or, when its guest is gone for certain, remove it: domains/${name}/domain.json`,
			),
		),
		...guests.flatMap(guest => judgeGuest(guest) ?? []),
	];
	return wrong.length > 0
		? wrong
		: [ok('guests', guests.length === 0 ? 'there are none here' : `${guests.length} here, and each is as its record says`)];
}

function judgeGuest({name, state, peer = 'the other host', protection, isAlive}: GuestRecordFacts): Judgement | undefined {
	switch (state) {
		case 'undecided':
			return fault('guests', `it is not decided whether ${name} runs here or on ${peer}`, `migrate-ctl resolve ${name}`);
		case 'stale':
			return warning(
				'guests',
				`${name} here is out of date: the guest runs on ${peer}`,
				`migrate-ctl domain destroy ${name}, when nothing of it is wanted any more`,
			);
		case 'protected':
			if (protection === 'gone')
				return warning(
					'guests',
					`the process of ${name} is gone; its standby on ${peer} may take over`,
					`migrate-ctl failover ${name}, on ${peer}`,
				);
			if (protection === 'alone')
				return warning('guests', `${name} runs without its standby on ${peer}`, `migrate-ctl unprotect ${name}, and protect it again`);
			if (protection === 'stopped')
				return fault(
					'guests',
					`${name} stands still, for want of its lease or its standby on ${peer}`,
					`migrate-ctl status ${name} says why; bring ${peer} or the lease store back`,
				);
			break;
		case 'running':
		case 'paused':
		case 'image':
		case 'incoming':
		case 'outgoing':
		case 'standby':
			break;
	}

	if (isAlive) return undefined;
	return state === 'standby'
		? warning(
				'guests',
				`what ${name} was to take over into is gone: it is protected no more`,
				`migrate-ctl unprotect ${name}, on ${peer}; then protect it again`,
			)
		: warning(
				'guests',
				`${name} has crashed, or the host was rebooted: its process is gone`,
				`migrate-ctl domain destroy ${name} forgets it; its output stays`,
			);
}

export type LeftoverFacts = {
	/** Run directories that no record leads to. */
	readonly directories: readonly string[];
	/** Processes that were given one of those. */
	readonly processes: readonly {readonly pid: number; readonly directory: string}[];
};

/** What is in the run directory, and in no record. */
export async function leftoverFacts(registry: DomainRegistry, directories: Directories): Promise<LeftoverFacts> {
	const {records, corrupt} = await registry.list();
	const names = [...records.map(({definition}) => definition.name), ...corrupt.map(({domain}) => domain)];
	const recorded = new Set(names.map(name => directories.placeOf(name).runDir));
	const there = (await readdir(directories.guests)).map(name => path.join(directories.guests, name));
	const unknown = await filter(there, async directory => !recorded.has(directory) && (await isOld(directory)));
	return {
		directories: await filter(unknown, async directory => (await readdir(directory)).length > 0),
		processes: await processesOf(unknown),
	};
}

async function filter(paths: readonly string[], isWanted: (path: string) => Promise<boolean>): Promise<readonly string[]> {
	const wanted = await Promise.all(paths.map(async each => isWanted(each)));
	return paths.filter((_, index) => wanted[index]);
}

async function isOld(directory: string): Promise<boolean> {
	const found = await stat(directory).catch(() => undefined);
	return found?.isDirectory() === true && Date.now() - found.mtimeMs > BEING_MADE_MS;
}

async function processesOf(directories: readonly string[]): Promise<LeftoverFacts['processes']> {
	if (directories.length === 0) return [];
	const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
	const commands = await Promise.all(
		pids.map(async pid =>
			// One that has ended meanwhile has none.
			readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
		),
	);
	return pids.flatMap((pid, index) => {
		const directory = directories.find(each => commands[index]?.includes(`${each}/`));
		return directory === undefined ? [] : [{pid: Number(pid), directory}];
	});
}

export function judgeLeftovers({directories, processes}: LeftoverFacts): readonly Judgement[] {
	const found = [
		...processes.map(({pid, directory}) =>
			warning(
				'leftovers',
				`process ${pid} is a guest that no record leads to (${directory}): it holds memory`,
				`see what it is (ps -fp ${pid}); if it is nobody's: kill ${pid}`,
			),
		),
		...directories
			.filter(directory => !processes.some(process => process.directory === directory))
			.map(directory => warning('leftovers', `${directory} is left of a guest that is gone`, `rm -r ${directory}`)),
	];
	return found.length > 0 ? found : [ok('leftovers', 'nothing is left of guests that are gone')];
}
