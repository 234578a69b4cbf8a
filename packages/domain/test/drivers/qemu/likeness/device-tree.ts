import test from 'ava';
import {parseDeviceTree} from '../../../../src/drivers/qemu/likeness/device-tree.ts';

/** Cut from the answer of a QEMU 7.2 whose guest has booted; QEMU's lines end with a carriage return. */
const TREE = `bus: main-system-bus
  type System
  dev: hpet, id ""
    gpio-in "" 2
    timers = 3 (0x3)
    mmio 00000000fed00000/0000000000000400
  dev: q35-pcihost, id ""
    MCFG = 2952790016 (0xb0000000)
    bus: pcie.0
      type PCIE
      dev: virtio-blk-pci, id "blk"
        addr = 03.0
        class SCSI controller, addr 00:03.0, pci id 1af4:1001 (sub 1af4:0002)
        bar 0: i/o at 0xc000 [0xc07f]
        bus: virtio-bus
          type virtio-pci-bus
          dev: virtio-blk-device, id ""
            drive = "d0"
            serial = ""
      dev: ICH9-LPC, id ""
        addr = 1f.0
        bus: isa.0
          type ISA
          dev: isa-serial, id ""
            iobase = 1016 (0x3f8)
  dev: fw_cfg_io, id ""
    dma_enabled = true
`.replaceAll('\n', '\r\n');

test('every device is found, at its place from the first bus down', t => {
	t.deepEqual(
		parseDeviceTree(TREE).map(({place, model, id}) => [place, model, id]),
		[
			['main-system-bus/0xfed00000', 'hpet', ''],
			['main-system-bus/q35-pcihost', 'q35-pcihost', ''],
			['pcie.0/03.0', 'virtio-blk-pci', 'blk'],
			['pcie.0/03.0/virtio-bus/virtio-blk-device', 'virtio-blk-device', ''],
			['pcie.0/1f.0', 'ICH9-LPC', ''],
			['pcie.0/1f.0/isa.0/0x3f8', 'isa-serial', ''],
			['main-system-bus/fw_cfg_io', 'fw_cfg_io', ''],
		],
	);
});

test('a device has its properties and its wiring, but not what the guest has made of it', t => {
	const devices = parseDeviceTree(TREE);
	t.deepEqual(devices[0]?.wiring, ['gpio-in "" 2', 'mmio 00000000fed00000/0000000000000400']);
	t.deepEqual([...(devices[2]?.properties ?? [])], [['addr', '03.0']]);
	t.deepEqual(
		[...(devices[3]?.properties ?? [])],
		[
			['drive', '"d0"'],
			['serial', '""'],
		],
	);
});

test('what is no tree has no devices', t => {
	t.deepEqual(parseDeviceTree(''), []);
	t.deepEqual(parseDeviceTree('unknown command: qtree\r\n'), []);
});
