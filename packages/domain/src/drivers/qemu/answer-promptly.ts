import {readdir} from 'node:fs/promises';
import {isSystemError, requestTimeSlice, SHORTEST_TIME_SLICE_NS} from '@sterna/system';
import type {QmpClient} from './qmp/qmp-client.ts';

/**
 * Has the threads of a QEMU that do little and are waited for (its main loop, its monitor's, its workers) run as soon as they are woken, ahead of whoever computes; those of its
 * CPUs stay as they are, with the share that they had. What QEMU is told in a pause goes through four such wakes, each of which waits for the end of a slice on a host without
 * an idle processor. Where the system does not do it, or forbids it, all stays as it is. Rejects as the monitor does.
 */
export async function answerPromptly(monitor: QmpClient, pid: number): Promise<void> {
	const [cpus, threads] = await Promise.all([monitor.execute('query-cpus-fast'), threadsOf(pid)]);
	const cpuThreads = new Set(cpus.map(cpu => cpu['thread-id']));
	// One that counts its threads otherwise, in a namespace of its own, does not say which are its CPUs.
	if (![...cpuThreads].every(thread => threads.includes(thread))) return;
	for (const thread of threads) {
		if (!cpuThreads.has(thread)) request(thread);
	}
}

async function threadsOf(pid: number): Promise<readonly number[]> {
	try {
		return (await readdir(`/proc/${pid}/task`)).map(Number);
	} catch {
		return [];
	}
}

function request(thread: number): void {
	try {
		requestTimeSlice(thread, SHORTEST_TIME_SLICE_NS);
	} catch (error) {
		// Workers come and go.
		if (!isSystemError(error, 'ESRCH')) throw error;
	}
}
