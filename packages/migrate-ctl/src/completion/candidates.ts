import type {DomainInfo, HistoryEntry, MigrationStatus, ProtectionStatus} from '@sterna/protocol/control';
import {BUILT_IN_POLICIES} from '@sterna/host/policies';
import {formatSize} from '@sterna/host/units';
import {askBoth} from '../ask.ts';
import type {Cli, GlobalOptions} from '../cli.ts';
import type {Command} from '../command.ts';
import {configOf} from '../open-daemon.ts';
import {describePhase, describeRoute, hasEnded} from '../progress/describe.ts';
import {isOver} from '../protection/describe-protection.ts';
import {formatTime} from '../render/quantity.ts';
import {SETTINGS} from '../settings.ts';
import type {WordKind} from './word-kind.ts';

/** One thing that a word can be. The description is for those shells that show one. */
export type Candidate = {readonly value: string; readonly description: string};

/** Where a word stands that candidates are looked for. */
export type Place = {
	/** Its daemons are opened with little patience. */
	readonly cli: Cli;
	readonly globals: GlobalOptions;
	readonly program: Command;
	/** The arguments before it. */
	readonly before: readonly string[];
	/** What is there of the word. */
	readonly text: string;
};

type Source = (place: Place) => readonly Candidate[] | Promise<readonly Candidate[]>;

/** So many recordings are offered, the latest. */
const MAX_RECORDINGS = 50;
const ARROWS = {to: 'to', from: 'from'};

/** What a word of each kind can be. A source may reject: nothing is offered then. Of a file the shell itself knows more. */
export const SOURCES: Readonly<Record<WordKind, Source>> = {
	command: ({program, before}) => commandsBelow(program, before),
	domain: async place => (await domains(place)).map(info => ({value: info.name, description: describeDomain(info)})),
	'protected-domain': async place => ofProtections((await protections(place)).filter(({role}) => role === 'source')),
	'standby-domain': async place => ofProtections(await protections(place)),
	'recorded-domain': async place => unique((await history(place)).map(entry => ({value: entry.domain, description: describeEntry(entry)}))),
	host: place => hosts(place),
	migration: async place => ofMigrations((await migrations(place)).filter(status => !hasEnded(status))),
	'outgoing-migration': async place =>
		ofMigrations((await migrations(place)).filter(status => status.direction === 'outgoing' && !hasEnded(status))),
	'known-migration': async place => {
		const [ofAll, standbys] = await Promise.all([migrations(place), protections(place)]);
		return unique([...ofProtections(standbys), ...ofMigrations(ofAll)]);
	},
	recording: async place => {
		const entries = (await history(place)).filter(({hasRecord}) => hasRecord);
		return unique([
			...entries.map(entry => ({value: entry.id, description: `${entry.domain}: ${describeEntry(entry)}`})),
			...entries.map(entry => ({value: entry.domain, description: `its latest: ${describeEntry(entry)}`})),
		]);
	},
	setting: ({text}) => settings(text, () => true),
	'daemon-setting': ({text}) => settings(text, ({ofDaemon}) => ofDaemon),
	policies: place => policies(place),
	file: () => [],
	directory: () => [],
	word: () => [],
};

/** The names of the commands below one; `help` where commander has it. Of hidden ones none. */
export function namesBelow(command: Command): readonly Candidate[] {
	return command
		.createHelp()
		.visibleCommands(command)
		.map(child => ({value: child.name(), description: child.summary() || child.description()}));
}

function commandsBelow(program: Command, names: readonly string[]): readonly Candidate[] {
	let command: Command | undefined = program;
	for (const name of names) command = command?.commands.find(child => child.name() === name);
	return command === undefined ? [] : namesBelow(command).filter(({value}) => value !== 'help');
}

async function domains({cli, globals}: Place): Promise<readonly DomainInfo[]> {
	await using daemon = await cli.open('sender', globals);
	return await daemon.domains();
}

/** Of both daemons, newest first; what a silent one knows is missing. */
async function migrations({cli, globals}: Place): Promise<readonly MigrationStatus[]> {
	const {answers} = await askBoth(cli, globals, async daemon => daemon.migrations(''));
	return answers.flatMap(({value}) => value).toSorted((one, other) => other.startedAtMs - one.startedAtMs);
}

/** As `migrations`: those that go on. */
async function protections({cli, globals}: Place): Promise<readonly ProtectionStatus[]> {
	const {answers} = await askBoth(cli, globals, async daemon => daemon.protections(''));
	return answers.flatMap(({value}) => value).filter(status => !isOver(status));
}

/** As `migrations`: those that were. */
async function history({cli, globals}: Place): Promise<readonly HistoryEntry[]> {
	const {answers} = await askBoth(cli, globals, async daemon => daemon.history({limit: MAX_RECORDINGS, domain: ''}));
	return answers.flatMap(({value}) => value.entries).toSorted((one, other) => other.startedAtMs - one.startedAtMs);
}

/** Those that the configuration has; none of them is asked. */
function hosts({cli, globals}: Place): readonly Candidate[] {
	const config = configOf(globals, cli.io);
	return [...config.hosts.values()]
		.filter(({name}) => name !== config.hostName)
		.map(({name, address, controlPort}) => ({value: name, description: `${address}:${controlPort}`}));
}

function ofMigrations(statuses: readonly MigrationStatus[]): readonly Candidate[] {
	const described = statuses.map(status => ({status, description: `${describeRoute(status, ARROWS)}: ${describePhase(status)}`}));
	return unique([
		...described.map(({status, description}) => ({value: status.domain, description})),
		...described.map(({status, description}) => ({value: status.id, description})),
	]);
}

function ofProtections(statuses: readonly ProtectionStatus[]): readonly Candidate[] {
	return unique(
		statuses.map(({domain, role, peer, phase}) => ({
			value: domain,
			description: role === 'source' ? `standby on ${peer}: ${phase}` : `standby here, of ${peer}: ${phase}`,
		})),
	);
}

/** Keys, and behind the equals sign the choices of the key's value where it has some. */
function settings(text: string, isOffered: (setting: (typeof SETTINGS)[number]) => boolean): readonly Candidate[] {
	const offered = SETTINGS.filter(setting => isOffered(setting));
	const at = text.indexOf('=');
	if (at < 0) return offered.map(({key, meaning}) => ({value: `${key}=`, description: meaning}));
	const {key, choices = []} = offered.find(setting => setting.key === text.slice(0, at)) ?? {key: ''};
	return choices.map(choice => ({value: `${key}=${choice}`, description: ''}));
}

/** The list as it stands, and one name more. */
function policies({cli, globals, text}: Place): readonly Candidate[] {
	const names = text.split(',').slice(0, -1);
	const own = [...configOf(globals, cli.io).policy.modules];
	const known = [
		...BUILT_IN_POLICIES.map(name => ({name, description: 'built in'})),
		...own.map(([name, file]) => ({name, description: file})),
	];
	return known.filter(({name}) => !names.includes(name)).map(({name, description}) => ({value: [...names, name].join(','), description}));
}

function describeDomain({state, kind, memoryBytes}: DomainInfo): string {
	return `${state}, ${kind}, ${formatSize(memoryBytes)}`;
}

function describeEntry({direction, peer, outcome, startedAtMs}: HistoryEntry): string {
	const route = peer === '' ? direction : `${direction} ${direction === 'incoming' ? 'from' : 'to'} ${peer}`;
	return `${route}, ${outcome === '' ? 'no end known' : outcome}, ${formatTime(startedAtMs)}`;
}

/** The first of each value. */
function unique(candidates: readonly Candidate[]): readonly Candidate[] {
	const seen = new Set<string>();
	return candidates.filter(({value}) => !seen.has(value) && seen.add(value));
}
