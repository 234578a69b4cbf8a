import process from 'node:process';
import type {GuestType} from '@sterna/protocol';
import type {DirtyLog, TrackerKind} from '../../dirty-log.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import type {PageBitmap} from '../../page-bitmap.ts';
import type {CheckpointSupport, DeviceState, GuestEvent, SourceDomain} from '../../source-domain.ts';
import {SourceMemory} from '../../trackers/source-memory.ts';
import {formatXlConfig} from '../../xl-config.ts';
import {toDeviceRecords} from '../device-records.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {answerPromptly} from './answer-promptly.ts';
import {checkpointObstacles} from './checkpoints/obstacles.ts';
import {continueGuest} from './continue-guest.ts';
import type {QemuDefinition} from './definition.ts';
import {CheckpointState} from './device-state/checkpoint-state.ts';
import {saveByMigration} from './device-state/ignore-shared.ts';
import {areImagesReleased} from './device-state/image-release.ts';
import {type StateMethod, stateMethodOf} from './device-state/state-method.ts';
import {EMULATOR} from './device-state/state-stream.ts';
import {xenSaveDevices} from './device-state/xen-save.ts';
import {ReplicatedDisks} from './disks/replicated-disks.ts';
import {QemuSourceDisks} from './disks/source-disks.ts';
import {mirroredNodes} from './disks/target-disks.ts';
import {endQemu} from './end-qemu.ts';
import {GuestEvents} from './guest-events.ts';
import {GuestRun} from './guest-run.ts';
import {QemuHelper} from './helper/helper-client.ts';
import {type HeldMemory, holdMemory} from './hold-memory.ts';
import {programOf} from './host-settings.ts';
import {compareLikeness} from './likeness/compare-likeness.ts';
import {readLikeness} from './likeness/read-likeness.ts';
import type {RomFiles} from './likeness/rom-files.ts';
import {FilterGate} from './output-gate/filter-gate.ts';
import {removeQemuFiles} from './qemu-files.ts';
import {connectToMonitor, settingsOf, whyOfAnotherUser} from './qemu-host.ts';
import type {QmpClient, QmpResult} from './qmp/qmp-client.ts';
import {assertFit} from './run-state.ts';

/** The release of Xen whose stream rules we follow. */
const XEN_VERSION = [4, 17] as const;

export type OpenQemuSourceOptions = {
	readonly definition: QemuDefinition;
	readonly handle: ProcessHandle;
	readonly place: GuestPlace;
	readonly tracker: TrackerKind | 'auto';
	readonly romFiles: RomFiles;
};

/**
 * Takes hold of a QEMU guest as a source. Rejects ERR_GUEST_EXITED; ERR_DOMAIN_BUSY where another has its monitor; ERR_DOMAIN_STATE for a guest that
 * cannot be moved as it is, or is not like its definition any more; ERR_TRACKER when the tracker that was asked for does not work with it.
 */
export async function openQemuSource({definition, handle, place, tracker, romFiles}: OpenQemuSourceOptions): Promise<SourceDomain> {
	const method = stateMethodOf(definition);
	await using stack = new AsyncDisposableStack();
	// It starts while the guest is looked at.
	const helper = stack.use(QemuHelper.start());
	const monitor = stack.use(await connectToMonitor(handle));
	const foreign = whyOfAnotherUser(handle.pid);
	if (foreign !== undefined) throw new DomainError('ERR_NOT_SUPPORTED', `the guest cannot be moved: ${foreign}`);
	assertFit(await monitor.execute('query-status'));
	if (method.by === 'migration' && definition.disks.length > 0 && areImagesReleased(place))
		throw new DomainError(
			'ERR_DOMAIN_STATE',
			'the guest has not run since it let go of its disk images: it must be resumed once before it is moved',
		);
	await assertLike(monitor, definition, programOf(definition.binary, settingsOf(place)), romFiles);
	await answerPromptly(monitor, handle.pid);
	const held = stack.use(await holdMemory(helper, {definition, handle, monitor, purpose: tracker === 'compare' ? 'read' : 'track'}));
	const memory = stack.use(new SourceMemory({...held, original: held.memory, tracker}));
	await helper[Symbol.asyncDispose]();
	const run = new GuestRun(monitor, place);
	const gate = await FilterGate.find(monitor, run, definition);
	const replicas = stack.use(await ReplicatedDisks.open(definition, place));
	const nodes = mirroredNodes(definition);
	const disks = nodes.length === 0 ? undefined : new QemuSourceDisks(monitor, place, nodes);
	const source = new QemuSource({definition, handle, place, method, monitor, held, memory, disks, replicas, run, gate});
	stack.move();
	return source;
}

/** A guest that somebody has changed since it was described would not fit what the other host makes. */
async function assertLike(monitor: QmpClient, definition: QemuDefinition, binary: string, romFiles: RomFiles): Promise<void> {
	const {likeness} = definition;
	if (likeness === undefined) return;
	const now = await readLikeness({qmp: monitor, binary, romFiles, withoutFiles: true});
	// What the files held when this guest was made counts: it does not read them again.
	const differences = compareLikeness(likeness, {...now.likeness, files: likeness.files}, {first: 'when it was made', second: 'now'});
	if (differences.length === 0) return;
	throw new DomainError('ERR_DOMAIN_STATE', `the guest is not any more as its definition says: ${differences.join('; ')}`);
}

type Parts = Omit<OpenQemuSourceOptions, 'tracker' | 'romFiles'> & {
	readonly method: StateMethod;
	readonly monitor: QmpClient;
	readonly held: HeldMemory;
	readonly memory: SourceMemory;
	readonly disks: QemuSourceDisks | undefined;
	readonly run: GuestRun;
	readonly replicas: ReplicatedDisks;
	readonly gate: FilterGate;
};

class QemuSource implements SourceDomain {
	readonly guestType: GuestType = 'hvm';
	readonly pageTypes = undefined;
	readonly xenVersion = XEN_VERSION;
	readonly streamVersion = 3;
	readonly staticRecords = {beforeEnd: [], afterEnd: []};
	readonly checkpoints: CheckpointSupport;
	readonly #parts: Parts;
	readonly #events: GuestEvents;
	readonly #checkpointState: CheckpointState;
	/** While it is paused by us: before it was told to stop, an upper bound of its last step. */
	#lastStepNs: bigint | undefined;
	/** The state of a guest that is handed over does not change: it is saved once. */
	#saved: Promise<DeviceState> | undefined;
	#disposed = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#events = new GuestEvents(parts.monitor, parts.run);
		this.#checkpointState = new CheckpointState(parts.monitor, parts.place);
		this.checkpoints = {gate: parts.gate, obstacles: checkpointObstacles(parts.definition), disks: parts.replicas.list};
	}

	get name(): string {
		return this.#parts.definition.name;
	}

	get definition(): QemuDefinition {
		return this.#parts.definition;
	}

	get memory(): GuestMemory {
		return this.#parts.memory.memory;
	}

	get disks(): QemuSourceDisks | undefined {
		return this.#parts.disks;
	}

	get xlConfig(): string {
		return formatXlConfig(this.#parts.definition);
	}

	get onGuestEvent(): ((event: GuestEvent) => void) | undefined {
		return this.#events.listener;
	}

	set onGuestEvent(listener: ((event: GuestEvent) => void) | undefined) {
		this.#events.listener = listener;
	}

	addAllPages(into: PageBitmap): void {
		this.#parts.memory.addAllPages(into);
	}

	async startDirtyLog(): Promise<DirtyLog> {
		await this.#events.watchDevices();
		return this.#parts.memory.startLog();
	}

	async pause(): Promise<{readonly lastStepNs: bigint}> {
		this.#events.rest();
		const lastStepNs = (this.#lastStepNs ??= process.hrtime.bigint());
		const {monitor, memory, replicas, run, gate} = this.#parts;
		replicas.letPass(true);
		// It may have stopped by itself before. A round of checkpoints asks only where QEMU has not told that it ran and stopped: each command is time.
		const asks = !(gate.isHeld && run.isKnownToRun);
		const [, state] = await Promise.all([run.stop(), asks ? monitor.execute('query-status') : undefined]);
		if (asks || run.isKnownToRun) this.#assertStoppedByUs(state ?? (await monitor.execute('query-status')));
		await memory.settle();
		return {lastStepNs};
	}

	async resume(): Promise<void> {
		const {definition, monitor, place, replicas, run} = this.#parts;
		replicas.letPass(false);
		this.#events.wake();
		if (this.#saved === undefined && !areImagesReleased(place)) {
			// It never was anywhere else: nobody has to be told where it is.
			await run.resume({heedsOthers: true}, async () => monitor.execute('cont'));
		} else {
			await this.#saved?.catch(() => undefined);
			await run.resume({heedsOthers: false}, async () => (await continueGuest(monitor, definition, place)).announced);
		}

		this.#lastStepNs = undefined;
		this.#saved = undefined;
	}

	async saveDeviceState(purpose: 'handover' | 'checkpoint' = 'handover'): Promise<DeviceState> {
		if (purpose === 'checkpoint') return this.#saveCheckpoint();
		this.#saved ??= this.#save();
		try {
			return await this.#saved;
		} catch (error) {
			this.#saved = undefined;
			throw error;
		}
	}

	async destroy(): Promise<void> {
		this.onGuestEvent = undefined;
		await endQemu(this.#parts.handle, this.#disposed ? undefined : this.#parts.monitor, this.#parts.place);
		await this[Symbol.asyncDispose]();
		removeQemuFiles(this.#parts.place);
	}

	/** Lets go of the guest, which goes on as it is. Dirty logs must have been disposed of. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		if (!this.#disposed) {
			this.#disposed = true;
			this.#events[Symbol.dispose]();
			this.#checkpointState[Symbol.dispose]();
			this.#parts.gate[Symbol.dispose]();
			this.#parts.replicas[Symbol.dispose]();
			this.#parts.monitor[Symbol.dispose]();
			this.#parts.memory[Symbol.dispose]();
			this.#parts.held[Symbol.dispose]();
		}

		return Promise.resolve();
	}

	/** The command is given before this returns: behind a `stop` that is still on its way. */
	/** Throws ERR_DOMAIN_STATE for a guest that stands still for a reason of its own: our command changed nothing, and `resume` leaves it as it is. */
	#assertStoppedByUs(state: QmpResult<'query-status'>): void {
		try {
			assertFit(state);
		} catch (error) {
			this.#parts.run.foundStopped();
			throw error;
		}
	}

	async #save(): Promise<DeviceState> {
		const {monitor, place, method, disks} = this.#parts;
		if (disks !== undefined) await disks.finish();
		const state = method.by === 'devices' ? await xenSaveDevices(monitor, place) : await saveByMigration(monitor, place, method.limitBytes);
		return toDeviceRecords(state, EMULATOR);
	}

	/** As above. */
	async #saveCheckpoint(): Promise<DeviceState> {
		if (this.#parts.method.by !== 'devices')
			throw new DomainError('ERR_NOT_SUPPORTED', `the guest has no checkpoints: ${this.checkpoints.obstacles.join('; ')}`);
		return toDeviceRecords(await this.#checkpointState.save(), EMULATOR);
	}
}
