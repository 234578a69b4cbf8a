import test from 'ava';
import {SerialTranscript} from '../../src/qemu/serial-transcript.ts';

/** A host whose file of output the test fills. */
class Host {
	text = '';
	output(): string {
		return this.text;
	}
}

test('a line that is cut by a migration is one line, and a host that is come back to goes on where it ended', t => {
	const [a, b] = [new Host(), new Host()];
	const transcript = new SerialTranscript('dom1', a);
	a.text = 'GUEST UP\r\nCOUNT 0\r\nCOU';
	transcript.movedTo(b);
	b.text = 'NT 1\r\nCOUNT 2\r\n';
	t.is(transcript.boot?.counts, 3);
	transcript.movedTo(a);
	a.text += 'COUNT 3\r\n';
	transcript.movedTo(b);
	b.text += 'COUNT 4\r';
	t.is(transcript.text, 'GUEST UP\r\nCOUNT 0\r\nCOUNT 1\r\nCOUNT 2\r\nCOUNT 3\r\nCOUNT 4\r');
	t.like(transcript.boot, {counts: 4, faults: []});
});

test('what was written twice or was lost with a migration shows', t => {
	const [a, b] = [new Host(), new Host()];
	const transcript = new SerialTranscript('dom1', a);
	a.text = 'GUEST UP\r\nCOUNT 0\r\nCOUNT 1\r\n';
	transcript.movedTo(b);
	b.text = 'COUNT 1\r\nCOUNT 3\r\n';
	t.deepEqual(transcript.boot?.faults, ['COUNT 1 came again behind COUNT 1', 'COUNT 2 to 2 are missing']);
});

test('a guest that is taken over goes on from an earlier word than its last one, and is read from there', t => {
	const [a, b] = [new Host(), new Host()];
	const transcript = new SerialTranscript('dom1', a);
	a.text = 'GUEST UP\r\nCOUNT 0\r\nCOUNT 1\r\nCOUNT 2\r\n';
	b.text = 'of an earlier guest\r\n';
	transcript.hasStandbyOn(b);
	b.text += 'NT 1\r\nCOUNT 2\r\nCOUNT 3\r\n';
	transcript.tookOverOn(b);
	t.like(transcript.boot, {counts: 4, faults: []});
	// What was left behind went on for a while.
	a.text += 'COUNT 3\r\nCOUNT 4\r\n';
	transcript.hasStandbyOn(a);
	transcript.movedTo(a);
	a.text += 'COUNT 4\r\n';
	t.like(transcript.boot, {counts: 5, faults: []});
});
