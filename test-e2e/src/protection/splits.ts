import {freeze, sourceProcesses, thaw} from './source-processes.ts';
import type {SplitScene, Whereabouts} from './split-scene.ts';

/** Something that keeps a source, its standby and etcd from knowing of each other. */
export type Split = {
	readonly name: string;
	/** Resolves with what ends it. */
	readonly begin: (scene: SplitScene) => Promise<() => Promise<void>>;
	/** Where the guest may be while it lasts, once its lease cannot last any more. */
	readonly during: readonly Whereabouts[];
	/** Where it may be when that is over. */
	readonly after: readonly Whereabouts[];
	/** Nobody is there to stop the guest in time, whose output is held: it may be seen on both hosts. */
	readonly maySilentlyRunOn?: boolean;
};

/** One way: two round trips are a quarter of the time in which a lease is renewed. */
const SLOW_MS = 40;
/** One way: no answer comes within the time that one has. */
const TOO_SLOW_MS = 1500;

const hostsCut = async ({lab}: SplitScene): Promise<() => Promise<void>> => {
	lab.cutHosts();
	return async () => lab.heal();
};

const etcdDelayed =
	(delayMs: number): Split['begin'] =>
	async ({lab}) => {
		for (const host of lab.hosts) lab.toEtcd(host).delay(delayMs);
		return async () => lab.heal();
	};

/** The source's sender stands still. */
const senderFrozen: Split['begin'] = async ({source, guest}) => {
	const {sender} = await sourceProcesses(source, guest.name);
	freeze(sender);
	return async () => thaw(sender);
};

/** What is tried, each with a scene of its own. */
export const SPLITS = {
	sourceOnly: {
		name: 'hosts cut, etcd reachable from the source',
		begin: async scene => {
			scene.lab.cutFromEtcd(scene.standby);
			return hostsCut(scene);
		},
		during: ['source'],
		after: ['source'],
	},
	standbyOnly: {
		name: 'hosts cut, etcd reachable from the standby',
		begin: async scene => {
			scene.lab.cutFromEtcd(scene.source);
			return hostsCut(scene);
		},
		during: ['standby'],
		after: ['standby'],
	},
	both: {name: 'hosts cut, etcd reachable from both', begin: hostsCut, during: ['source'], after: ['source']},
	neither: {
		name: 'hosts cut, etcd reachable from neither',
		begin: async scene => {
			for (const host of scene.lab.hosts) scene.lab.cutFromEtcd(host);
			return hostsCut(scene);
		},
		during: ['nowhere'],
		after: ['source', 'standby'],
	},
	sourceWithoutEtcd: {
		name: 'hosts see each other, etcd not reachable from the source',
		begin: async ({lab, source}) => {
			lab.cutFromEtcd(source);
			return async () => lab.heal();
		},
		during: ['standby'],
		after: ['standby'],
	},
	standbyWithoutEtcd: {
		name: 'hosts see each other, etcd not reachable from the standby',
		begin: async ({lab, standby}) => {
			lab.cutFromEtcd(standby);
			return async () => lab.heal();
		},
		during: ['source'],
		after: ['source'],
	},
	senderFrozen: {name: "the source's daemon frozen, and thawed", begin: senderFrozen, during: ['standby'], after: ['standby']},
	allFrozen: {
		name: 'guest, guard and daemons of the source frozen, and thawed',
		begin: async ({source, guest}) => {
			const {sender, receiver, guard, guest: itself} = await sourceProcesses(source, guest.name);
			freeze(itself, guard, sender, receiver);
			// In the order that gives the guest most time.
			return async () => thaw(itself, guard, sender, receiver);
		},
		during: ['standby'],
		after: ['standby'],
		maySilentlyRunOn: true,
	},
	guardKilled: {
		name: 'the guard killed, and the daemon frozen when there is another one',
		begin: async scene => {
			const {guard} = await sourceProcesses(scene.source, scene.guest.name);
			process.kill(guard.pid, 'SIGKILL');
			await sourceProcesses(scene.source, scene.guest.name, guard);
			return senderFrozen(scene);
		},
		during: ['standby'],
		after: ['standby'],
	},
	guardAndSenderKilled: {
		name: 'guard and daemon of the source killed, the daemon started again',
		begin: async ({source, guest}) => {
			const {guard} = await sourceProcesses(source, guest.name);
			process.kill(guard.pid, 'SIGKILL');
			await source.kill('sender');
			return async () => source.daemon('sender').start();
		},
		during: ['standby', 'both'],
		after: ['standby'],
		maySilentlyRunOn: true,
	},
	senderKilled: {
		name: "the source's daemon killed, and started again",
		begin: async ({source}) => {
			await source.kill('sender');
			return async () => source.daemon('sender').start();
		},
		during: ['standby'],
		after: ['standby'],
	},
	etcdKilled: {
		name: 'etcd killed, and started again',
		begin: async ({lab: {etcd}}) => {
			await etcd.server.kill();
			return async () => {
				etcd.server.restart();
				await etcd.server.ready();
			};
		},
		during: ['nowhere'],
		after: ['source', 'standby'],
	},
	etcdFrozen: {
		name: 'etcd frozen, and thawed',
		begin: async ({lab: {etcd}}) => {
			etcd.server.freeze();
			return async () => etcd.server.thaw();
		},
		during: ['nowhere'],
		after: ['source', 'standby'],
	},
	etcdSlow: {name: `etcd ${SLOW_MS} ms away`, begin: etcdDelayed(SLOW_MS), during: ['source'], after: ['source']},
	etcdTooSlow: {
		name: `etcd ${TOO_SLOW_MS} ms away`,
		begin: etcdDelayed(TOO_SLOW_MS),
		during: ['nowhere'],
		after: ['source', 'standby'],
	},
} satisfies Record<string, Split>;
