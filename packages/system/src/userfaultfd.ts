import process from 'node:process';
import {closeDescriptor} from './descriptors.ts';
import {ioctl} from './ioctl.ts';
import {addressOf, type Address, lastErrno, libc} from './libc.ts';
import {checked, Errno, SystemError} from './system-error.ts';

/** Number of the userfaultfd call by `process.arch`. */
const SYS_USERFAULTFD: Readonly<Record<string, number>> = {x64: 323, arm64: 282};
const O_CLOEXEC = 0o2000000;
const O_NONBLOCK = 0o4000;
/** Faults of the kernel itself are not handled: needs no privilege, whatever vm.unprivileged_userfaultfd says. */
const UFFD_USER_MODE_ONLY = 1;

const UFFD_API = 0xaan;
const UFFDIO_API = 0xc018_aa3f;
const UFFDIO_REGISTER = 0xc020_aa00;
const UFFDIO_REGISTER_MODE_WP = 2n;
const UFFD_FEATURE_WP_HUGETLBFS_SHMEM = 1n << 12n;
const UFFD_FEATURE_WP_UNPOPULATED = 1n << 13n;
const UFFD_FEATURE_WP_ASYNC = 1n << 15n;

const syscallCall = libc.func('int64_t syscall(int64_t number, int64_t flags)');

/** How a write-tracking descriptor was got. */
export type WriteTracking = {
	/** The userfaultfd; tracking lives as long as a duplicate of it is open. */
	readonly fd: number;
	/** Whether it is of the kind that needs no privilege. */
	readonly userModeOnly: boolean;
};

/**
 * Opens a userfaultfd of this process in asynchronous write-protect mode (Linux 6.7): no fault is ever delivered to anyone,
 * the kernel only keeps note of written pages for PAGEMAP_SCAN. Takes the kind without privilege where the other is not allowed,
 * or when asked to. Throws `SystemError`: ENOSYS or EINVAL where the kernel has it not, EPERM where it is forbidden.
 */
export function openWriteTracking(options: {readonly userModeOnly: boolean} = {userModeOnly: false}): WriteTracking {
	const number = SYS_USERFAULTFD[process.arch];
	if (number === undefined) throw new SystemError('userfaultfd', 38 /* ENOSYS */);
	let userModeOnly = options.userModeOnly;
	let fd: number = userModeOnly ? -1 : syscallCall(number, O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && (userModeOnly || lastErrno() === Errno.EPERM)) {
		userModeOnly = true;
		fd = syscallCall(number, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
	}

	checked('userfaultfd', fd);
	// struct uffdio_api: api, features, ioctls.
	const argument = new BigUint64Array(new ArrayBuffer(3 * 8));
	argument[0] = UFFD_API;
	argument[1] = UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_WP_UNPOPULATED | UFFD_FEATURE_WP_ASYNC;
	if (ioctl(fd, UFFDIO_API, addressOf(argument)) < 0) {
		const error = new SystemError('UFFDIO_API', lastErrno());
		closeDescriptor(fd);
		throw error;
	}

	return {fd, userModeOnly};
}

/** Registers a mapping of this process for write tracking, page-aligned. Nothing is tracked until the first scan arms it. Throws `SystemError`, EBUSY when another userfaultfd has it. */
export function trackWrites(tracking: WriteTracking, address: Address, length: number): void {
	// struct uffdio_register: start, length, mode, ioctls.
	const argument = new BigUint64Array(new ArrayBuffer(4 * 8));
	argument[0] = BigInt(address);
	argument[1] = BigInt(length);
	argument[2] = UFFDIO_REGISTER_MODE_WP;
	checked('UFFDIO_REGISTER', ioctl(tracking.fd, UFFDIO_REGISTER, addressOf(argument)));
}
