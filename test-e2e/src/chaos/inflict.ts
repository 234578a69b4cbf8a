import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {CRASH_POINT_VARIABLE, JOURNAL_FAULT_VARIABLE} from '@sterna/host';
import {OperationError} from '@sterna/protocol';
import type {LabHost} from '../lab/lab-host.ts';
import type {DaemonName} from '../lab/host-files.ts';
import {DOMAIN} from '../small-guest.ts';
import type {ChaosFault, DaemonRef, Moment} from './schedule.ts';
import {askDaemon, portOf, type Roles, type Stage} from './stage.ts';
import type {Supervisor} from './supervisor.ts';

const CLOCK_FILE = 'clock-offset';
const CLOCK_MODULE = new URL('jumping-clock.ts', import.meta.url).href;

export type Scene = {
	readonly stage: Stage;
	readonly roles: Roles;
	readonly supervisor: Supervisor;
	/** Aborted when everything is healed: nothing new goes wrong from then on. */
	readonly healing: AbortSignal;
	/** Does something when the migration is first seen in that phase. */
	readonly onPhase: (phase: string, act: () => void) => void;
	/** Told of each fault that came to pass. */
	readonly onStruck: (fault: ChaosFault) => void;
};

/** Starts the daemon that is to fail at a step of its own, or by a wrong clock, with what makes it do so. Nothing for other faults. */
export async function armDaemon({roles, supervisor}: Pick<Scene, 'roles' | 'supervisor'>, fault: ChaosFault): Promise<void> {
	switch (fault.kind) {
		case 'crash-point':
			await supervisor.arm(...daemonOf(roles, stepDaemon(fault.point)), {
				environment: {[CRASH_POINT_VARIABLE]: `${fault.point}:${fault.nth}`},
				restartAfterMs: fault.forMs,
			});
			break;
		case 'journal-fault':
			await supervisor.arm(...daemonOf(roles, stepDaemon(fault.write)), {
				environment: {[JOURNAL_FAULT_VARIABLE]: `${fault.write}:${fault.fault}:${fault.nth}`},
			});
			break;
		case 'clock': {
			const [host, name] = daemonOf(roles, fault);
			await supervisor.arm(host, name, {
				environment: {NODE_OPTIONS: `--import=${CLOCK_MODULE}`, STERNA_CHAOS_CLOCK: clockFile(host, name)},
			});
			break;
		}

		default:
	}
}

/** Has a fault happen at its moment. Returns at once. */
export function inflict(scene: Scene, fault: ChaosFault): void {
	const {stage, roles, supervisor, healing, onStruck} = scene;
	const proxy = stage.proxy(roles.target);
	const struck = (): void => onStruck(fault);
	/** Does something now, and undoes it later or when everything is healed anyway. */
	const forAWhile = async (ms: number, act: () => void, undo: () => void): Promise<void> => {
		act();
		struck();
		// Healing undoes it itself.
		if (await elapsed(ms, healing)) undo();
	};
	switch (fault.kind) {
		case 'cut':
			void proxy.cut({...fault, port: portOf(roles.target, fault.connection)}).then(struck);
			break;
		case 'flip':
			void proxy.flip({...fault, port: portOf(roles.target, fault.connection)}).then(struck);
			break;
		case 'duplicate':
			void proxy.duplicate({port: portOf(roles.target, fault.connection), afterBytes: fault.afterBytes}).then(struck);
			break;
		case 'network':
			at(scene, fault.when, async () => {
				if (fault.how === 'stall')
					await forAWhile(
						fault.forMs,
						() => proxy.stall(),
						() => proxy.unstall(),
					);
				else
					await forAWhile(
						fault.forMs,
						() => proxy.down(fault.how === 'silent' ? 'silent' : 'reset'),
						() => proxy.up(),
					);
			});
			break;
		case 'kill':
			at(scene, fault.when, () => {
				supervisor.kill(...daemonOf(roles, fault), fault.signal, fault.forMs);
				struck();
			});
			break;
		case 'freeze':
			at(scene, fault.when, async () => {
				const [host, name] = daemonOf(roles, fault);
				await forAWhile(
					fault.forMs,
					() => supervisor.freeze(host, name, true),
					() => supervisor.freeze(host, name, false),
				);
			});
			break;
		case 'clock':
			at(scene, fault.when, () => {
				writeFileSync(clockFile(...daemonOf(roles, fault)), String(fault.byMs));
				struck();
			});
			break;
		case 'abort':
			at(scene, fault.when, async () => {
				await command(roles[fault.role], fault.role === 'source' ? 'sender' : 'receiver', 'abort');
				struck();
			});
			break;
		case 'switch':
			at(scene, fault.when, async () => {
				await command(roles.source, 'sender', 'stop-and-copy');
				struck();
			});
			break;
		case 'crash-point':
		case 'journal-fault':
			// The daemon that is armed with it does it by itself.
			break;
	}
}

/** Calls `act` at the moment, unless everything is healed before. */
function at({stage, roles, healing, onPhase}: Scene, when: Moment, act: () => void | Promise<void>): void {
	if (when.at === 'phase') {
		onPhase(when.phase, () => void act());
		return;
	}

	const {connection, direction, afterBytes} = when;
	void (async () => {
		const {release} = await stage.proxy(roles.target).hold({port: portOf(roles.target, connection), direction, afterBytes});
		if (!healing.aborted) void act();
		release();
	})();
}

/** What an operator asks at this moment may be refused, or find nobody there: that is part of it. */
async function command(host: LabHost, name: DaemonName, action: 'abort' | 'stop-and-copy'): Promise<void> {
	try {
		await askDaemon(host, name, async daemon => daemon.command(DOMAIN, action));
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
	}
}

/** Whether the time passed before the signal came. */
async function elapsed(ms: number, signal: AbortSignal): Promise<boolean> {
	try {
		await sleep(ms, undefined, {signal});
		return true;
	} catch {
		return false;
	}
}

function daemonOf(roles: Roles, {role, daemon}: DaemonRef): [LabHost, DaemonName] {
	return [roles[role], daemon];
}

/** The daemon that takes a step of the handover: its name begins with whose it is. */
function stepDaemon(step: string): DaemonRef {
	return step.startsWith('source.') ? {role: 'source', daemon: 'sender'} : {role: 'target', daemon: 'receiver'};
}

function clockFile(host: LabHost, name: DaemonName): string {
	return path.join(host.directory, `${name}-${CLOCK_FILE}`);
}
