/** The recordings of migrations: docs/spec/recording.md. Without the system calls of the rest of this package. */
export {encodeRecordLine, parseRecordLine, RecordLine, RecordedFault, type RecordFacts, type RecordKind} from './record-line.ts';
