export {addressOf, type Address, viewMemory} from './libc.ts';
export {bootTimeNs} from './boot-time.ts';
export {availableCodecs, createCompressor, createDecompressor, type Codec, type Compressor, type Decompressor} from './codecs.ts';
export {createDeltaCompressor, createDeltaDecompressor, type DeltaCompressor, type DeltaDecompressor} from './delta-codec.ts';
export {closeDescriptor, duplicateDescriptor, setNonBlocking} from './descriptors.ts';
export {MAX_PASSED_DESCRIPTORS, receiveWithDescriptors, sendWithDescriptors} from './descriptor-passing.ts';
export {endProcess, endProcessWhenDone} from './end-process.ts';
export {Errno, errnoName, isSystemError, SystemError} from './system-error.ts';
export {createEventFd, drainEventFd, signalEventFd} from './event-fd.ts';
export {
	allocateFile,
	allocateFileAsync,
	createMemoryFile,
	punchHole,
	resizeFile,
	sealFileSize,
	seekData,
	seekHole,
	syncFile,
	syncFileData,
	tryLockFile,
	tryLockRange,
	unlockFile,
} from './files.ts';
export {IOV_MAX, IovecArray} from './iovec-array.ts';
export {type MapOptions, mapAnonymous, mapShared, unmapMemory, unmapMemoryAsync} from './mapping.ts';
export {Advice, adviseMemory, adviseMemoryAsync} from './memory-advice.ts';
export {clearMemory, copyMemory, equalMemory} from './memory-operations.ts';
export {openPagemap, PagemapScanner} from './pagemap-scanner.ts';
export {assertOpenSsl} from './openssl/library.ts';
export {TlsContext, type TlsContextFiles, type TlsEnd} from './openssl/tls-context.ts';
export {TlsError} from './openssl/tls-error.ts';
export {freeTlsSession, TlsSession, type TlsSessionOptions} from './openssl/tls-session.ts';
export {openProcess, signalProcess, takeDescriptor} from './pidfd.ts';
export {PollEvent, PollSet} from './poll-set.ts';
export {getSocketOption, peekByte, peerProcess, setSocketOption, shutdownSocket, type SocketOption, socketPair} from './sockets.ts';
export {StoppedThread, type StopThreadOptions} from './stopped-thread.ts';
export {BootTimer} from './boot-timer.ts';
export {compileWithoutMaglev, WITHOUT_MAGLEV} from './compiler-threads.ts';
export {requestTimeSlice, SHORTEST_TIME_SLICE_NS, timeSliceOf, type TimeSliceOptions} from './time-slice.ts';
export {openWriteTracking, trackWrites, type WriteTracking} from './userfaultfd.ts';
export {hasXxh3, xxh3, type Xxh3, Xxh3Stream} from './xxh3.ts';
export {ZeroPageFinder} from './zero-pages.ts';
export {readMemory, readMemoryAt, readVector, readVectorAt, writeMemory, writeMemoryAt, writeVector, writeVectorAt} from './vectored-io.ts';
