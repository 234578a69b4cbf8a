import test from 'ava';
import {parseQemuState} from '@sterna/protocol';
import {toIncomingStream} from '../../../../src/drivers/qemu/device-state/state-stream.ts';

const QEVM = [0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3];
const refused = {name: 'DomainError', code: 'ERR_DEVICE_STATE'};

test('a state without a configuration gets that of the machine, so that QEMU checks it', t => {
	const stream = Buffer.concat(toIncomingStream(Uint8Array.of(...QEVM, 0), 'pc-q35-7.2'));
	t.deepEqual([...stream], [...QEVM, 7, 0, 0, 0, 10, ...Buffer.from('pc-q35-7.2'), 0]);
	t.is(parseQemuState(stream)?.configuration?.machine, 'pc-q35-7.2');
});

test('a state that has one is left as it is', t => {
	const state = Uint8Array.of(...QEVM, 7, 0, 0, 0, 2, 0x70, 0x63, 0);
	t.deepEqual(toIncomingStream(state, 'pc-q35-7.2'), [state]);
});

test('what is no state of version 3 is refused', t => {
	for (const bytes of [[], QEVM.slice(0, 7), [...QEVM.slice(0, 7), 2, 0], [0, ...QEVM]]) {
		t.throws(() => toIncomingStream(Uint8Array.from(bytes), 'pc-q35-7.2'), refused, bytes.join(' '));
	}
});
