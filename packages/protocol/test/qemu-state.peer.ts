import test from 'ava';
import {parseQemuState} from '@sterna/protocol';
import {readGolden} from './helpers/goldens.ts';

test("the state that Xen's QEMU left in a real stream names its devices, without footers", t => {
	const stream = readGolden('hvm-save-c.xl');
	const start = stream.lastIndexOf('QEVM');
	const bodyBytes = stream.readUInt32LE(start - 12); // The record's length, which counts the 8 bytes in front of the state.
	const state = parseQemuState(stream.subarray(start, start + bodyBytes - 8));
	t.is(state?.stopped, undefined);
	t.false(state?.hasFooters);
	t.deepEqual(
		state?.sections.map(({name, instance, length}) => `${name}[${instance}](${length})`),
		[
			'timer[0](24)',
			'cpu_common[0](8)',
			'cpu[0](1347)',
			'apic[0](181)',
			'fw_cfg[0](6)',
			'PCIBUS[0](516)',
			'0000:00:00.0/I440FX[0](277)',
			'dma[0](75)',
			'dma[1](75)',
			'0000:00:01.0/PIIX3[0](292)',
			'ioapic[0](206)',
			'hpet[0](151)',
			'mc146818rtc[0](245)',
			'serial[0](11)',
			'fdc[0](593)',
			'ps2kbd[0](284)',
			'ps2mouse[0](291)',
			'pckbd[0](4)',
			'port92[0](1)',
			'0000:00:01.1/ide[0](430)',
			'i2c_bus[0](1)',
			'0000:00:01.3/piix4_pm[0](336)',
			'0000:00:02.0/platform[0](277)',
		],
	);
});
