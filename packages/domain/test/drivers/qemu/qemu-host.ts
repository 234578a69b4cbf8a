import {spawn} from 'node:child_process';
import process from 'node:process';
import test from 'ava';
import {whyOfAnotherUser} from '../../../src/drivers/qemu/qemu-host.ts';

/** As in Debian: `nobody`. */
const OTHER_USER = 65_534;

test("a process of another user's is no QEMU that gives us its device state; one of our own or of root's is", t => {
	t.is(whyOfAnotherUser(process.pid), undefined);
	t.is(whyOfAnotherUser(1), undefined, 'root writes everywhere');
	if (process.geteuid?.() !== 0) return; // Only root can make one of another user's.
	const child = spawn('sleep', ['1000'], {uid: OTHER_USER, stdio: 'ignore'});
	t.teardown(() => child.kill());
	t.regex(whyOfAnotherUser(child.pid ?? 0) ?? '', /user 65534/);
});
