import {closeDescriptor} from './descriptors.ts';
import {addressOf, libc} from './libc.ts';
import {checked} from './system-error.ts';

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_CTRUNC = 0x8;
const MSG_NOSIGNAL = 0x4000;
const MSG_CMSG_CLOEXEC = 0x4000_0000;

/** struct msghdr of a 64-bit machine, little-endian: name, name length, iovec, iovec count, control, control length, flags. */
const HEADER_BYTES = 56;
const Header = {vector: 16, vectorCount: 24, control: 32, controlLength: 40, flags: 48} as const;
/** struct cmsghdr: length (u64), level, type (i32 each), then the descriptors. */
const CONTROL_HEADER_BYTES = 16;
const CONTROL_ALIGNMENT = 8;
const DESCRIPTOR_BYTES = 4;
/** Most descriptors in one message. Linux SCM_MAX_FD is 253; nobody here needs more than a few. */
export const MAX_PASSED_DESCRIPTORS = 16;
const CONTROL_BYTES = CONTROL_HEADER_BYTES + MAX_PASSED_DESCRIPTORS * DESCRIPTOR_BYTES;

const sendmsgCall = libc.func('int64_t sendmsg(int fd, uintptr_t message, int flags)');
const recvmsgCall = libc.func('int64_t recvmsg(int fd, uintptr_t message, int flags)');

/** One message: header, one iovec, control data. Used up before a call returns. */
const header = new DataView(new ArrayBuffer(HEADER_BYTES));
const vector = new BigUint64Array(new ArrayBuffer(16));
const control = new DataView(new ArrayBuffer(CONTROL_BYTES));

function prepare(bytes: Uint8Array, controlLength: number): void {
	vector[0] = BigInt(addressOf(bytes));
	vector[1] = BigInt(bytes.length);
	header.setBigUint64(Header.vector, BigInt(addressOf(vector)), true);
	header.setBigUint64(Header.vectorCount, 1n, true);
	header.setBigUint64(Header.control, BigInt(controlLength === 0 ? 0 : addressOf(control)), true);
	header.setBigUint64(Header.controlLength, BigInt(controlLength), true);
	header.setInt32(Header.flags, 0, true);
}

/**
 * Sends bytes over a Unix socket, and duplicates of descriptors with the first of them; ours stay open. Returns how many bytes went. At least one
 * byte is needed to carry descriptors. Throws `SystemError`: EAGAIN on a non-blocking socket that is full, EPIPE where the peer is gone.
 */
export function sendWithDescriptors(socket: number, bytes: Uint8Array, descriptors: readonly number[]): number {
	if (bytes.length === 0 || descriptors.length > MAX_PASSED_DESCRIPTORS)
		throw new RangeError(`${bytes.length} bytes with ${descriptors.length} descriptors: at least 1 and at most ${MAX_PASSED_DESCRIPTORS}`);
	const length = descriptors.length === 0 ? 0 : CONTROL_HEADER_BYTES + descriptors.length * DESCRIPTOR_BYTES;
	control.setBigUint64(0, BigInt(length), true);
	control.setInt32(8, SOL_SOCKET, true);
	control.setInt32(12, SCM_RIGHTS, true);
	for (const [index, fd] of descriptors.entries()) control.setInt32(CONTROL_HEADER_BYTES + index * DESCRIPTOR_BYTES, fd, true);
	prepare(bytes, align(length));
	return checked('sendmsg', sendmsgCall(socket, addressOf(header), MSG_NOSIGNAL));
}

/**
 * Receives bytes into an array, and the descriptors that came with them, close-on-exec, which are the caller's to close. `byteCount` 0 is the end.
 * Throws `SystemError`, EAGAIN on a non-blocking socket with nothing there; a RangeError when more than 16 descriptors came, and keeps none.
 */
export function receiveWithDescriptors(socket: number, into: Uint8Array): {readonly byteCount: number; readonly descriptors: number[]} {
	prepare(into, CONTROL_BYTES);
	const byteCount = checked('recvmsg', recvmsgCall(socket, addressOf(header), MSG_CMSG_CLOEXEC));
	const descriptors = receivedDescriptors(Number(header.getBigUint64(Header.controlLength, true)));
	if ((header.getInt32(Header.flags, true) & MSG_CTRUNC) === 0) return {byteCount, descriptors};
	for (const fd of descriptors) closeDescriptor(fd);
	throw new RangeError(`more than ${MAX_PASSED_DESCRIPTORS} descriptors came in one message`);
}

function receivedDescriptors(controlLength: number): number[] {
	const descriptors: number[] = [];
	for (let at = 0; at + CONTROL_HEADER_BYTES <= controlLength;) {
		const length = Number(control.getBigUint64(at, true));
		if (length < CONTROL_HEADER_BYTES) break;
		if (control.getInt32(at + 8, true) === SOL_SOCKET && control.getInt32(at + 12, true) === SCM_RIGHTS) {
			for (let fdAt = at + CONTROL_HEADER_BYTES; fdAt + DESCRIPTOR_BYTES <= at + length; fdAt += DESCRIPTOR_BYTES)
				descriptors.push(control.getInt32(fdAt, true));
		}

		at += align(length);
	}

	return descriptors;
}

function align(length: number): number {
	return Math.ceil(length / CONTROL_ALIGNMENT) * CONTROL_ALIGNMENT;
}
