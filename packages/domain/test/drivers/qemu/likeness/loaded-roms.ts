import test from 'ava';
import {parseLoadedRoms} from '../../../../src/drivers/qemu/likeness/loaded-roms.ts';

const fwCfg = '/rom@etc/acpi/tables size=0x200000 name="etc/acpi/tables"\r\n/rom@etc/acpi/rsdp size=0x001000 name="etc/acpi/rsdp"\r\n';

test('firmware is what ends at 4 GiB, by the name that QEMU was given', t => {
	const roms = `fw=genroms/kvmvapic.bin size=0x002400 name="kvmvapic.bin"\r\naddr=00000000fffc0000 size=0x040000 mem=rom name="bios-256k.bin"\r\n${fwCfg}`;
	t.deepEqual(parseLoadedRoms(roms), {
		firmware: {name: 'bios-256k.bin', address: 0xfffc_0000, bytes: 0x4_0000},
		optionRoms: ['kvmvapic.bin'],
	});
});

test('a microvm has its firmware in RAM, and an absolute path is kept', t => {
	const roms = `addr=00000000ffff0000 size=0x010000 mem=ram name="/srv/my firmware.bin"\r\n${fwCfg}`;
	t.deepEqual(parseLoadedRoms(roms).firmware, {name: '/srv/my firmware.bin', address: 0xffff_0000, bytes: 0x1_0000});
});

test('firmware in flash is none of the loaded ROMs', t => {
	t.deepEqual(parseLoadedRoms(fwCfg), {firmware: undefined, optionRoms: []});
});
