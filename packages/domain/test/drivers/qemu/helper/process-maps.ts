import test from 'ava';
import {parseProcessMaps} from '../../../../src/drivers/qemu/helper/process-maps.ts';

test('mappings are read with their rights, their place and their file, whatever its name', t => {
	const text = `7fd9fbe00000-7fda03e00000 rw-s 00002000 00:11 2718659                    /memfd:memory-backend-memfd (deleted)
7fda04000000-7fda04001000 r-xp 00000000 08:01 42                         /usr/lib/a b/libc.so.6
7fda05000000-7fda05002000 ---p 00000000 00:00 0 
7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
not a mapping
`;
	const found = parseProcessMaps(text);
	t.deepEqual(found.slice(0, 3), [
		{
			start: 0x7fd9fbe00000,
			end: 0x7fda03e00000,
			readable: true,
			writable: true,
			executable: false,
			shared: true,
			fileOffset: 0x2000,
			inode: 2_718_659,
			path: '/memfd:memory-backend-memfd (deleted)',
		},
		{
			start: 0x7fda04000000,
			end: 0x7fda04001000,
			readable: true,
			writable: false,
			executable: true,
			shared: false,
			fileOffset: 0,
			inode: 42,
			path: '/usr/lib/a b/libc.so.6',
		},
		{
			start: 0x7fda05000000,
			end: 0x7fda05002000,
			readable: false,
			writable: false,
			executable: false,
			shared: false,
			fileOffset: 0,
			inode: 0,
			path: '',
		},
	]);
	t.deepEqual(
		found.slice(3).map(({path}) => path),
		['[stack]', '[vsyscall]'],
	);
});
