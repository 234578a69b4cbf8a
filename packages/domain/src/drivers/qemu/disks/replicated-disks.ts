import type {GuestPlace} from '../../../driver.ts';
import type {DiskExtent, ReplicatedDisk} from '../../../source-domain.ts';
import type {TargetReplica} from '../../../target-domain.ts';
import type {QemuDefinition} from '../definition.ts';
import {runFiles} from '../run-files.ts';
import {DiskServerClient} from './server/disk-server-client.ts';
import {endDiskServer, LOG_LIMIT_BYTES, spawnDiskServer} from './server/spawn-disk-server.ts';

type WithDisks = Pick<QemuDefinition, 'name' | 'disks'>;

/** The disks that a guest has from its disk server. */
export function replicated({disks}: Pick<WithDisks, 'disks'>): QemuDefinition['disks'] {
	return disks.filter(({sharing}) => sharing === 'replicated');
}

/** Starts the server of a guest's replicated disks, where it has some, for the QEMU that is about to start. Rejects as `spawnDiskServer`. */
export async function startReplicatedDisks(definition: WithDisks, {runDir}: Pick<GuestPlace, 'runDir'>): Promise<void> {
	const disks = replicated(definition).map(({node, path}) => ({node, file: path}));
	if (disks.length === 0) return;
	const {disks: nbdSocket, diskControl: controlSocket, disksLog: log} = runFiles(runDir);
	await spawnDiskServer({name: definition.name, nbdSocket, controlSocket, disks, logLimitBytes: LOG_LIMIT_BYTES}, {log});
}

/** Resolves when no disk server is left there, and its images are free. To be asked when its guest is gone; without a guest it is at once. */
export async function endReplicatedDisks(runDir: string): Promise<void> {
	await endDiskServer(runFiles(runDir).diskControl);
}

/** Makes the disks of a guest that is about to come in empty, so that a copy may leave out what is empty at the source. Resolves with their files. */
export async function prepareReplicas(definition: WithDisks, place: GuestPlace): Promise<readonly TargetReplica[] | undefined> {
	using disks = await ReplicatedDisks.open(definition, place);
	await disks.empty();
	return disks.replicas;
}

/** The files of a target that another process has made, as they are. */
export async function findReplicas(definition: WithDisks, place: GuestPlace): Promise<readonly TargetReplica[] | undefined> {
	using disks = await ReplicatedDisks.open(definition, place);
	return disks.replicas;
}

/** The replicated disks of a guest, by connections to their server. With these, everything that is logged ends. */
export class ReplicatedDisks implements Disposable {
	/** In the definition's order. */
	readonly list: readonly ReplicatedDisk[];
	readonly #clients: readonly DiskServerClient[];
	readonly #files: readonly string[];

	private constructor(clients: readonly DiskServerClient[], files: readonly string[]) {
		this.#clients = clients;
		this.#files = files;
		this.list = clients.map(client => new QemuReplicatedDisk(client));
	}

	/** Rejects ERR_GUEST_EXITED where the server is gone: the guest's disks fail, too. */
	static async open(definition: WithDisks, {runDir}: Pick<GuestPlace, 'runDir'>): Promise<ReplicatedDisks> {
		using stack = new DisposableStack();
		const {diskControl} = runFiles(runDir);
		const disks = replicated(definition);
		const clients: DiskServerClient[] = [];
		for (const {node} of disks) clients.push(stack.use(await DiskServerClient.connect(diskControl, node)));
		stack.move();
		return new ReplicatedDisks(
			clients,
			disks.map(({path}) => path),
		);
	}

	/** Undefined where there are none. */
	get replicas(): readonly TargetReplica[] | undefined {
		if (this.#clients.length === 0) return undefined;
		return this.#clients.map(({node, sizeBytes}, index) => ({node, file: this.#files[index] ?? '', sizeBytes}));
	}

	/**
	 * `true`, ahead of `stop`: that is answered when every write of the guest was, and none waits for a cut any more that would come behind it.
	 * `false`: as before.
	 */
	letPass(isOn: boolean): void {
		for (const client of this.#clients) client.letPass(isOn);
	}

	async empty(): Promise<void> {
		await Promise.all(this.#clients.map(async client => client.ask({ask: 'empty'})));
	}

	[Symbol.dispose](): void {
		for (const client of this.#clients) client[Symbol.dispose]();
	}
}

class QemuReplicatedDisk implements ReplicatedDisk {
	readonly #client: DiskServerClient;

	constructor(client: DiskServerClient) {
		this.#client = client;
	}

	get node(): string {
		return this.#client.node;
	}

	get sizeBytes(): number {
		return this.#client.sizeBytes;
	}

	get loggedBytes(): number {
		return this.#client.loggedBytes;
	}

	copy(signal: AbortSignal): AsyncIterable<DiskExtent> {
		return this.#client.copy(signal);
	}

	async cut(): Promise<AsyncIterable<DiskExtent>> {
		return this.#client.cut();
	}

	async stopLog(): Promise<void> {
		await this.#client.ask({ask: 'stop'});
	}
}
