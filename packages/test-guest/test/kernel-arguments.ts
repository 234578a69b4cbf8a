import test from 'ava';
import {kernelArguments} from '../src/index.ts';

test('a load is one word for the guest, and what is not asked for is not in it', t => {
	t.is(kernelArguments(), 'console=ttyS0 quiet loglevel=1 panic=-1 mc=mb=32,rate=50,tick=20');
	t.is(
		kernelArguments({arenaMiB: 64, pagesPerTick: 0, tickMs: 10, hotPages: 2000, sendsPackets: true, disk: '/dev/vda', counts: false}),
		'console=ttyS0 quiet loglevel=1 panic=-1 mc=mb=64,rate=0,tick=10,hot=2000,udp=1,disk=/dev/vda nocount',
	);
	t.true(kernelArguments({shell: true, tscMHz: 2500}).endsWith(' tsc_early_khz=2500000 shell=1'));
});
