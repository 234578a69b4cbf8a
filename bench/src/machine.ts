import {cpus, release, totalmem} from 'node:os';
import {versionOf} from './peers/tool.ts';

/** What a result means nothing without. */
export type Machine = {
	readonly cpu: string;
	readonly cpuCount: number;
	readonly memoryBytes: number;
	readonly kernel: string;
	readonly node: string;
	/** Program → first line of its `--version`. */
	readonly peers: Readonly<Record<string, string>>;
};

/** Rejects with a PeerMissingError when a peer is not installed: a comparison without it would not be one. */
export async function describeMachine(): Promise<Machine> {
	const [first] = cpus();
	return {
		cpu: first?.model.trim() ?? 'unknown',
		cpuCount: cpus().length,
		memoryBytes: totalmem(),
		kernel: release(),
		node: process.version,
		peers: {
			qemu: await versionOf('qemu-system-x86_64', 'qemu-system-x86'),
			iperf3: await versionOf('iperf3', 'iperf3'),
			cc: await versionOf('cc', 'gcc libc6-dev'),
			openssl: await versionOf('openssl', 'openssl', 'version'),
		},
	};
}
