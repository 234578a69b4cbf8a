/** What userfaultfd's write tracking looks like to the kernel (linux/userfaultfd.h, Linux 6.7): for a call here, or in another process. */

/** Number of the userfaultfd call by `process.arch`. */
export const SYS_USERFAULTFD: Readonly<Record<string, number>> = {x64: 323, arm64: 282};
/** O_CLOEXEC | O_NONBLOCK. */
export const UFFD_OPEN_FLAGS = 0o2004000;
/** Faults of the kernel itself are not handled: needs no privilege, whatever vm.unprivileged_userfaultfd says. */
export const UFFD_USER_MODE_ONLY = 1;

export const UFFDIO_API = 0xc018_aa3f;
export const UFFDIO_REGISTER = 0xc020_aa00;

const UFFD_API = 0xaan;
const UFFDIO_REGISTER_MODE_WP = 2n;
const UFFD_FEATURE_WP_HUGETLBFS_SHMEM = 1n << 12n;
const UFFD_FEATURE_WP_UNPOPULATED = 1n << 13n;
const UFFD_FEATURE_WP_ASYNC = 1n << 15n;

/** `struct uffdio_api` of asynchronous write-protect mode: api, features, ioctls (u64 each), in this machine's byte order. */
export function apiArgument(): BigUint64Array<ArrayBuffer> {
	const argument = new BigUint64Array(new ArrayBuffer(3 * 8));
	argument[0] = UFFD_API;
	argument[1] = UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_WP_UNPOPULATED | UFFD_FEATURE_WP_ASYNC;
	return argument;
}

/** `struct uffdio_register` of a page-aligned range, for write protection: start, length, mode, ioctls (u64 each), in this machine's byte order. */
export function registerArgument(address: bigint | number, length: number): BigUint64Array<ArrayBuffer> {
	const argument = new BigUint64Array(new ArrayBuffer(4 * 8));
	argument[0] = BigInt(address);
	argument[1] = BigInt(length);
	argument[2] = UFFDIO_REGISTER_MODE_WP;
	return argument;
}
