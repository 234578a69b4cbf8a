import fs from 'node:fs';
import {setNonBlocking} from '@sterna/system';
import type {DescriptorKind} from './messages.ts';

/** How a descriptor is to be treated: what can make its caller wait for another process is made non-blocking and polled, whatever it was called. */
export function prepareDescriptor(fd: number): DescriptorKind {
	const stats = fs.fstatSync(fd);
	if (!stats.isSocket() && !stats.isFIFO()) return 'file';
	setNonBlocking(fd, true);
	return 'polled';
}
