import type {SendLink} from '@sterna/transport';

/** What a checkpoint needs of the data connection that it goes over. All of it is queued in the order of the calls. */
export type CheckpointLink = Pick<SendLink, 'writeBytes' | 'writePages' | 'writeCopies' | 'writeDiskExtent' | 'writeCheckpointDigest'>;
