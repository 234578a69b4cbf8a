import test from 'ava';
import {defaultPaths} from '../../src/config/paths.ts';

test("root's state and sockets are where the system keeps them", t => {
	t.deepEqual(defaultPaths({HOME: '/root', XDG_RUNTIME_DIR: '/run/user/0'}, {uid: 0, home: '/root'}), {
		state: '/var/lib/sterna',
		run: '/run/sterna',
	});
});

test("a user's are in the XDG directories", t => {
	const user = {uid: 1000, home: '/home/u'};
	t.deepEqual(defaultPaths({XDG_RUNTIME_DIR: '/run/user/1000', XDG_STATE_HOME: '/data'}, user), {
		state: '/data/sterna',
		run: '/run/user/1000/sterna',
	});
	t.deepEqual(defaultPaths({}, user), {state: '/home/u/.local/state/sterna', run: '/tmp/sterna-1000'});
});

test("a service's are those that systemd made for it", t => {
	const env = {STATE_DIRECTORY: '/var/lib/sterna:/other', RUNTIME_DIRECTORY: '/run/sterna'};
	t.deepEqual(defaultPaths(env, {uid: 1000, home: '/home/u'}), {state: '/var/lib/sterna', run: '/run/sterna'});
});
