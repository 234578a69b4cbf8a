import {realpath} from 'node:fs/promises';
import {basename} from 'node:path';
import * as v from 'valibot';
import {type Adopted, type AdoptRequest, NotAdoptableError} from '../../../adopt.ts';
import {DomainName} from '../../../common-definition.ts';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {startTicksOf} from '../../../process-identity.ts';
import {formatQemuArguments} from '../command-line/format-arguments.ts';
import {type QemuHostSettings, whyNotAllowed} from '../host-settings.ts';
import {readLikeness} from '../likeness/read-likeness.ts';
import type {RomFiles} from '../likeness/rom-files.ts';
import {whyOfAnotherUser} from '../qemu-host.ts';
import {QmpClient} from '../qmp/qmp-client.ts';
import {adoptArguments, nameOfGuest} from './adopt-arguments.ts';
import {readProcess, readRunningGuest} from './read-running-guest.ts';

/**
 * Takes over a QEMU that runs here, by its monitor: what it is made of, so that another host can make its like. It is asked, and nothing of it is
 * changed. As `DomainDriver.adopt`.
 */
export async function adoptGuest(
	{name, uuid, monitorSocket, networks, disks}: AdoptRequest,
	placeOf: (name: string) => GuestPlace,
	romFiles: RomFiles,
): Promise<Adopted> {
	using qmp = await QmpClient.connect(monitorSocket);
	const process = await readProcess(qmp);
	const {pid, executable, argv} = process;
	const startTicks = startTicksOf(pid);
	if (startTicks === undefined) throw new DomainError('ERR_GUEST_EXITED', `the guest's process ${pid} has ended`);
	const domainName = v.safeParse(DomainName, name ?? nameOfGuest(argv));
	if (!domainName.success) {
		throw new DomainError('ERR_USAGE', `the guest of process ${pid} has no name that a domain can have: give it one`);
	}

	const place = placeOf(domainName.output);
	const {qemu: settings} = place;
	if (settings === undefined) throw new DomainError('ERR_NOT_SUPPORTED', 'this host takes no QEMU guests: its configuration has no [qemu]');
	const read = await readLikeness({qmp, binary: executable, romFiles, cwd: process.cwd});
	const guest = await readRunningGuest(qmp, process, read);
	const binary = await nameOfBinary(executable, settings);
	const {definition, obstacles, notes} = adoptArguments(guest, {
		name: domainName.output,
		uuid,
		binary: binary ?? basename(executable),
		networks: {chosen: networks, known: settings.networks},
		disks,
	});
	const refused = definition && binary !== undefined ? await whyNotAllowed(definition, settings) : [];
	const all = [
		...(binary === undefined ? [unknownProgram(executable)] : []),
		...[whyOfAnotherUser(pid)].filter(reason => reason !== undefined),
		...obstacles,
		...refused.map(reason => `a host with this one's configuration would not make it: ${reason}`),
	];
	if (definition === undefined || all.length > 0) throw new NotAdoptableError(`the guest of process ${pid}`, all);
	const complete = {...definition, likeness: read.likeness};
	return {
		definition: complete,
		handle: {kind: 'process', pid, startTicks, socketPath: monitorSocket},
		paused: guest.state !== 'running',
		notes,
		command: [settings.binaries.get(complete.binary) ?? executable, ...formatQemuArguments(complete, {place, settings, mode: 'incoming'})],
	};
}

/** The name that this host's list has for a program; undefined where it has none. */
async function nameOfBinary(executable: string, {binaries}: QemuHostSettings): Promise<string | undefined> {
	for (const [name, path] of binaries) {
		if (path === executable) return name;
		try {
			if ((await realpath(path)) === executable) return name;
		} catch {
			continue; // Of the list, but not installed.
		}
	}

	return undefined;
}

function unknownProgram(executable: string): string {
	return executable.endsWith(' (deleted)')
		? `its program ${executable.slice(0, -' (deleted)'.length)} was replaced since the start (cure: start the guest anew)`
		: `its program ${executable} is none of this host's list (cure: add it to [qemu] binaries)`;
}
