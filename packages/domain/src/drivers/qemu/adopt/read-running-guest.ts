import {readFile, readlink, statfs} from 'node:fs/promises';
import {resolve} from 'node:path';
import * as v from 'valibot';
import {DomainError} from '../../../domain-error.ts';
import {parseDeviceTree} from '../likeness/device-tree.ts';
import type {ReadLikeness} from '../likeness/read-likeness.ts';
import type {QmpClient, QmpResult} from '../qmp/qmp-client.ts';
import type {RunningBlock, RunningGuest} from './running-guest.ts';

/** Type of hugetlbfs in linux/magic.h. */
const HUGETLBFS_MAGIC = 0x9584_58f6;

const Text = v.string();
const Flag = v.optional(v.boolean(), false);

/** Pid and program of the QEMU behind a monitor. */
export type MonitoredProcess = {readonly pid: number; readonly executable: string; readonly cwd: string; readonly argv: readonly string[]};

/**
 * The process that made the monitor's socket and runs the guest. Rejects ERR_NOT_SUPPORTED where these are two, or where this daemon may not see
 * into it; ERR_GUEST_EXITED where it is gone.
 */
export async function readProcess(qmp: QmpClient): Promise<MonitoredProcess> {
	const pid = qmp.serverPid;
	const [cpu] = await qmp.execute('query-cpus-fast');
	const owner = cpu === undefined ? undefined : await threadGroupOf(cpu['thread-id']);
	if (owner !== pid) {
		throw new DomainError(
			'ERR_NOT_SUPPORTED',
			`the monitor was made by process ${pid}, but the guest's CPUs run in ${owner ?? 'none that is seen here'}: only a QEMU that has made its monitor itself, outside of a container, can be adopted`,
		);
	}

	try {
		const [executable, cwd, words] = await Promise.all([
			readlink(`/proc/${pid}/exe`),
			readlink(`/proc/${pid}/cwd`),
			readFile(`/proc/${pid}/cmdline`, 'utf8'),
		]);
		return {pid, executable, cwd, argv: words.split('\0').slice(0, -1)};
	} catch (error) {
		throw new DomainError('ERR_NOT_SUPPORTED', `process ${pid} of the guest cannot be looked into: it is another user's`, {cause: error});
	}
}

/** What there is to know of a guest beside its command line. Rejects as `execute` does. */
export async function readRunningGuest(
	qmp: QmpClient,
	{argv, cwd, executable}: MonitoredProcess,
	{likeness, firmware}: ReadLikeness,
): Promise<RunningGuest> {
	const [backend, sizes, named, unnamed, tree, blocks, status, migration, accelerator] = await Promise.all([
		qmp.execute('qom-get', {path: '/machine', property: 'memory-backend'}),
		qmp.execute('query-memory-size-summary'),
		qmp.execute('qom-list', {path: '/machine/peripheral'}),
		qmp.execute('qom-list', {path: '/machine/peripheral-anon'}),
		qmp.humanMonitor('info qtree'),
		qmp.execute('query-block'),
		qmp.execute('query-status'),
		qmp.execute('query-migrate'),
		qmp.humanMonitor('info kvm'),
	]);
	return {
		argv,
		cwd,
		executable,
		machine: likeness.machine.replace(/-machine$/, ''),
		accelerator: accelerator.includes('enabled') ? 'kvm' : 'tcg',
		cpuModel: likeness.cpu.type.replace(/-x86_64-cpu$/, ''),
		cpus: likeness.cpu.count,
		memory: {
			...(await readBackend(qmp, v.parse(Text, backend))),
			bytes: sizes['base-memory'],
			pluggedBytes: sizes['plugged-memory'] ?? 0,
		},
		firmware: firmware?.file,
		state: status.status,
		named: new Map(childrenOf(named)),
		unnamed: childrenOf(unnamed)
			.toSorted(([a], [b]) => indexOf(a) - indexOf(b))
			.map(([, type]) => type),
		tree: parseDeviceTree(tree),
		blocks: blocks.flatMap(block => readBlock(block, cwd)),
		blockedBecause: migration['blocked-reasons'] ?? [],
	};
}

async function readBackend(qmp: QmpClient, path: string): Promise<Pick<RunningGuest['memory'], 'id' | 'type' | 'share' | 'huge'>> {
	const properties = new Set((await qmp.execute('qom-list', {path})).map(({name}) => name));
	const get = async (property: string): Promise<unknown> =>
		properties.has(property) ? qmp.execute('qom-get', {path, property}) : undefined;
	const [type, share, hugetlb, file] = await Promise.all([get('type'), get('share'), get('hugetlb'), get('mem-path')]);
	return {
		id: path.split('/').at(-1) ?? path,
		type: v.parse(Text, type),
		share: v.parse(Flag, share),
		huge: v.parse(Flag, hugetlb) || (await isOnHugePages(v.parse(v.optional(Text), file))),
	};
}

/** Children of a container: name and QOM type. */
function childrenOf(list: QmpResult<'qom-list'>): Array<[name: string, type: string]> {
	return list.flatMap(({name, type}) => {
		const child = /^child<(.+)>$/.exec(type)?.[1];
		return child === undefined ? [] : [[name, child] as [string, string]];
	});
}

/** `device[7]` */
function indexOf(name: string): number {
	return Number(/\[(\d+)\]$/.exec(name)?.[1] ?? 0);
}

function readBlock({device, inserted}: QmpResult<'query-block'>[number], cwd: string): RunningBlock[] {
	if (inserted === undefined) return [];
	const {cache} = inserted;
	return [
		{
			name: device,
			node: inserted['node-name'] ?? '',
			format: inserted.drv,
			// A protocol's prefix (`nbd:…`, `json:…`) is none of a path.
			file: inserted.file.includes(':') ? inserted.file : resolve(cwd, inserted.file),
			readOnly: inserted.ro,
			direct: cache.direct,
			flushes: !cache['no-flush'],
			backing: inserted.backing_file,
		},
	];
}

async function isOnHugePages(file: string | undefined): Promise<boolean> {
	if (file === undefined) return false;
	try {
		return (await statfs(file)).type === HUGETLBFS_MAGIC;
	} catch {
		return false; // Removed since it was mapped: of no file system that is asked here.
	}
}

/** The process that a thread belongs to; undefined where there is no such thread. */
async function threadGroupOf(threadId: number): Promise<number | undefined> {
	try {
		const status = await readFile(`/proc/${threadId}/status`, 'latin1');
		return Number(/^Tgid:\s*(\d+)$/m.exec(status)?.[1]);
	} catch {
		return undefined;
	}
}
