import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {firstDifference} from '../../../src/contract/transfer.ts';
import {processHandle} from '../../../src/drivers/process-handle.ts';
import {openQemuMemory} from '../../../src/drivers/qemu/open-memory.ts';
import type {QemuDefinition} from '../../../src/index.ts';
import {QemuHosts} from '../../helpers/qemu-guest.ts';

for (const kind of ['memfd', 'file'] as const) {
	test.serial(`the memory of a guest that was stopped by a signal can be read, its backend a ${kind}`, async t => {
		const hosts = new QemuHosts(t);
		const {definition, handle, place} = await hosts.start({memoryBackend: {kind, id: 'ram'}} satisfies Partial<QemuDefinition>);
		await using source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
		const {pid} = processHandle(handle);
		process.kill(pid, 'SIGSTOP');
		using memory = await openQemuMemory(definition, processHandle(handle));
		t.is(memory.pageLimit, definition.pfnLimit);
		t.is(firstDifference(source.memory, memory), undefined);
		t.true([...memory.populatedRuns()].length > 0);
	});
}

test.serial('the memory of a guest that is gone cannot be read', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle} = await hosts.start();
	process.kill(processHandle(handle).pid, 'SIGKILL');
	while (hosts.driver.isAlive(handle)) await delay(5);
	await t.throwsAsync(openQemuMemory(definition, processHandle(handle)), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
});
