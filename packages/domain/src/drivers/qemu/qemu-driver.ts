import type {DomainDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {DomainDriver, GuestPlace} from '../../driver.ts';
import {assertMemoryAvailable} from '../../memory/memory-available.ts';
import {isProcessIntact} from '../../process-identity.ts';
import {type ProcessHandle, processHandle} from '../process-handle.ts';
import {adoptGuest} from './adopt/adopt-guest.ts';
import {formatQemuArguments} from './command-line/format-arguments.ts';
import {openQemuConsole} from './console.ts';
import type {QemuDefinition} from './definition.ts';
import {endHalfMadeQemu} from './end-half-made.ts';
import {endQemu} from './end-qemu.ts';
import {assertAllowed, programOf} from './host-settings.ts';
import {readLikeness} from './likeness/read-likeness.ts';
import {RomFiles} from './likeness/rom-files.ts';
import {findConsole} from './find-console.ts';
import {manageQemu} from './manage-qemu.ts';
import {removeQemuFiles} from './qemu-files.ts';
import {connectToMonitor, settingsOf} from './qemu-host.ts';
import {openQemuMemory} from './open-memory.ts';
import {openQemuSource} from './qemu-source.ts';
import {createQemuTarget, openQemuTarget} from './qemu-target.ts';
import {resolveMachine} from './resolve-machine.ts';
import {spawnQemu} from './spawn-qemu.ts';

/** Stock QEMU virtual machines. One for a daemon: it remembers what is in the files that QEMU loads. */
export function createQemuDriver(): DomainDriver {
	const romFiles = new RomFiles();
	return {
		kind: 'qemu',
		create: async (definition, place, {paused}) => createGuest(asQemu(definition), place, paused),
		describe: async (definition, handle, place) => describeGuest(asQemu(definition), processHandle(handle), place, romFiles),
		adopt: async (request, placeOf) => adoptGuest(request, placeOf, romFiles),
		createTarget: async (definition, place) => createQemuTarget(asQemu(definition), place, romFiles),
		openTarget: async (definition, handle, place) => openQemuTarget(asQemu(definition), processHandle(handle), place),
		openSource: async (definition, handle, place, {tracker}) =>
			openQemuSource({definition: asQemu(definition), handle: processHandle(handle), place, tracker, romFiles}),
		manage: async (definition, handle, place) => manageQemu(asQemu(definition), processHandle(handle), place),
		openMemory: async (definition, handle) => openQemuMemory(asQemu(definition), processHandle(handle)),
		openConsole: async (_definition, handle, place) => openQemuConsole(await findConsole(processHandle(handle), place)),
		endHalfMade: endHalfMadeQemu,
		isAlive: handle => handle.kind === 'process' && isProcessIntact(handle),
		async remove(handle, place) {
			if (handle.kind === 'process') await endQemu(handle, undefined, place);
			removeQemuFiles(place);
		},
	};
}

function asQemu(definition: DomainDefinition): QemuDefinition {
	if (definition.kind !== 'qemu') throw new DomainError('ERR_NOT_SUPPORTED', `${definition.name} is no QEMU guest but ${definition.kind}`);
	return definition;
}

async function createGuest(given: QemuDefinition, place: GuestPlace, paused: boolean): Promise<ProcessHandle> {
	const settings = settingsOf(place);
	const binary = programOf(given.binary, settings);
	const definition = {...given, machine: await resolveMachine(binary, given.machine)};
	await assertAllowed(definition, settings);
	assertMemoryAvailable(definition.memoryBytes);
	const {handle, monitor} = await spawnQemu({
		binary,
		arguments: formatQemuArguments(definition, {place, settings, mode: paused ? 'paused' : 'run'}),
		place,
		definition,
	});
	monitor[Symbol.dispose]();
	return handle;
}

/** With the machine type that its QEMU has made of an alias, and with its likeness. */
async function describeGuest(
	definition: QemuDefinition,
	handle: ProcessHandle,
	place: GuestPlace,
	romFiles: RomFiles,
): Promise<QemuDefinition> {
	using monitor = await connectToMonitor(handle);
	const {likeness} = await readLikeness({qmp: monitor, binary: programOf(definition.binary, settingsOf(place)), romFiles});
	return {...definition, machine: likeness.machine.replace(/-machine$/, ''), likeness};
}
