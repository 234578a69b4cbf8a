import test from 'ava';
import {otherRamBlocks, parseMemoryBlocks} from '../../../../src/drivers/qemu/likeness/memory-blocks.ts';

const BLOCKS = `              Block Name    PSize              Offset               Used              Total
                       m    4 KiB  0x0000000000000000 0x0000000010000000 0x0000000010000000
   0000:00:01.0/vga.vram    4 KiB  0x0000000010080000 0x0000000001000000 0x0000000001000000
    /rom@etc/acpi/tables    4 KiB  0x0000000011100000 0x0000000000020000 0x0000000000200000
                 pc.bios    4 KiB  0x0000000010000000 0x0000000000040000 0x0000000000040000
0000:00:02.0/virtio-net-pci.rom    4 KiB  0x00000000110c0000 0x0000000000040000 0x0000000000040000
                  pc.rom    4 KiB  0x0000000010040000 0x0000000000020000 0x0000000000020000
    0000:00:01.0/vga.rom    4 KiB  0x0000000011080000 0x0000000000010000 0x0000000000010000
            system.flash0    4 KiB  0x0000000011400000 0x0000000000040000 0x0000000000040000
`.replaceAll('\n', '\r\n');

test('blocks come by name, with the size that they can grow to', t => {
	t.deepEqual(parseMemoryBlocks(BLOCKS), [
		{name: '/rom@etc/acpi/tables', bytes: 0x20_0000},
		{name: '0000:00:01.0/vga.rom', bytes: 0x1_0000},
		{name: '0000:00:01.0/vga.vram', bytes: 0x100_0000},
		{name: '0000:00:02.0/virtio-net-pci.rom', bytes: 0x4_0000},
		{name: 'm', bytes: 0x1000_0000},
		{name: 'pc.bios', bytes: 0x4_0000},
		{name: 'pc.rom', bytes: 0x2_0000},
		{name: 'system.flash0', bytes: 0x4_0000},
	]);
});

test("a display's memory and flash are the blocks that a saved device state lacks; ROMs are not", t => {
	t.deepEqual(
		otherRamBlocks(parseMemoryBlocks(BLOCKS), 'm').map(({name}) => name),
		['0000:00:01.0/vga.vram', 'system.flash0'],
	);
	t.deepEqual(otherRamBlocks([{name: 'pc.ram', bytes: 1}], 'pc.ram'), []);
});
