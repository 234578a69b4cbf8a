/** The control channel's sockets. docs/spec/control.md. */
export {describeAddress, MAX_SOCKET_PATH_BYTES, type ControlAddress} from './address.ts';
export {type ByteStream, DISK_WINDOW_BYTES} from './byte-stream.ts';
export type {RequestOptions, RequestStream, StreamOptions} from './client-link.ts';
export {ControlClient, expectBody, type ConnectOptions} from './control-client.ts';
export {ControlServer, type ControlServerOptions} from './control-server.ts';
export type {Agreement, LocalHello} from './hello.ts';
export {DEFAULT_CONTROL_LIMITS, heartbeatLimits, type ControlLimits} from './limits.ts';
export {openRemoteConsole, type RemoteConsole} from './remote-console.ts';
export {openRemoteDisk, type RemoteDisk} from './remote-disk.ts';
export type {ControlConnection, Reply, RequestHandler} from './server-connection.ts';
