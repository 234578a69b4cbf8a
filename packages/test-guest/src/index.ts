export {buildTestGuest, type BuildOptions, GUEST_CACHE_DIRECTORY, type TestGuest} from './build-guest.ts';
export {type DiskRecords, readDiskRecords} from './disk-records.ts';
export {type GuestLoad, kernelArguments} from './kernel-arguments.ts';
export {type Frame, parseFrame} from './packets/parse-frame.ts';
export {announcements, type Arrival, type PacketSequence, readSequence, type SequenceHole} from './packets/read-sequence.ts';
export {randomSegment, type Segment, SEGMENT_INTERFACE} from './packets/segment.ts';
export {SegmentListener} from './packets/segment-listener.ts';
export {type GuestBoot, readSerial, type SerialText} from './serial/read-serial.ts';
export {type MemcheckReport, parseSerialLine, type SerialLine} from './serial/serial-line.ts';
