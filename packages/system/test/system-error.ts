import test from 'ava';
import {closeDescriptor, Errno, errnoName, isSystemError, SystemError} from '../src/index.ts';

test('a failed call says which call failed and with what', t => {
	const error = t.throws(() => closeDescriptor(-1), {instanceOf: SystemError, code: 'EBADF'});
	t.is(error.call, 'close');
	t.is(error.errno, Errno.EBADF);
	t.is(error.message, 'close: bad file descriptor (EBADF)');
	t.true(isSystemError(error, 'EBADF'));
	t.false(isSystemError(error, 'EPERM'));
});

test('the numbers we test for have the names of the system', t => {
	for (const [name, number] of Object.entries(Errno)) t.is(errnoName(number), name);
	t.is(errnoName(9999), 'ERRNO_9999');
});
