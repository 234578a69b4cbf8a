import {createServer, type Server, type Socket} from 'node:net';
import {MAX_PIECE_BYTES} from './blocks.ts';
import {ByteSocket} from './byte-socket.ts';
import type {DiskImage} from './disk-image.ts';
import {negotiate} from './nbd-handshake.ts';
import {serveRequests} from './nbd-requests.ts';

/** The disks of a guest, for its QEMU, by the names of their nodes. */
export class NbdServer {
	/** The last client that had a disk has gone, and everything that it asked for is done. */
	onAlone: (() => void) | undefined;
	readonly #images: ReadonlyMap<string, DiskImage>;
	readonly #server: Server;
	#clients = 0;

	constructor(images: readonly DiskImage[]) {
		this.#images = new Map(images.map(image => [image.node, image]));
		this.#server = createServer({allowHalfOpen: true, highWaterMark: MAX_PIECE_BYTES}, socket => void this.#serve(socket));
	}

	/** How many clients have a disk. */
	get clients(): number {
		return this.#clients;
	}

	/** Rejects where the socket cannot be made. */
	async listen(path: string): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(path, resolve);
		});
	}

	async #serve(raw: Socket): Promise<void> {
		const socket = new ByteSocket(raw);
		const image = await negotiate(socket, this.#images);
		if (image === undefined) {
			raw.destroySoon();
			return;
		}

		this.#clients += 1;
		await serveRequests(socket, image);
		socket.destroy();
		this.#clients -= 1;
		if (this.#clients === 0) this.onAlone?.();
	}
}
