/** Clocks, waiting and signals, without the rest of this package: for a process that only watches another one. */
export {bootTimeNs} from './boot-time.ts';
export {BootTimer} from './boot-timer.ts';
export {closeDescriptor} from './descriptors.ts';
export {viewMemory} from './libc.ts';
export {mapShared, unmapMemory} from './mapping.ts';
export {openProcess, signalProcess} from './pidfd.ts';
export {PollEvent, PollSet} from './poll-set.ts';
export {isSystemError, SystemError} from './system-error.ts';
