import {libc} from './libc.ts';

/** ioctl with a pointer to its argument. 0 or more, or −1 with errno set. */
export const ioctl: (fd: number, request: number, argument: number) => number = libc.func(
	'int ioctl(int fd, unsigned long request, uintptr_t argument)',
);
