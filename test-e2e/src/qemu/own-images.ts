import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {DAEMON_NAMES, type DaemonName} from '../lab/host-files.ts';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {makeDisk} from './linux-guest.ts';
import {privateView} from './private-view.ts';

/** Disk images that one host of a lab has to itself, under the paths at which the others have theirs. Needs root. */
export class OwnImages {
	readonly host: LabHost;
	/** The directory of images, as all other hosts have it. */
	readonly #shared: string;
	readonly #own: string;

	private constructor(host: LabHost, shared: string, own: string) {
		this.host = host;
		this.#shared = shared;
		this.#own = own;
	}

	/** Has both daemons of a host of QEMU guests start again with images of their own, of which there are none yet. */
	static async give({directory, qemu}: Lab, host: LabHost): Promise<OwnImages> {
		if (qemu === undefined) throw new TypeError('a lab without QEMU guests');
		const own = path.join(directory, `images-of-${host.name}`);
		mkdirSync(own);
		const images = new OwnImages(host, qemu.images, own);
		for (const name of DAEMON_NAMES) {
			await host.daemon(name).stop();
			await images.start(host, name);
		}

		return images;
	}

	/** Makes an image of zeros for a guest that is to come here. */
	make(guest: string, bytes?: number): void {
		makeDisk(this.fileOn(this.host, guest), bytes);
	}

	/** Where a guest's image is on a host of the lab, as whoever looks at it from outside finds it. */
	fileOn(host: LabHost, guest: string): string {
		return path.join(host === this.host ? this.#own : this.#shared, `${guest}.img`);
	}

	/** Starts a daemon of a host of the lab: one of this host so that it has its own images. */
	async start(host: LabHost, name: DaemonName): Promise<void> {
		await host.daemon(name).start(host === this.host ? {wrapper: privateView(this.#shared, this.#own)} : {});
	}
}
