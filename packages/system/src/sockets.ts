import {addressOf, libc} from './libc.ts';
import {checked, orNegativeErrno} from './system-error.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const IPPROTO_TCP = 6;

const socketpairCall = libc.func('int socketpair(int family, int type, int protocol, uintptr_t descriptors)');
const shutdownCall = libc.func('int shutdown(int fd, int how)');
const setsockoptCall = libc.func('int setsockopt(int fd, int level, int option, uintptr_t value, unsigned int length)');
const recvCall = libc.func('int64_t recv(int fd, uintptr_t buffer, size_t length, int flags)');
const getsockoptCall = libc.func('int getsockopt(int fd, int level, int option, uintptr_t value, uintptr_t length)');

/** Integer socket options, each with its level and number of asm-generic/socket.h or linux/tcp.h. */
const OPTIONS = {
	/** SO_ERROR: errno that the socket failed with; reading it clears it. */
	pendingError: [SOL_SOCKET, 4],
	/** SO_SNDBUF in bytes; the kernel doubles what is set, and caps it at net.core.wmem_max. */
	sendBufferBytes: [SOL_SOCKET, 7],
	/** SO_RCVBUF in bytes; doubled, and capped at net.core.rmem_max. */
	receiveBufferBytes: [SOL_SOCKET, 8],
	/** SO_RCVLOWAT in bytes: fewer than this many received ones do not make the socket readable; the kernel caps it at half of the receive buffer. */
	receiveLowWaterBytes: [SOL_SOCKET, 18],
	/** TCP_NODELAY: 0 or 1. */
	tcpNoDelay: [IPPROTO_TCP, 1],
	/** TCP_USER_TIMEOUT in milliseconds: how long sent data may stay unacknowledged before the connection fails with ETIMEDOUT. 0 = the system's default. */
	tcpUserTimeoutMs: [IPPROTO_TCP, 18],
	/** TCP_NOTSENT_LOWAT in bytes: unsent bytes above which the socket is not writable. */
	tcpNotSentLowWaterBytes: [IPPROTO_TCP, 25],
} as const;
export type SocketOption = keyof typeof OPTIONS;

const MSG_PEEK = 0x02;
const MSG_DONTWAIT = 0x40;

/** SO_PEERCRED of asm-generic/socket.h. */
const SO_PEERCRED = 17;
/** struct ucred: pid, uid, gid. */
const CREDENTIALS_BYTES = 12;

// Value and length of one option call: used up before the call returns.
const scratch = new Int32Array(new ArrayBuffer(16));
const scratchAddress = addressOf(scratch);

/** Throws `SystemError`, with ENOPROTOOPT or ENOTSUP where the socket is of another kind. */
export function setSocketOption(fd: number, option: SocketOption, value: number): void {
	const [level, number] = OPTIONS[option];
	scratch[0] = value;
	checked('setsockopt', setsockoptCall(fd, level, number, scratchAddress, 4));
}

/** Throws `SystemError`. */
export function getSocketOption(fd: number, option: SocketOption): number {
	const [level, number] = OPTIONS[option];
	scratch[1] = 4;
	checked('getsockopt', getsockoptCall(fd, level, number, scratchAddress, scratchAddress + 4));
	return scratch[0] ?? 0;
}

/** Pid of the process that listens at the other end of a Unix socket, as the kernel noted it: nobody can pretend to be another. Throws `SystemError`. */
export function peerProcess(fd: number): number {
	scratch[3] = CREDENTIALS_BYTES;
	checked('getsockopt', getsockoptCall(fd, SOL_SOCKET, SO_PEERCRED, scratchAddress, scratchAddress + CREDENTIALS_BYTES));
	return scratch[0] ?? 0;
}

/** Two connected Unix stream sockets, non-blocking and close-on-exec. Throws `SystemError`. */
export function socketPair(): [number, number] {
	checked('socketpair', socketpairCall(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, scratchAddress));
	return [scratch[0] ?? -1, scratch[1] ?? -1];
}

/** The first byte that waits on a socket, which stays there; undefined at the end. −errno where there is none, −EAGAIN when it may still come. */
export function peekByte(fd: number): number | undefined {
	const got = orNegativeErrno(recvCall(fd, scratchAddress, 1, MSG_PEEK | MSG_DONTWAIT));
	if (got === 0) return undefined;
	return got < 0 ? got : (scratch[0] ?? 0) & 0xff;
}

const HOW = {reading: 0, writing: 1, both: 2} as const;

/** Shuts a socket down from any thread: wakes whoever polls or blocks on it. Throws `SystemError`, with ENOTCONN when the peer is gone already. */
export function shutdownSocket(fd: number, how: keyof typeof HOW): void {
	checked('shutdown', shutdownCall(fd, HOW[how]));
}
