/** WebSocket subprotocol that both ends name: whatever else speaks WebSocket is turned away. */
export const CONTROL_SUBPROTOCOL = 'sterna-control';

/** A frame comes in few pieces; ws would take thousands. */
export const MAX_FRAGMENTS = 64;

/** Bounds of one control server or client. Defaults in `DEFAULT_CONTROL_LIMITS`; tests make them smaller. */
export type ControlLimits = {
	/** Connections a server has at the same time. */
	readonly maxConnections: number;
	/** Requests open on one connection at the same time. */
	readonly maxOpenRequests: number;
	/** From the connection to the hello of the other side. */
	readonly helloTimeoutMs: number;
	/** From our close frame to the other side's; then the connection is cut. */
	readonly closeTimeoutMs: number;
	/** Bytes handed to a socket and not taken by the kernel yet, from which on events are dropped and other frames wait. */
	readonly maxBufferedBytes: number;
	/** Bytes of frames that wait behind those; a peer that lets more gather loses its connection. */
	readonly maxQueuedBytes: number;
	/** Between two pings. */
	readonly heartbeatMs: number;
	/** Pings in a row that nothing at all was heard after, until the peer is given up. */
	readonly heartbeatMisses: number;
};

/** The limits with which a silent peer is given up after `silenceTimeoutMs`, and pinged every `heartbeatIntervalMs` until then. */
export function heartbeatLimits({
	heartbeatIntervalMs,
	silenceTimeoutMs,
}: {
	readonly heartbeatIntervalMs: number;
	readonly silenceTimeoutMs: number;
}): Pick<ControlLimits, 'heartbeatMs' | 'heartbeatMisses'> {
	return {heartbeatMs: heartbeatIntervalMs, heartbeatMisses: Math.ceil(silenceTimeoutMs / heartbeatIntervalMs)};
}

export const DEFAULT_CONTROL_LIMITS: ControlLimits = {
	maxConnections: 64,
	maxOpenRequests: 64,
	helloTimeoutMs: 5000,
	closeTimeoutMs: 1000,
	maxBufferedBytes: 256 * 1024,
	maxQueuedBytes: 8 * 1024 * 1024,
	heartbeatMs: 2000,
	heartbeatMisses: 5,
};

/** For how long nothing is heard of a peer until it is given up. */
export function silenceMsOf({heartbeatMs, heartbeatMisses}: ControlLimits): number {
	return heartbeatMs * heartbeatMisses;
}
