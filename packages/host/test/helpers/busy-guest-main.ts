/** Counts as fast as it can, in the first eight bytes of the file in argv[2], with two threads' worth of sleeping ones beside. Says `counting` first. */
import {openSync} from 'node:fs';
import {mapShared, viewMemory} from '@sterna/system/watching';

const [, , file = ''] = process.argv;
const steps = new BigUint64Array(viewMemory(mapShared({fd: openSync(file, 'r+'), length: 8, writable: true}), 8).buffer, 0, 1);
process.stdout.write('counting\n');
for (let step = 1n; ; step++) Atomics.store(steps, 0, step);
