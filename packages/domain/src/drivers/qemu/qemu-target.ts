import {recordNameOf, type RawRecord} from '@sterna/protocol';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {assertMemoryAvailable} from '../../memory/memory-available.ts';
import type {DeviceState} from '../../source-domain.ts';
import type {StreamHeaders, TargetDomain, TargetReplica} from '../../target-domain.ts';
import {stateOfRecords} from '../device-records.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {answerPromptly} from './answer-promptly.ts';
import {formatQemuArguments} from './command-line/format-arguments.ts';
import {continueGuest} from './continue-guest.ts';
import type {QemuDefinition} from './definition.ts';
import {loadState} from './device-state/load-state.ts';
import {type StateMethod, stateMethodOf} from './device-state/state-method.ts';
import {EMULATOR, toIncomingStream} from './device-state/state-stream.ts';
import {findReplicas, prepareReplicas} from './disks/replicated-disks.ts';
import {exportDisks, mirroredNodes, QemuTargetDisks} from './disks/target-disks.ts';
import {endQemu} from './end-qemu.ts';
import {QemuHelper} from './helper/helper-client.ts';
import {type HeldMemory, holdMemory} from './hold-memory.ts';
import {assertAllowed, programOf} from './host-settings.ts';
import {compareLikeness} from './likeness/compare-likeness.ts';
import {type Firmware, readLikeness} from './likeness/read-likeness.ts';
import type {RomFiles} from './likeness/rom-files.ts';
import {placeFirmware} from './place-firmware.ts';
import {prepareForState} from './device-state/prepare-for-state.ts';
import {removeQemuFiles, saidByQemu} from './qemu-files.ts';
import {connectToMonitor, settingsOf} from './qemu-host.ts';
import type {QmpClient} from './qmp/qmp-client.ts';
import {spawnQemu} from './spawn-qemu.ts';

/**
 * Makes the empty, paused counterpart of a QEMU guest, which listens for the device state already. Rejects ERR_TARGET_REFUSED with everything in which
 * it is not like the guest; ERR_NOT_SUPPORTED, ERR_CONFIG, ERR_MEMORY_INSUFFICIENT where this host cannot have it. Nothing is left then.
 */
export async function createQemuTarget(definition: QemuDefinition, place: GuestPlace, romFiles: RomFiles): Promise<TargetDomain> {
	const settings = settingsOf(place);
	const binary = programOf(definition.binary, settings);
	const method = stateMethodOf(definition);
	await assertAllowed(definition, settings);
	assertMemoryAvailable(definition.memoryBytes);
	// It starts while QEMU does.
	await using helper = QemuHelper.start();
	const {handle, monitor} = await spawnQemu({
		binary,
		arguments: formatQemuArguments(definition, {place, settings, mode: 'incoming'}),
		place,
		definition,
	});
	try {
		const [firmware] = await Promise.all([
			readAlike(monitor, definition, binary, romFiles),
			prepareForState(monitor, place, {ignoreShared: method.by === 'migration'}),
			answerPromptly(monitor, handle.pid),
		]);
		const [held, disks, replicas] = await Promise.all([
			holdMemory(helper, {
				definition,
				handle,
				monitor,
				purpose: 'write',
				firmware: firmware && (await placeFirmware(monitor, firmware)),
			}),
			mirroredNodes(definition).length === 0 ? undefined : exportDisks(monitor, place, definition),
			// It is known by now that they are of the right size.
			prepareReplicas(definition, place),
		]);
		return new QemuTarget({definition, place, handle, monitor, method, held, disks, replicas});
	} catch (error) {
		await endQemu(handle, monitor, place);
		monitor[Symbol.dispose]();
		removeQemuFiles(place);
		throw error;
	}
}

/** Takes up a target that has its process already. Rejects ERR_GUEST_EXITED, and ERR_DOMAIN_STATE where its device state is loaded; it is left as it is. */
export async function openQemuTarget(definition: QemuDefinition, handle: ProcessHandle, place: GuestPlace): Promise<TargetDomain> {
	const method = stateMethodOf(definition);
	await using stack = new AsyncDisposableStack();
	const helper = stack.use(QemuHelper.start());
	const monitor = stack.use(await connectToMonitor(handle));
	const {status} = await monitor.execute('query-status');
	if (status !== 'inmigrate') throw new DomainError('ERR_DOMAIN_STATE', `the guest is ${status}: its memory is what it runs on`);
	const replicas = await findReplicas(definition, place);
	const held = await holdMemory(helper, {definition, handle, monitor, purpose: 'write'});
	await helper[Symbol.asyncDispose]();
	stack.move();
	const disks = mirroredNodes(definition).length === 0 ? undefined : new QemuTargetDisks(monitor, place, definition);
	return new QemuTarget({definition, place, handle, monitor, method, held, disks, replicas});
}

/** Which firmware it has. Rejects ERR_TARGET_REFUSED where it is not like the guest. */
async function readAlike(
	monitor: QmpClient,
	{likeness: wanted}: QemuDefinition,
	binary: string,
	romFiles: RomFiles,
): Promise<Firmware | undefined> {
	const {likeness, firmware} = await readLikeness({qmp: monitor, binary, romFiles});
	const differences = wanted === undefined ? [] : compareLikeness(wanted, likeness);
	if (differences.length === 0) return firmware;
	throw new DomainError('ERR_TARGET_REFUSED', `the guest that this host makes is another: ${differences.join('; ')}`);
}

type Parts = {
	readonly definition: QemuDefinition;
	readonly place: GuestPlace;
	readonly handle: ProcessHandle;
	readonly monitor: QmpClient;
	readonly method: StateMethod;
	readonly held: HeldMemory;
	readonly disks: QemuTargetDisks | undefined;
	readonly replicas: readonly TargetReplica[] | undefined;
};

/** Resolves when QEMU has ended, also before this was called; not behind `onGone = undefined`. */
async function whenGone({monitor, place}: Pick<Parts, 'monitor' | 'place'>): Promise<DomainError> {
	const cause = await new Promise<DomainError>(resolve => {
		if (monitor.gone === undefined) monitor.onGone = resolve;
		else resolve(monitor.gone);
	});
	return new DomainError(cause.code, `the QEMU that the guest came into is gone${saidByQemu(place)}`, {cause});
}

class QemuTarget implements TargetDomain {
	readonly pageTypes = undefined;
	readonly gone: Promise<DomainError>;
	readonly #parts: Parts;
	#announced: Promise<void> | undefined;
	#disposed = false;
	#destroyed = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.gone = whenGone(parts);
	}

	get name(): string {
		return this.#parts.definition.name;
	}

	get handle(): ProcessHandle {
		return this.#parts.handle;
	}

	get memory(): GuestMemory {
		return this.#parts.held.memory;
	}

	get disks(): QemuTargetDisks | undefined {
		return this.#parts.disks;
	}

	get replicas(): readonly TargetReplica[] | undefined {
		return this.#parts.replicas;
	}

	acceptHeaders({guestType}: StreamHeaders): void {
		if (guestType !== 'hvm')
			throw new DomainError(
				'ERR_NOT_SUPPORTED',
				`a QEMU guest comes in a stream of an HVM guest, not of a ${guestType.toUpperCase()} guest`,
			);
	}

	acceptStaticRecord({layer, type}: RawRecord): void {
		throw new DomainError(
			'ERR_NOT_SUPPORTED',
			`a QEMU guest has no ${recordNameOf(layer, type) ?? `record of type 0x${type.toString(16)}`}`,
		);
	}

	/** QEMU listens for the state already, and its page tables fill as the guest touches its memory. What takes time are disks. */
	async warm(): Promise<void> {
		await this.#parts.disks?.settle();
	}

	async loadDeviceState(state: DeviceState): Promise<void> {
		const {definition, method, monitor, place, disks} = this.#parts;
		monitor.onGone = undefined;
		const bytes = stateOfRecords(state, EMULATOR);
		if (bytes.byteLength > method.limitBytes)
			throw new DomainError('ERR_DEVICE_STATE', `the device state has ${bytes.byteLength} bytes, more than ${method.limitBytes}`);
		await disks?.withdraw();
		await loadState(monitor, place, toIncomingStream(bytes, definition.machine));
	}

	async resume(): Promise<{readonly firstStepNs: bigint}> {
		const {definition, monitor, place} = this.#parts;
		const {firstStepNs, announced} = await continueGuest(monitor, definition, place);
		this.#announced = announced;
		return {firstStepNs};
	}

	async destroy(): Promise<void> {
		if (this.#destroyed) return;
		this.#destroyed = true;
		this.#parts.monitor.onGone = undefined;
		await endQemu(this.#parts.handle, this.#disposed ? undefined : this.#parts.monitor, this.#parts.place);
		await this[Symbol.asyncDispose]();
		removeQemuFiles(this.#parts.place);
	}

	/** Lets go of the guest, which stays as it is. Idempotent. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#disposed) return;
		this.#disposed = true;
		// A monitor forgets what it was told by a client that has gone.
		await this.#announced;
		this.#parts.monitor[Symbol.dispose]();
		this.#parts.held.memory[Symbol.dispose]();
		this.#parts.held[Symbol.dispose]();
	}
}
