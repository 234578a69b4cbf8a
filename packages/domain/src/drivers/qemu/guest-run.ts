import type {GuestPlace} from '../../driver.ts';
import {areImagesReleased} from './device-state/image-release.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/** Whether a guest runs, by what we tell its QEMU and what that says of its own accord. Commands are given before a method returns. */
export class GuestRun {
	readonly #monitor: Pick<QmpClient, 'execute'>;
	readonly #place: GuestPlace;
	#isStill = false;
	#stopsUnderWay = 0;
	/** What has made it run, or stop, last; undefined before the first change. */
	#change: 'runs' | 'stopped-by-us' | 'stopped-by-another' | undefined;

	constructor(monitor: Pick<QmpClient, 'execute'>, place: GuestPlace) {
		this.#monitor = monitor;
		this.#place = place;
	}

	/** Whether we have stopped it, and not let it run since. */
	get isStill(): boolean {
		return this.#isStill;
	}

	/** Whether QEMU has said that it runs, and not that it stands still. */
	get isKnownToRun(): boolean {
		return this.#change === 'runs';
	}

	async stop(): Promise<void> {
		this.#isStill = true;
		this.#stopsUnderWay += 1;
		try {
			await this.#monitor.execute('stop');
		} finally {
			this.#stopsUnderWay -= 1;
		}
	}

	/** Lets it run as `go` does it. `heedsOthers`: not where somebody else has stopped it, who lets it run again. */
	async resume({heedsOthers}: {readonly heedsOthers: boolean}, go: () => Promise<unknown>): Promise<void> {
		this.#isStill = false;
		if (!heedsOthers || this.#change !== 'stopped-by-another') await go();
	}

	/**
	 * Lets a guest that stands still run for some 0.1 ms: what is on its way to a network gets there only while a guest runs. Nothing comes of it where the guest has let go of
	 * its disk images, or somebody else has stopped it.
	 */
	async blink(): Promise<void> {
		if (!this.#isStill || this.#change === 'stopped-by-another' || areImagesReleased(this.#place)) return;
		await Promise.all([this.#monitor.execute('cont'), this.stop()]);
	}

	/** It stood still before we stopped it, for a reason that is not ours: to let it run again is up to whoever knows that. */
	foundStopped(): void {
		this.#change = 'stopped-by-another';
	}

	/** QEMU says that it stopped or runs, which it does ahead of its answer to the command that made it so, and only where that changed anything. Whether another has stopped it. */
	changed(name: 'STOP' | 'RESUME'): boolean {
		this.#change = name === 'RESUME' ? 'runs' : this.#stopsUnderWay > 0 ? 'stopped-by-us' : 'stopped-by-another';
		return this.#change === 'stopped-by-another';
	}
}
