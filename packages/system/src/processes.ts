/** What is done to other processes, without the rest of this package: what starts for a moment reads no more than it needs. */
export {sendWithDescriptors} from './descriptor-passing.ts';
export {openProcess, takeDescriptor} from './pidfd.ts';
export {StoppedThread} from './stopped-thread.ts';
export {Errno, isSystemError, SystemError} from './system-error.ts';
export {
	apiArgument,
	registerArgument,
	SYS_USERFAULTFD,
	UFFD_OPEN_FLAGS,
	UFFD_USER_MODE_ONLY,
	UFFDIO_API,
	UFFDIO_REGISTER,
} from './userfaultfd-abi.ts';
