import {readdirSync} from 'node:fs';
import test from 'ava';
import {requestTimeSlice, SHORTEST_TIME_SLICE_NS, timeSliceOf} from '@sterna/system';
import {BareQemu} from '../../../scripts/qmp/bare-qemu.ts';
import {answerPromptly} from '../../../src/drivers/qemu/answer-promptly.ts';

test('the threads of a QEMU that are waited for have the shortest time slice, and those of its CPUs the usual one', async t => {
	await using qemu = await BareQemu.start({
		args: ['-machine', 'pc-i440fx-7.2', '-accel', 'tcg', '-m', '64M', '-vga', 'none', '-smp', '2'],
	});
	const pid = qemu.qmp.serverPid;
	const threads = (): number[] => readdirSync(`/proc/${pid}/task`).map(Number);
	for (const thread of threads()) requestTimeSlice(thread, 0);
	const usual = timeSliceOf(pid);
	await answerPromptly(qemu.qmp, pid);
	const cpus = (await qemu.qmp.execute('query-cpus-fast')).map(cpu => cpu['thread-id']);
	t.is(cpus.length, 2);
	t.true(threads().length > cpus.length);
	for (const thread of threads()) t.is(timeSliceOf(thread), cpus.includes(thread) || usual === 0 ? usual : SHORTEST_TIME_SLICE_NS);
});
