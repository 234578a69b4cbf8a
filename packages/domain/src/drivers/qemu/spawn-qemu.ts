import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import {childEnvironment} from '../../child-environment.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import {startTicksOf} from '../../process-identity.ts';
import {endProcess} from '../end-process.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {assertSocketPath} from '../run-files.ts';
import type {QemuDefinition} from './definition.ts';
import {endReplicatedDisks, startReplicatedDisks} from './disks/replicated-disks.ts';
import {removeQemuFiles, saidByQemu} from './qemu-files.ts';
import {QmpClient} from './qmp/qmp-client.ts';
import {runFiles} from './run-files.ts';

/** It takes 0.1 s; reserving memory or waiting for storage may take it longer. */
const START_TIMEOUT_MS = 60_000;
/** Between two looks for the monitor's socket. */
const LOOK_INTERVAL_MS = 2;

export type SpawnQemuOptions = {
	/** The program's path. */
	readonly binary: string;
	/** Its arguments, with a monitor at the place's `qmp.sock`. */
	readonly arguments: readonly string[];
	readonly place: GuestPlace;
	/** Its name, and its disks: the server of replicated ones is started before it. */
	readonly definition: Pick<QemuDefinition, 'name' | 'disks'>;
};

/** A QEMU that was started, and the connection to its monitor, which is the caller's. */
export type StartedQemu = {readonly handle: ProcessHandle; readonly monitor: QmpClient};

/**
 * Starts a QEMU as a process and session of its own, which outlives this one; what it says goes to its log. Resolves when its monitor answers.
 * Rejects ERR_NOT_SUPPORTED where there is no such program, ERR_CONFIG with the end of the log where it does not start, and as `startReplicatedDisks`; nothing is left of it then.
 */
export async function spawnQemu({binary, arguments: args, place, definition}: SpawnQemuOptions): Promise<StartedQemu> {
	const files = runFiles(place.runDir);
	// The longest of its sockets.
	assertSocketPath(files.incoming);
	// A QEMU that is gone has left its files, its monitor's socket first of all: nothing of it may be taken for the new one's.
	await endReplicatedDisks(place.runDir);
	removeQemuFiles(place);
	await startReplicatedDisks(definition, place);
	const logFd = openSync(files.log, 'a', 0o600);
	const child = spawn(binary, [...args], {detached: true, cwd: '/', stdio: ['ignore', logFd, logFd], env: childEnvironment()});
	closeSync(logFd);
	const startTicks = child.pid === undefined ? undefined : startTicksOf(child.pid);
	try {
		if (child.pid === undefined || startTicks === undefined) throw await cannotStart(child, binary);
		const monitor = await connectToChild(child, place);
		child.unref();
		return {handle: {kind: 'process', pid: child.pid, startTicks, socketPath: files.qmp}, monitor};
	} catch (error) {
		if (child.pid !== undefined && startTicks !== undefined) await endProcess({pid: child.pid, startTicks});
		await endReplicatedDisks(place.runDir);
		removeQemuFiles(place);
		throw error;
	}
}

async function cannotStart(child: ChildProcess, binary: string): Promise<DomainError> {
	const [cause] = (await once(child, 'error')) as [Error];
	const missing = 'code' in cause && cause.code === 'ENOENT';
	return new DomainError(
		missing ? 'ERR_NOT_SUPPORTED' : 'ERR_CONFIG',
		missing ? `there is no ${binary} on this host` : `${binary} cannot be started`,
		{cause},
	);
}

/** Connects as soon as the child listens. */
async function connectToChild(child: ChildProcess, place: GuestPlace): Promise<QmpClient> {
	const deadline = performance.now() + START_TIMEOUT_MS;
	for (;;) {
		try {
			return await QmpClient.connect(runFiles(place.runDir).qmp, {timeoutMs: deadline - performance.now()});
		} catch (error) {
			if (child.exitCode !== null || child.signalCode !== null) {
				const how = child.signalCode ?? `status ${child.exitCode}`;
				throw new DomainError('ERR_CONFIG', `QEMU ended with ${how} as it started${saidByQemu(place)}`, {cause: error});
			}

			// It does not listen yet, or ends at this moment.
			if (!(error instanceof DomainError && error.code === 'ERR_GUEST_EXITED')) throw error;
			if (performance.now() > deadline)
				throw new DomainError('ERR_CONFIG', `QEMU has not opened its monitor ${START_TIMEOUT_MS} ms after its start`, {cause: error});
			await delay(LOOK_INTERVAL_MS);
		}
	}
}
