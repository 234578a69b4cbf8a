import type {Config} from '../config/load-config.ts';
import type {DaemonRole} from '../daemon-flags.ts';
import type {Directories} from '../directories.ts';
import type {DomainRegistry} from '../domain-registry.ts';
import type {LeaseStore} from '../lease/lease-store.ts';
import {certificateFacts} from './certificate-facts.ts';
import {directoryFacts, type HookFacts, hookFacts, judgeDirectories, judgeHooks, judgeSocket, socketFacts} from './files.ts';
import {ok} from './finding.ts';
import {guestFacts, judgeGuests, judgeLeftovers, leftoverFacts} from './guests.ts';
import {judgeCertificate} from './judge-certificate.ts';
import {judgeCores, judgeLibraries, judgeLimits, judgePtrace, judgeVersion} from './judge-system.ts';
import {judgeLease, judgeService, leaseFacts, serviceFacts} from './services.ts';
import {judgeDisk, judgeMemory, judgeRunSpace, memoryFacts, spaceFacts} from './storage.ts';
import {coreFacts, libraryFacts, limitFacts, ptraceFacts, versionFacts} from './system-facts.ts';
import {judgeTracker, tryTracker} from './tracker.ts';
import type {Check} from './within.ts';

/** What a daemon, or migrate-ctl in the place of one that is down, looks at its host with. */
export type ExaminedHost = {
	readonly role: DaemonRole;
	readonly config: Config;
	readonly directories: Directories;
	readonly registry: DomainRegistry;
	/** Name and version of the daemon. */
	readonly software: string;
	readonly leases: LeaseStore;
};

/** What each daemon must look at by itself: what it may do, what it was built with, what its own files are. */
export function checksOfDaemon({role, config, software, leases}: ExaminedHost): readonly Check[] {
	const {tls, data, qemu} = config;
	return [
		{name: 'version', examine: () => judgeVersion(versionFacts(software))},
		...checksOfStart({config, directories: undefined}),
		{name: 'libraries', examine: () => judgeLibraries(libraryFacts({tls: tls !== undefined && tls.data}))},
		{name: 'limits', examine: async () => judgeLimits(await limitFacts())},
		{name: 'cores', examine: () => judgeCores(coreFacts(data.workers))},
		{name: 'ptrace', examine: async () => judgePtrace(await ptraceFacts(qemu.binaries.values()))},
		{name: 'socket', examine: async () => judgeSocket(await socketFacts(config[role].socket))},
		{name: 'hooks', examine: async () => judgeHooks(await hooksOf(role, config))},
		{name: 'lease-store', examine: async signal => judgeLease(await leaseFacts(leases, signal))},
		{name: 'service', examine: async signal => judgeService(await serviceFacts(role, signal))},
	];
}

/** What is the same whichever daemon looks at it. */
export function checksOfHost({config, directories, registry}: ExaminedHost): readonly Check[] {
	return [
		{name: 'tracker', examine: () => judgeTracker(tryTracker(), config.sender)},
		{name: 'memory', examine: async () => judgeMemory(await memoryFacts(config.receiver.memoryLimitBytes, registry))},
		{name: 'run-space', examine: async () => judgeRunSpace(await spaceFacts(directories.run))},
		{name: 'disk', examine: async () => judgeDisk(await spaceFacts(directories.state))},
		directoriesCheck({of: directories}),
		{name: 'guests', examine: async () => judgeGuests(await guestFacts(registry))},
		{name: 'leftovers', examine: async () => judgeLeftovers(await leftoverFacts(registry, directories))},
	];
}

/** `user`: that the daemon runs as; of this process where undefined. */
type ExaminedDirectories = {readonly of: Directories; readonly user?: number | undefined};

/** What keeps a daemon from starting. Without directories: certificates alone. */
export function checksOfStart({
	config: {tls},
	directories,
}: {
	readonly config: Config;
	readonly directories: ExaminedDirectories | undefined;
}): readonly Check[] {
	return [
		{
			name: 'certificate',
			examine: async () =>
				tls === undefined
					? ok('certificate', 'there is no [tls]: hosts on loopback alone are reached')
					: judgeCertificate(await certificateFacts(tls), {now: new Date()}),
		},
		...(directories === undefined ? [] : [directoriesCheck(directories)]),
	];
}

function directoriesCheck({of: {state, domains, migrations, run, locks, guests}, user}: ExaminedDirectories): Check {
	return {
		name: 'directories',
		examine: async () =>
			judgeDirectories(await Promise.all([state, domains, migrations, run, locks, guests].map(async each => directoryFacts(each, user)))),
	};
}

/** Each daemon runs programs of its own. */
async function hooksOf(role: DaemonRole, {hooks, standby}: Config): Promise<readonly HookFacts[]> {
	const [key, program] = role === 'sender' ? ['hooks.before-go', hooks.beforeGo?.[0]] : ['standby.fence', standby.fence?.[0]];
	return program === undefined ? [] : [await hookFacts(key ?? '', program)];
}
