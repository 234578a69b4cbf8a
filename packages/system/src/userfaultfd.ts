import process from 'node:process';
import {closeDescriptor} from './descriptors.ts';
import {ioctl} from './ioctl.ts';
import {addressOf, type Address, lastErrno, libc} from './libc.ts';
import {checked, Errno, SystemError} from './system-error.ts';
import {
	apiArgument,
	registerArgument,
	SYS_USERFAULTFD,
	UFFD_OPEN_FLAGS,
	UFFD_USER_MODE_ONLY,
	UFFDIO_API,
	UFFDIO_REGISTER,
} from './userfaultfd-abi.ts';

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
	if (number === undefined) throw new SystemError('userfaultfd', Errno.ENOSYS);
	let userModeOnly = options.userModeOnly;
	let fd: number = userModeOnly ? -1 : syscallCall(number, UFFD_OPEN_FLAGS);
	if (fd < 0 && (userModeOnly || lastErrno() === Errno.EPERM)) {
		userModeOnly = true;
		fd = syscallCall(number, UFFD_OPEN_FLAGS | UFFD_USER_MODE_ONLY);
	}

	checked('userfaultfd', fd);
	const argument = apiArgument();
	if (ioctl(fd, UFFDIO_API, addressOf(argument)) < 0) {
		const error = new SystemError('UFFDIO_API', lastErrno());
		closeDescriptor(fd);
		throw error;
	}

	return {fd, userModeOnly};
}

/** Registers a mapping of this process for write tracking, page-aligned. Nothing is tracked until the first scan arms it. Throws `SystemError`, EBUSY when another userfaultfd has it. */
export function trackWrites(tracking: WriteTracking, address: Address, length: number): void {
	const argument = registerArgument(address, length);
	checked('UFFDIO_REGISTER', ioctl(tracking.fd, UFFDIO_REGISTER, addressOf(argument)));
}
