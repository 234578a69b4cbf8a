import test from 'ava';
import {explain} from '../../src/report/explain/index.ts';
import type {Ending, Explanation} from '../../src/report/explain/explanation.ts';
import {readRecord} from '../../src/report/record.ts';
import {
	begun,
	completed,
	cutOff,
	end,
	fault,
	lostLink,
	neverConverging,
	passes,
	type Recording,
	refused,
	tooShortDeadline,
} from '../helpers/recordings.ts';
import {parseOnly} from '../helpers/unopened.ts';

function explained(recording: Recording, options?: Parameters<typeof explain>[1]): Explanation {
	const record = readRecord(recording.lines);
	if (record === undefined) throw new TypeError('no recording');
	return explain(record, options);
}

const REFUSED_CONNECTION = fault('ERR_HOST_UNREACHABLE', 'host-b does not answer at 10.0.0.2:7801', {
	causes: ['connect ECONNREFUSED 10.0.0.2:7801'],
});

const undecided = (): Recording => {
	const recording = begun();
	const atMs = passes(recording, {dirty: [400]});
	const error = fault('ERR_UNDECIDED', 'host-b has not said whether it runs the guest', {
		phase: 'handover',
		runsOn: '?',
		next: 'migrate-ctl resolve dom1',
	});
	return recording
		.phase(atMs, 'stop-and-copy')
		.phase(atMs + 9, 'handover')
		.add(atMs + 5000, end({outcome: 'undecided', runsOn: '?', error}));
};

const aborted = (code: string, message: string, changes = {}): Recording => {
	const recording = begun();
	const atMs = passes(recording, {dirty: [16_384]});
	return recording
		.add(atMs, {kind: 'command', command: 'abort', detail: 'by root'})
		.add(atMs + 2, end({outcome: 'aborted', error: fault(code, message, changes)}));
};

/** How the daemon begins that settles what one before it left. */
const SETTLING = {
	kind: 'begin',
	format: 1,
	id: 'm-7f3a',
	domain: 'dom1',
	direction: 'outgoing',
	host: 'host-a',
	peer: 'host-b',
	software: 'sterna-sender 0.1.0',
} as const;
const DEAD_SENDER = fault('ERR_DAEMON_UNREACHABLE', 'the sender on host-a ended while it was under way; the guest stays there');

type Row = {
	readonly name: string;
	readonly recording: Recording;
	readonly ending: Ending;
	/** Found in the headline and the reasons, in this order. */
	readonly says: readonly RegExp[];
	readonly whereTheGuestIs: RegExp;
	/** Among those to be typed. */
	readonly commands?: readonly string[];
};

const ROWS: readonly Row[] = [
	{
		name: 'one that completed',
		recording: completed(),
		ending: 'completed',
		says: [
			/moved from host-a to host-b in 3\.\d+ s, with a downtime of 38\.5 ms/,
			/expected downtime 38\.0 ms is within 300 ms/,
			/total time was bound by/,
			/largest part was last pass, 30\.2 ms of 38\.5 ms \(78 %\); 300 ms were allowed/,
		],
		whereTheGuestIs: /^dom1 runs on host-b\.$/,
	},
	{
		name: 'a guest that never converges, given up at its deadline',
		recording: neverConverging('60.2 s since the start, the deadline was 60.0 s', {deadlineMs: 60_000}),
		ending: 'aborted',
		says: [
			/did not converge, and the policy ended it/,
			/the deadline was 60\.0 s/,
			/the dirty set did not fall: it was 24,576 pages \(96 MiB\) after the first and 24,576 pages/,
			/The guest wrote 50 MB\/s .* and 50 MB\/s were sent: pages became dirty as fast as they left/,
			/would have cost about 2\.01 s, and 300 ms were allowed/,
		],
		whereTheGuestIs: /^dom1 runs on host-a, as if nothing had been asked\.$/,
		commands: [
			'migrate-ctl start dom1 host-b --max-downtime 2700ms',
			'migrate-ctl replay m-7f3a --max-downtime 2700ms',
			'migrate-ctl forecast dom1 host-b',
		],
	},
	{
		name: 'a guest that never converges under a bandwidth limit',
		recording: neverConverging('no progress in 5 iterations: 24576 dirty pages became 24550', {onStall: 'abort'}, 50e6),
		ending: 'aborted',
		says: [/no progress in 5 iterations/, /by a limit of 50 MB\/s/],
		whereTheGuestIs: /host-a/,
		commands: ['migrate-ctl start dom1 host-b --max-downtime 300ms --bandwidth 336MB/s'],
	},
	{
		name: 'a deadline that is shorter than the full pass',
		recording: tooShortDeadline(),
		ending: 'aborted',
		says: [/the deadline was 1\.0 s/, /Not even the first pass over memory was finished: 9 % of it was sent, at 50\.2 MB\/s/],
		whereTheGuestIs: /host-a/,
		commands: ['migrate-ctl start dom1 host-b --deadline 17s', 'migrate-ctl forecast dom1 host-b'],
	},
	{
		name: 'one that the operator aborted',
		recording: aborted('ERR_ABORTED_BY_OPERATOR', 'the operator aborted the migration'),
		ending: 'aborted',
		says: [/the operator aborted it/, /An operator asked for its end at \+3\.03 s/],
		whereTheGuestIs: /host-a/,
		commands: ['migrate-ctl start dom1 host-b'],
	},
	{
		name: 'one that was aborted on the other host',
		recording: aborted('ERR_ABORTED_BY_RECEIVER', 'an operator of host-b ended it', {side: 'receiver'}),
		ending: 'aborted',
		says: [/it was aborted on host-b/, /an operator of host-b ended it/],
		whereTheGuestIs: /host-a/,
	},
	{
		name: 'one whose daemon was told to stop',
		recording: aborted('ERR_DAEMON_STOPPING', 'the daemon on host-a is stopping'),
		ending: 'aborted',
		says: [/the daemon on host-a was stopped/],
		whereTheGuestIs: /host-a/,
	},
	{
		name: 'a link that was cut, as both hosts tell',
		recording: lostLink({
			again: fault('ERR_CONNECTION_LOST', 'the data connection to host-b was reset, and was not made anew within 2 s', {
				causes: ['connect ETIMEDOUT'],
			}),
			receiver: 'ends',
		}),
		ending: 'failed',
		says: [
			/host-a lost its connection to host-b in precopy, iteration 1/,
			/The connection was lost at \+3\.04 s in precopy: the data connection to host-b was reset; it was tried anew for 2 s/,
			/host-a gave up with ERR_CONNECTION_LOST/,
			/connect ETIMEDOUT/,
			/it was the link between the hosts that failed/,
			/host-b recorded 1 error, at last at \+5\.13 s: the sender did not come back within 2 s/,
		],
		whereTheGuestIs: /host-a/,
		commands: ['migrate-ctl hosts --probe', 'migrate-ctl doctor host-b', 'migrate-ctl start dom1 host-b --reconnect 5m'],
	},
	{
		name: 'a receiver that was killed',
		recording: lostLink({again: REFUSED_CONNECTION, receiver: 'breaks off'}),
		ending: 'failed',
		says: [
			/sterna-receiver on host-b was gone in precopy/,
			/nobody listens there: the host and the link were up, and the daemon was not/,
			/What host-b recorded breaks off at \+12 ms in precopy, without an end/,
		],
		whereTheGuestIs: /host-a/,
		commands: ['systemctl status sterna-receiver', 'migrate-ctl doctor host-b'],
	},
	{
		name: 'a host that is away with what it recorded',
		recording: lostLink({again: fault('ERR_PEER_SILENT', 'nothing was heard of host-b for 2 s'), receiver: 'missing'}),
		ending: 'failed',
		says: [
			/gave up with ERR_PEER_SILENT: nothing was heard of host-b for 2 s/,
			/these recordings do not tell/,
			/Nothing that host-b recorded is here/,
		],
		whereTheGuestIs: /host-a/,
	},
	...(
		[
			['ERR_MEMORY_INSUFFICIENT', 'host-b has 200 MiB free, dom1 needs 512 MiB', /has not enough memory/],
			['ERR_PROTOCOL_VERSION', 'host-b speaks 3 to 4, host-a 1 to 2', /no protocol version in common/],
			['ERR_DISK_FULL', 'no space is left for the staging of dom1', /no space left/],
		] as const
	).map(([code, message, summary]): Row => ({
		name: `one that was refused with ${code}`,
		recording: refused(fault(code, message, {side: 'receiver', phase: 'prepare'})),
		ending: 'failed',
		says: [/host-b refused it/, summary, new RegExp(message), /ended before a page was sent/],
		whereTheGuestIs: /host-a/,
		commands: ['migrate-ctl start dom1 host-b'],
	})),
	{
		name: 'one that is undecided',
		recording: undecided(),
		ending: 'undecided',
		says: [/not decided whether host-a or host-b runs it/, /host-a had told host-b to run the guest, and heard no answer/],
		whereTheGuestIs: /not known which host runs dom1/,
		commands: ['migrate-ctl resolve dom1'],
	},
	{
		name: 'one whose daemon died in precopy',
		recording: cutOff('precopy'),
		ending: 'no-end',
		says: [
			/no end is recorded; sterna-sender on host-a stopped in the middle of precopy/,
			/its daemon was killed or crashed/,
			/in the middle of a line/,
		],
		whereTheGuestIs: /on host-a when the recording broke off/,
		commands: ['migrate-ctl domain show dom1'],
	},
	{
		name: 'one whose daemon died in precopy, and whose next daemon settled it',
		recording: cutOff('precopy')
			.add(9000, {...SETTLING, incarnation: 1})
			.add(9000, {kind: 'note', text: 'an earlier daemon ended while it was under way'})
			.add(9001, end({outcome: 'failed', totalMs: 9001, pagesSent: 0, bytesSent: 0, error: DEAD_SENDER})),
		ending: 'failed',
		says: [
			/dom1 did not move: sterna-sender on host-a was gone in precopy/,
			/What sterna-sender on host-a recorded breaks off at \+[\d.]+ m?s in precopy: it was killed or crashed, or its host failed/,
			/The next one, at \+9 s, found what was left of it and gave the guest back/,
		],
		whereTheGuestIs: /^dom1 runs on host-a, as if nothing had been asked\.$/,
		commands: ['journalctl -u sterna-sender', 'migrate-ctl start dom1 host-b'],
	},
	{
		name: 'one whose daemon died in the handover',
		recording: cutOff('handover'),
		ending: 'no-end',
		says: [/stopped in the middle of handover/],
		whereTheGuestIs: /not known which host runs dom1/,
		commands: ['migrate-ctl resolve dom1'],
	},
];

for (const {name, recording, ending, says, whereTheGuestIs, commands = []} of ROWS) {
	test(`${name} is explained with its figures, where the guest is and what to do`, t => {
		const explanation = explained(recording);
		t.is(explanation.ending, ending);
		const text = [explanation.headline, ...explanation.why].join('\n');
		let from = 0;
		for (const pattern of says) {
			const found = pattern.exec(text.slice(from));
			t.truthy(found, `${pattern} in ${text}`);
			from += (found?.index ?? 0) + (found?.[0].length ?? 0);
		}

		t.regex(explanation.whereTheGuestIs, whereTheGuestIs);
		const typed = new Set(explanation.whatToDo.map(each => each.command));
		for (const command of commands) t.true(typed.has(command), JSON.stringify(explanation.whatToDo));
		for (const sentence of [...explanation.whatHappened, ...explanation.why]) {
			t.regex(sentence, /^\S.*\.$/s);
			t.notRegex(sentence, /undefined|NaN|Infinity|\.\.$/);
		}
	});
}

test('every one that ended by an error names the command that the error does', t => {
	for (const {recording, name} of ROWS) {
		const {error, whatToDo} = explained(recording);
		if (error?.next !== undefined && error.next !== null)
			t.true(whatToDo.some(({command}) => command === error.next) || error.next === '', name);
	}
});

test('what is to be typed parses, whatever it was that ended so', t => {
	for (const {recording, name} of ROWS) {
		for (const direction of ['outgoing', 'incoming', 'save', 'restore'] as const) {
			const peer = direction === 'save' || direction === 'restore' ? '' : 'host-b';
			const lines = recording.lines.map(text =>
				text.replace('"direction":"outgoing"', `"direction":"${direction}"`).replace('"peer":"host-b"', `"peer":"${peer}"`),
			);
			const record = readRecord(lines);
			if (record === undefined) throw new TypeError('no recording');
			for (const {command} of explain(record).whatToDo) {
				if (command === undefined) continue;
				t.regex(command, /^\S+(?: \S+)*$/, name);
				const [program = '', ...argv] = command.split(' ');
				if (program === 'migrate-ctl') t.notThrows(() => parseOnly(argv), `${name}, ${direction}: ${command}`);
			}
		}
	}
});

test('one that was to be saved is told as that, and no migration of it is proposed', t => {
	const recording = aborted('ERR_ABORTED_BY_OPERATOR', 'the operator aborted it', {next: null});
	const lines = recording.lines.map(text =>
		text.replace('"direction":"outgoing"', '"direction":"save"').replace('"peer":"host-b"', '"peer":""'),
	);
	const record = readRecord(lines);
	if (record === undefined) throw new TypeError('no recording');
	t.like(explain(record), {headline: 'dom1 was not saved: the operator aborted it', whatToDo: []});
});

test('one that another daemon went on with says so, and counts what was sent where only samples tell', t => {
	const gone = begun();
	const atMs = passes(gone, {dirty: [16_384]});
	const settled = explained(
		gone.add(atMs + 4000, SETTLING).add(atMs + 4001, end({outcome: 'failed', pagesSent: 0, bytesSent: 0, error: DEAD_SENDER})),
	);
	t.regex(
		settled.whatHappened.join('\n'),
		/^At \+7\.\d+ s another sterna-sender on host-a took it over from the one before, which was gone\.$/m,
	);
	t.regex(settled.whatHappened.at(-1) ?? '', /147,456 pages had been sent/);

	const early = begun()
		.add(4000, SETTLING)
		.add(4001, end({outcome: 'failed', pagesSent: 0, bytesSent: 0, error: DEAD_SENDER}));
	t.regex(explained(early).whatHappened.at(-1) ?? '', /how much had been sent is not recorded/);
});

test('a switch by another limit than the downtime target says how far the target was', t => {
	const recording = begun();
	const atMs = passes(recording, {dirty: [24_576, 24_600, 24_550, 24_580], bandwidth: 50e6, dirtyRate: 50e6});
	recording
		.add(atMs, {kind: 'decision', action: 'stop-and-copy', because: '5 iterations, the limit'})
		.add(atMs + 2000, end({outcome: 'completed', runsOn: 'host-b', downtimeMs: 2000}));
	const why = explained(recording).why.join('\n');
	t.regex(why, /^The switch came because of this: 5 iterations, the limit\.\nOver 5 passes the dirty set did not fall/);
	t.regex(why, /would have cost about 2\.01 s, and 300 ms were allowed/);
	t.notRegex(explained(completed()).why.join('\n'), /the dirty set/);
});

test('a peer that was asked again is in the timeline once', t => {
	const recording = completed().add(9000, {kind: 'peer', host: 'host-b', software: 'sterna-receiver 0.1.0', offsetMs: 1});
	t.is(explained(recording).evidence.filter(({text}) => text.startsWith('the other end is')).length, 1);
});

test('one that is under way is not taken for one whose daemon died', t => {
	const recording = begun();
	passes(recording, {dirty: [16_384]});
	const explanation = explained(recording, {underWay: true});
	t.is(explanation.ending, 'under-way');
	t.regex(explanation.headline, /^dom1 is on its way from host-a to host-b: precopy$/);
});

test('a recording is explained wherever it is cut off', t => {
	for (const {recording} of ROWS) {
		for (let lines = 1; lines <= recording.lines.length; lines++) {
			const record = readRecord(recording.lines.slice(0, lines));
			if (record === undefined) continue;
			const {headline, whatHappened, why} = explain(record);
			t.notRegex([headline, ...whatHappened, ...why].join('\n'), /undefined|NaN|Infinity/);
		}
	}
});

test('links that were lost are counted once an outage, however many of them went', t => {
	const recording = begun();
	passes(recording, {dirty: [16_384]});
	for (const atMs of [1000, 2000]) {
		for (const link of [0, 1]) recording.add(atMs + link, {kind: 'link', link, state: 'lost'});
		for (const link of [2, 3]) recording.add(atMs + 300 + link, {kind: 'link', link, state: 'opened'});
	}

	recording.add(5000, end({outcome: 'completed', runsOn: 'host-b'}));
	const {whatHappened} = explained(recording);
	t.true(
		whatHappened.includes('The connection was lost 2 times, for 604 ms in all; the last time at +2 s in precopy, and was made anew.'),
		whatHappened.join('\n'),
	);
});
