import {connect} from 'node:net';
import {once} from 'node:events';
import {open} from 'node:fs/promises';
import type {ByteChannel} from '../../../byte-channel.ts';
import type {TargetDisks} from '../../../disks.ts';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {relay} from '../../../relay.ts';
import type {QemuDefinition} from '../definition.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {runFiles} from '../run-files.ts';

type MirroredDisks = Pick<QemuDefinition, 'disks'>;

const mirrored = ({disks}: MirroredDisks): QemuDefinition['disks'] =>
	disks.filter(({sharing}) => sharing === 'mirror' || sharing === 'replicated');

/** Names of the disks that the other host has files of its own for. */
export function mirroredNodes(definition: MirroredDisks): readonly string[] {
	return mirrored(definition).map(({node}) => node);
}

/** Makes the disks of a QEMU that waits for its state writable from outside, at the place's `nbd.sock`. Rejects ERR_TARGET_REFUSED where an image is in use. */
export async function exportDisks(monitor: QmpClient, place: GuestPlace, definition: MirroredDisks): Promise<QemuTargetDisks> {
	await monitor.execute('nbd-server-start', {addr: {type: 'unix', data: {path: runFiles(place.runDir).nbd}}});
	const disks = new QemuTargetDisks(monitor, place, definition);
	for (const node of disks.nodes) await disks.open(node);
	return disks;
}

/** Disks that `exportDisks` has opened to the outside. */
export class QemuTargetDisks implements TargetDisks {
	readonly nodes: readonly string[];
	readonly #monitor: QmpClient;
	readonly #path: string;
	readonly #files: readonly string[];
	/** Nobody has used them since they were opened. */
	readonly #fresh = new Set<string>();
	/** By node: who uses it, or did. */
	readonly #users = new Map<string, {readonly end: AbortController; readonly ended: Promise<void>}>();
	#isWithdrawn = false;

	constructor(monitor: QmpClient, {runDir}: GuestPlace, definition: MirroredDisks) {
		this.#monitor = monitor;
		this.#path = runFiles(runDir).nbd;
		this.nodes = mirroredNodes(definition);
		this.#files = mirrored(definition).map(({path}) => path);
	}

	/** Opens one to the outside. Rejects ERR_TARGET_REFUSED. */
	async open(node: string): Promise<void> {
		try {
			// Takes the image's lock, which the guest itself would with its first step only.
			await this.#monitor.execute('block-export-add', {type: 'nbd', id: this.#idOf(node), 'node-name': node, name: node, writable: true});
		} catch (error) {
			throw new DomainError('ERR_TARGET_REFUSED', `the disk ${node} of this host cannot be filled`, {cause: error});
		}

		this.#fresh.add(node);
	}

	async serve(node: string, channel: ByteChannel, signal: AbortSignal): Promise<void> {
		if (!this.nodes.includes(node)) throw new DomainError('ERR_NOT_SUPPORTED', `there is no disk ${node} that is filled from another host`);
		if (this.#isWithdrawn) throw new DomainError('ERR_DOMAIN_STATE', `the disk ${node} is the guest's own by now`);
		const before = this.#users.get(node);
		const end = new AbortController();
		const ended = Promise.withResolvers<void>();
		this.#users.set(node, {end, ended: ended.promise});
		try {
			before?.end.abort(new DomainError('ERR_CONNECTION_LOST', `the source has opened the disk ${node} again`));
			await before?.ended;
			await this.#renew(node);
			await this.#pass(channel, AbortSignal.any([signal, end.signal]));
		} finally {
			ended.resolve();
		}
	}

	/** Has what came so far on its way to the storage, ahead of the switch: QEMU waits for all that is left when the way in is taken away. Never rejects. */
	async settle(): Promise<void> {
		await Promise.all(this.#files.map(async file => syncFile(file).catch(() => undefined)));
	}

	/** Takes the way in from outside away, with whoever uses it: from here on nobody writes to the disks but the guest. */
	async withdraw(): Promise<void> {
		this.#isWithdrawn = true;
		await this.#monitor.execute('nbd-server-stop');
	}

	/** What a source wrote over a connection that it lost, and that QEMU is still about, must not come behind what it writes now. */
	async #renew(node: string): Promise<void> {
		if (!this.#fresh.delete(node)) {
			const id = this.#idOf(node);
			const deleted = this.#monitor.waitForEvent('BLOCK_EXPORT_DELETED', data => data.id === id);
			await this.#monitor.execute('block-export-del', {id, mode: 'hard'});
			await deleted;
			await this.open(node);
			this.#fresh.delete(node);
		}
	}

	async #pass(channel: ByteChannel, signal: AbortSignal): Promise<void> {
		const socket = connect({path: this.#path, allowHalfOpen: true});
		try {
			await once(socket, 'connect', {signal});
		} catch (error) {
			socket.destroy();
			throw error;
		}

		await relay(socket, channel, {signal});
	}

	#idOf(node: string): string {
		return `sterna-${this.nodes.indexOf(node)}`;
	}
}

async function syncFile(file: string): Promise<void> {
	await using handle = await open(file, 'r');
	await handle.datasync();
}
