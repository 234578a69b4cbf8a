// The public names of @sterna/transport, one by one.
export {
	ControlClient,
	ControlServer,
	DEFAULT_CONTROL_LIMITS,
	describeAddress,
	DISK_WINDOW_BYTES,
	expectBody,
	heartbeatLimits,
	MAX_SOCKET_PATH_BYTES,
	openRemoteConsole,
	openRemoteDisk,
	type Agreement,
	type ByteStream,
	type ConnectOptions,
	type ControlAddress,
	type ControlConnection,
	type ControlLimits,
	type ControlServerOptions,
	type LocalHello,
	type Reply,
	type RequestHandler,
	type RequestOptions,
	type RemoteDisk,
	type RequestStream,
	type StreamOptions,
} from './control/index.ts';
export type {
	CheckpointStoreOptions,
	CommittedCheckpoint,
	CompressionMode,
	CompressionOptions,
	HeartbeatOptions,
	LinkProgress,
	ReceiveEvent,
	ReceiveLink,
	ReceiveLinkOptions,
	SendChannels,
	SendLink,
	SendLinkOptions,
	WritePagesOptions,
	ZeroPageMode,
} from './data-link.ts';
export {
	completeCheckpointStore,
	createCheckpointStore,
	readCheckpointState,
	readCheckpointStore,
	recoverCheckpointStore,
	type CheckpointState,
	type CheckpointStoreOfGuest,
	type CheckpointStoreState,
} from './data/checkpoint-store/checkpoint-store.ts';
export {CHECKPOINT_CRASH_POINTS, type CheckpointCrash, type CheckpointCrashPoint} from './data/checkpoint-store/crash-points.ts';
export type {StoredCheckpoint} from './data/checkpoint-store/layout.ts';
export type {DiskFile} from './data/checkpoint-store/store-file.ts';
export {BandwidthLimit} from './data/bandwidth-limit.ts';
export {connectChannels, expectChannels} from './data/all-channels.ts';
export {connectData, type ConnectDataOptions, type DataSecurity} from './data/connect-data.ts';
export {
	DataListener,
	type DataConnection,
	type DataListenerOptions,
	type DataListenerTls,
	type Expectation,
	type RefusedConnection,
} from './data/data-listener.ts';
export {closeDataSocket, type DataSocket} from './data/data-socket.ts';
export {DataWorkerPool, type DataWorkerPoolOptions} from './data/data-worker-pool.ts';
export {helloFeatures, LOCAL_STREAM_FEATURES} from './local-features.ts';
export {LinkError} from './data/link-error.ts';
export {openPageChecker, type PageChecker} from './data/page-checker.ts';
export {PageHashes} from './data/page-hashes.ts';
export {openReceiveLink} from './data/receive-link.ts';
export {openReceiveChannels, type ReceiveChannelsOptions} from './data/receive-channels.ts';
export {openSendChannels, type SendChannelsOptions} from './data/send-channels.ts';
export {DEFAULT_WINDOW_BYTES, openSendLink} from './data/send-link.ts';
export {TargetPages} from './data/target-pages.ts';
export {TlsCredentials} from './tls-credentials.ts';
export type {MemoryMapping} from './memory-mapping.ts';
