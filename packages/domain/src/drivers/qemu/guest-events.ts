import type {GuestEvent} from '../../source-domain.ts';
import type {GuestRun} from './guest-run.ts';
import type {QmpClient, QmpEvent} from './qmp/qmp-client.ts';

/** Between two looks at the list of devices: QEMU says nothing of one that was added. */
const LOOK_INTERVAL_MS = 1000;
const DEVICE_LISTS = ['/machine/peripheral', '/machine/peripheral-anon'] as const;

/** Notices what happens to a guest on its own accord, or by another monitor of its QEMU, and tells each kind of it once from one stop to the next. */
export class GuestEvents implements Disposable {
	/** Set to undefined to stop listening. */
	listener: ((event: GuestEvent) => void) | undefined;
	readonly #monitor: QmpClient;
	readonly #told = new Set<GuestEvent['kind']>();
	#devices: string | undefined;
	#timer: NodeJS.Timeout | undefined;
	#resting = false;

	/** Takes the monitor's own events, and passes on to `run` what is about it. */
	constructor(monitor: QmpClient, run: GuestRun) {
		this.#monitor = monitor;
		monitor.onEvent = event => {
			const isChange = event.name === 'STOP' || event.name === 'RESUME';
			this.#tell(!isChange ? eventOf(event) : run.changed(event.name) ? {kind: 'paused'} : undefined);
		};
		monitor.onGone = ({message}) => this.#tell({kind: 'exited', detail: message, isSudden: true});
	}

	/** Begins to look at the devices, at once and each second; what there are on return are no event. Idempotent. */
	async watchDevices(): Promise<void> {
		this.#resting = false;
		this.#devices ??= await this.#listDevices();
		this.#timer ??= setInterval(() => void this.#lookAtDevices(), LOOK_INTERVAL_MS).unref();
	}

	/** The guest is about to be stopped. Looks at the devices no more: the monitor is needed for other things. */
	rest(): void {
		this.#resting = true;
	}

	/** The guest is about to run again: what is watched is watched on. */
	wake(): void {
		this.#resting = false;
		for (const kind of this.#told) if (kind !== 'exited') this.#told.delete(kind);
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
		this.#resting = true;
		this.listener = undefined;
		this.#monitor.onEvent = undefined;
		this.#monitor.onGone = undefined;
	}

	async #listDevices(): Promise<string> {
		const lists = await Promise.all(DEVICE_LISTS.map(async path => this.#monitor.execute('qom-list', {path})));
		return lists
			.flat()
			.map(({name, type}) => `${name} ${type}`)
			.toSorted()
			.join('\n');
	}

	async #lookAtDevices(): Promise<void> {
		if (this.#resting) return;
		let devices: string;
		try {
			devices = await this.#listDevices();
		} catch {
			return; // What is wrong with the monitor is told by its end.
		}

		if (this.#resting || devices === this.#devices) return;
		const before = new Set(this.#devices?.split('\n'));
		this.#devices = devices;
		const added = devices.split('\n').filter(device => !before.has(device));
		this.#tell({kind: 'device-added', detail: added.join(', ') || 'a device was taken out of it'});
	}

	#tell(event: GuestEvent | undefined): void {
		if (event === undefined || !this.listener || this.#told.has(event.kind)) return;
		this.#told.add(event.kind);
		this.listener(event);
	}
}

/** What an event of QEMU means for a guest's migration. */
function eventOf({name, data}: QmpEvent): GuestEvent | undefined {
	switch (name) {
		case 'SHUTDOWN':
			return {kind: 'exited', detail: `the guest shut down (${data.reason})`};
		case 'GUEST_PANICKED':
			return {kind: 'exited', detail: "the guest's kernel panicked"};
		case 'RESET':
			return {kind: 'rebooted'};
		case 'BALLOON_CHANGE':
			return {kind: 'resized', memoryBytes: data.actual};
		case 'MEMORY_DEVICE_SIZE_CHANGE':
			return {kind: 'resized', memoryBytes: data.size};
		case 'DEVICE_DELETED':
			return {kind: 'device-added', detail: `the device ${data.device ?? data.path} was taken out of it`};
		default:
			return undefined;
	}
}
