import test from 'ava';
import {saveByMigration} from '../../../../src/drivers/qemu/device-state/ignore-shared.ts';
import {ask, goOn, QemuHosts} from '../../../helpers/qemu-guest.ts';
import {leftovers} from '../../../../src/contract/workshop.ts';

test.serial('a state with more bytes than allowed is not taken, and the guest goes on when it is told to', async t => {
	const hosts = new QemuHosts(t);
	const {place} = await hosts.start({machine: 'pc-i440fx-7.2', vga: 'std'});
	const before = leftovers(place).toSorted();
	await ask(place, async monitor => {
		await monitor.execute('migrate-set-capabilities', {capabilities: [{capability: 'events', state: true}]});
		for (let times = 0; times < 3; times++) {
			await monitor.execute('stop');
			await t.throwsAsync(saveByMigration(monitor, place, 100_000), {
				name: 'DomainError',
				code: 'ERR_DEVICE_STATE',
				message: /more than the 100000/,
			});
			await monitor.execute('cont');
			await goOn([place]);
		}

		await monitor.execute('stop');
		t.true((await saveByMigration(monitor, place, 32 * 2 ** 20)).byteLength > 100_000);
		await monitor.execute('cont');
	});
	await goOn([place]);
	t.deepEqual(
		leftovers(place)
			.toSorted()
			.filter(name => name !== 'images-released'),
		before,
	);
});
