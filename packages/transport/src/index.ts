// The public names of @sterna/transport, one by one.
export {
	ControlClient,
	ControlServer,
	DEFAULT_CONTROL_LIMITS,
	describeAddress,
	expectBody,
	MAX_SOCKET_PATH_BYTES,
	type Agreement,
	type ConnectOptions,
	type ControlAddress,
	type ControlConnection,
	type ControlLimits,
	type ControlServerOptions,
	type LocalHello,
	type Reply,
	type RequestHandler,
	type RequestOptions,
} from './control/index.ts';
